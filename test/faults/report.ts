import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../house/tree.ts';

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

/** What a full run came to, as it was noted. */
interface Counted {
  on: string;
  where: string;
  lines: { what: string; counts: string }[];
}

const REPORTS = join(ROOT, 'test', 'report');
const TABLE = JSON.parse(readFileSync(new URL('./table.json', import.meta.url), 'utf8')) as Row[];
const COUNTED = JSON.parse(readFileSync(new URL('./counted.json', import.meta.url), 'utf8')) as Counted;
export const FAULTS_PAGE = join(ROOT, 'docs', 'faults.md');

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

/** The page of the documents: what is broken on purpose, where one sees that it holds, and what a full run came to. */
export function faultsPage(): string {
  const rows = TABLE.map(({ fault, promise, full, tests }) => `| ${fault} | ${promise} | ${full} | ${tests.map(({ file, name }) => `\`${file}\` «${name}»`).join('<br>')} |`);
  return [
    '# What is broken on purpose',
    '',
    'Every row is run by `npm run test:faults` (what the delivery, node and federation tests hold) or `npm test` (the rest), in little; `npm run test:full` runs the counts named here. Each run writes what it found to `faults.json` in the report folder of the tests: the outcome, how many tests passed and failed, and how long they took. This page is written by `test/faults/report.ts`; a test holds it equal to the table.',
    '',
    '| fault | promise | counts of the full run | tests |',
    '|---|---|---|---|',
    ...rows,
    '',
    'Beside the faults, twelve seeded defects of delivery are put into the product one at a time by `test/delivery/mutants.full.test.ts`; the score stands in `delivery-mutants.json` beside it.',
    '',
    `## What full runs counted (${COUNTED.on}, ${COUNTED.where})`,
    '',
    '| run | counts |',
    '|---|---|',
    ...COUNTED.lines.map(({ what, counts }) => `| ${what} | ${counts} |`),
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

if (process.argv[1] === import.meta.filename) {
  writeFileSync(FAULTS_PAGE, faultsPage());
  for (const { outcome, fault } of writeFaults()) console.log(`${outcome.padEnd(8)} ${fault}`);
}
