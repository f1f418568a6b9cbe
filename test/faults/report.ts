import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../house/tree.ts';
import { COUNTS_FILE, today, type Count } from './counts.ts';

interface Row {
  fault: string;
  promise: string;
  full: string;
  tests: { step: string; file: string; name: string }[];
}

/** What the unit runner writes down. */
interface StepReport {
  testResults: { name: string; assertionResults: { fullName: string; status: string; duration?: number | null }[] }[];
}

export interface FaultLine {
  fault: string;
  promise: string;
  full: string;
  /** `not run` when no report of the last run holds its tests. */
  outcome: 'held' | 'broken' | 'not run';
  tests: { file: string; name: string; passed: number; failed: number; seconds: number }[];
}

/** What runs came to: of each fault the last run that had it, and what they counted. */
interface Kept {
  rows: Record<string, { outcome: string; tests: number; seconds: number; on: string; isFull: boolean }>;
  lines: Count[];
}

const REPORTS = join(ROOT, 'test', 'report');
const TABLE = JSON.parse(readFileSync(new URL('./table.json', import.meta.url), 'utf8')) as Row[];
const KEPT_FILE = join(ROOT, 'test', 'faults', 'counted.json');
export const FAULTS_PAGE = join(ROOT, 'docs', 'faults.md');

const readKept = (): Kept => JSON.parse(readFileSync(KEPT_FILE, 'utf8')) as Kept;
const read = <T>(file: string): T | undefined => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined);

/** Every fault with what the reports say of its tests. */
export function faultLines(reportOf: (step: string) => StepReport | undefined): FaultLine[] {
  return TABLE.map(({ tests, ...row }) => {
    const lines = tests.map(({ step, file, name }) => {
      const found = (reportOf(step)?.testResults ?? []).filter((one) => relative(ROOT, one.name) === file).flatMap(({ assertionResults }) => assertionResults).filter(({ fullName, status }) => fullName.includes(name) && status !== 'pending' && status !== 'skipped');
      const passed = found.filter(({ status }) => status === 'passed').length;
      return { file, name, passed, failed: found.length - passed, seconds: Math.round(found.reduce((sum, { duration }) => sum + (duration ?? 0), 0) / 1000) };
    });
    const outcome = lines.some(({ failed }) => failed > 0) ? 'broken' : lines.some(({ passed }) => passed > 0) ? 'held' : 'not run';
    return { ...row, outcome, tests: lines };
  });
}

/** What was kept, with what this run found; what it did not run stays as it was. */
export function keptWith({ rows, lines }: Kept, found: readonly FaultLine[], counts: readonly Count[], run: { on: string; isFull: boolean }): Kept {
  const fresh = found.filter(({ outcome }) => outcome !== 'not run').map(({ fault, outcome, tests }) => [fault, { outcome, tests: tests.reduce((sum, { passed, failed }) => sum + passed + failed, 0), seconds: tests.reduce((sum, { seconds }) => sum + seconds, 0), ...run }] as const);
  const isCounted = new Set(counts.map(({ what }) => what));
  return { rows: { ...rows, ...Object.fromEntries(fresh) }, lines: [...lines.filter(({ what }) => !isCounted.has(what)), ...counts] };
}

const lastOf = (row: Kept['rows'][string] | undefined) => (row ? `${row.outcome} ${row.on}${row.isFull ? '' : ', in little'}; ${row.tests} ${row.tests === 1 ? 'test' : 'tests'}, ${row.seconds} s` : 'not kept yet');

/** The page of the documents: what is broken on purpose, where one sees that it holds, and what runs came to. */
export function faultsPage(kept: Kept = readKept()): string {
  const rows = TABLE.map(({ fault, promise, full, tests }) => `| ${fault} | ${promise} | ${full} | ${lastOf(kept.rows[fault])} | ${tests.map(({ file, name }) => `\`${file}\` «${name}»`).join('<br>')} |`);
  return [
    '# What is broken on purpose',
    '',
    '`npm run test:faults` runs every row of this table in little; rows whose test is a `.full.test.ts`, and the soak, need `-- --full`, which also runs the counts named here. Each run writes what it found to `faults.json` in the report folder of the tests: the outcome, how many tests passed and failed, and how long they took. With `-- --update-docs` it writes this page, too: `test/faults/report.ts`; a test holds it equal to the table. What a run did not have stays as it was.',
    '',
    '| fault | promise | counts of the full run | last run | tests |',
    '|---|---|---|---|---|',
    ...rows,
    '',
    'Beside the faults, twelve seeded defects of delivery are put into the product one at a time by `test/delivery/mutants.full.test.ts`; the score stands in `delivery-mutants.json` beside it.',
    '',
    '## What runs counted (two cores shared with other work)',
    '',
    '| run | counts | on | load |',
    '|---|---|---|---|',
    ...kept.lines.map(({ what, counts, on, load }) => `| ${what} | ${counts} | ${on} | ${load} |`),
    '',
  ].join('\n');
}

/** Writes the report of the last run. */
export function writeFaults(): FaultLine[] {
  const lines = faultLines((step) => read<StepReport>(join(REPORTS, `${step}.json`)));
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(join(REPORTS, 'faults.json'), JSON.stringify(lines, null, 2));
  return lines;
}

/** Puts what the last run found and counted into the page. */
export function writePage(isFull: boolean): void {
  const kept = keptWith(readKept(), writeFaults(), read<Count[]>(COUNTS_FILE) ?? [], { on: today(), isFull });
  writeFileSync(KEPT_FILE, `${JSON.stringify(kept, null, 2)}\n`);
  writeFileSync(FAULTS_PAGE, faultsPage(kept));
}

/** Files that hold the tests of the table, for the step of this name. */
export const filesOf = (step: string): string[] => [...new Set(TABLE.flatMap(({ tests }) => tests).filter((one) => one.step === step).map(({ file }) => file))];

/** Named tests that are in no file: a row that nothing runs. */
export function missingTests(): string[] {
  const isIn = (text: string, name: string) => text.includes(name) || name.split(' ').some((_, at, words) => text.includes(words.with(at, '%s').join(' ')));
  return TABLE.flatMap(({ tests }) => tests).filter(({ file, name }) => !existsSync(join(ROOT, file)) || !isIn(readFileSync(join(ROOT, file), 'utf8'), name)).map(({ file, name }) => `${file} «${name}»`);
}

if (process.argv[1] === import.meta.filename) writePage(process.argv.includes('--full'));
