import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareMachine } from './support/machine.ts';
import { filesOf, writeFaults, writePage } from './faults/report.ts';
import { ROOT } from './house/tree.ts';
import { verdictOf, type Failure, type Verdict } from './support/verdict.ts';

interface Step {
  name: string;
  group: 'static' | 'unit' | 'e2e' | 'faults' | 'security' | 'soak';
  args: string[];
  /** Report file of the unit runner; a step without one counts as a single test. */
  report?: string;
}

const REPORTS = join(ROOT, 'test', 'report');
const isFull = process.argv.includes('--full');
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const HARD_STOP_MS = (isFull ? 75 : 40) * 60_000;
/** More files than this are no unsteady machine: docs/adr/0009-second-look.md. */
const MOST_SECOND_LOOKS: Partial<Record<Step['group'], number>> = { e2e: 4, unit: 2 };

const vitest = (name: string, group: Step['group'], config: string[]): Step => ({
  name,
  group,
  args: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=test/report/${name}.json`, ...config],
  report: join(REPORTS, `${name}.json`),
});

/** Tests of the table of faults that belong to other steps, when it alone is asked for. */
const ofFaults = (name: string, config: string[]): Step[] => {
  const files = filesOf(name).filter((file) => isFull || !file.endsWith('.full.test.ts'));
  return only === 'faults' && files.length > 0 ? [vitest(name, 'faults', [...config, ...files])] : [];
};

const [E2E, SECURITY, SOAK] = ['e2e', 'security', 'soak'].map((name) => ['--config', `test/${name}/vitest.config.ts`]) as [string[], string[], string[]];
const STEPS: Step[] = [
  { name: 'types', group: 'static', args: ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'] },
  { name: 'lint', group: 'static', args: ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.'] },
  vitest('unit', 'unit', []),
  vitest('delivery', 'faults', ['--config', 'test/delivery/vitest.config.ts']),
  vitest('security', 'security', SECURITY),
  ...(only === 'soak' || (isFull && only === undefined) ? [vitest('soak', 'soak', SOAK)] : []),
  vitest('e2e', 'e2e', E2E),
  ...ofFaults('unit', []),
  ...ofFaults('security', SECURITY),
  ...(isFull ? ofFaults('soak', SOAK) : []),
  ...ofFaults('e2e', E2E),
];

function runStep(step: Step): Promise<Verdict> {
  const startedAt = performance.now();
  console.log(`\n— ${step.name}`);
  if (step.report) rmSync(step.report, { force: true });
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NO_COLOR: '1', IOC_FULL: undefined, ...(isFull ? { TEST_FULL: '1' } : {}), ...(process.argv.includes('--update-docs') ? { UPDATE_DOCS: '1' } : {}) } });
    const timer = setTimeout(() => child.kill('SIGKILL'), HARD_STOP_MS);
    child.on('exit', (code) => {
      clearTimeout(timer);
      const verdict = step.report ? verdictOf(step.report, code ?? 1) : ofOne(step.name, code ?? 1);
      console.log(`— ${step.name}: ${verdict.failed === 0 ? 'ok' : 'FAILED'} in ${Math.round((performance.now() - startedAt) / 1000)} s`);
      resolve(verdict);
    });
  });
}

const ofOne = (name: string, code: number): Verdict => (code === 0 ? { passed: 1, failed: 0, skipped: 0, failures: [] } : { passed: 0, failed: 1, skipped: 0, failures: [{ file: name, name: 'the whole step', reason: `ended with ${code}` }] });

/** Runs a step; a few files of the unit or browser step that failed are run once more by themselves, and what only then passed is told apart. */
async function settle(step: Step): Promise<Verdict & { unsteady: Failure[] }> {
  const first = await runStep(step);
  const files = [...new Set(first.failures.map(({ file }) => file))];
  const isWorthIt = files.length > 0 && files.length <= (MOST_SECOND_LOOKS[step.group] ?? 0) && files.every((file) => file.endsWith('.test.ts'));
  if (!isWorthIt) return { ...first, unsteady: [] };
  const again = new Map<string, Verdict>();
  // One after the other: products that files share begin anew for each.
  for (const [nth, file] of files.entries()) again.set(file, await runStep(vitest(`${step.name}-second-look-${nth + 1}`, step.group, [...(step.group === 'e2e' ? E2E : []), file])));
  const isSteadyNow = ({ file }: Failure) => again.get(file)!.passed > 0 && again.get(file)!.failed === 0;
  const unsteady = first.failures.filter(isSteadyNow);
  const failures = files.flatMap((file) => {
    const { passed, failed, failures: second } = again.get(file)!;
    if (failed > 0) return second;
    return passed > 0 ? [] : first.failures.filter((failure) => failure.file === file);
  });
  return { passed: first.passed + unsteady.length, failed: failures.length, skipped: first.skipped, failures, unsteady };
}

const line = ({ file, name, reason }: Failure) => `  ${file} › ${name}\n      ${reason}`;

mkdirSync(REPORTS, { recursive: true });
for (const said of prepareMachine()) console.log(said);
const total = { passed: 0, failed: 0, skipped: 0, failures: [] as Failure[], unsteady: [] as Failure[] };
for (const step of STEPS.filter((candidate) => only === undefined || candidate.group === only)) {
  const { passed, failed, skipped, failures, unsteady } = await settle(step);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  total.failures.push(...failures);
  total.unsteady.push(...unsteady);
}
if (only === undefined || only === 'faults') for (const { outcome, fault } of writeFaults()) console.log(`${outcome.padEnd(8)} ${fault}`);
if (only === 'faults' && process.argv.includes('--update-docs')) writePage(isFull);
if (total.unsteady.length > 0) console.log(`\nPassed only at the second look (${total.unsteady.length}):\n${total.unsteady.map(line).join('\n')}`);
if (total.failures.length > 0) console.log(`\nFailed (${total.failures.length}):\n${total.failures.map(line).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
