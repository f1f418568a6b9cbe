import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepareMachine } from './support/machine.ts';
import { writeFaults } from './faults/report.ts';
import { ROOT } from './house/tree.ts';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

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

const vitest = (name: string, group: Step['group'], config: string[]): Step => ({
  name,
  group,
  args: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=test/report/${name}.json`, ...config],
  report: join(REPORTS, `${name}.json`),
});

const STEPS: Step[] = [
  { name: 'types', group: 'static', args: ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'] },
  { name: 'lint', group: 'static', args: ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.'] },
  vitest('unit', 'unit', []),
  vitest('delivery', 'faults', ['--config', 'test/delivery/vitest.config.ts']),
  vitest('security', 'security', ['--config', 'test/security/vitest.config.ts']),
  ...(isFull || only === 'soak' ? [vitest('soak', 'soak', ['--config', 'test/soak/vitest.config.ts'])] : []),
  vitest('e2e', 'e2e', ['--config', 'test/e2e/vitest.config.ts']),
];

function runStep(step: Step): Promise<Tally> {
  const startedAt = performance.now();
  console.log(`\n— ${step.name}`);
  if (step.report) rmSync(step.report, { force: true });
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NO_COLOR: '1', IOC_FULL: undefined, ...(isFull ? { TEST_FULL: '1' } : {}), ...(process.argv.includes('--update-docs') ? { UPDATE_DOCS: '1' } : {}) } });
    const timer = setTimeout(() => child.kill('SIGKILL'), HARD_STOP_MS);
    child.on('exit', (code) => {
      clearTimeout(timer);
      const tally = tallyOf(step, code ?? 1);
      console.log(`— ${step.name}: ${tally.failed === 0 ? 'ok' : 'FAILED'} in ${Math.round((performance.now() - startedAt) / 1000)} s`);
      resolve(tally);
    });
  });
}

function tallyOf(step: Step, code: number): Tally {
  if (!step.report) return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  try {
    const report = JSON.parse(readFileSync(step.report, 'utf8')) as { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number; numFailedTestSuites: number };
    const brokenFiles = report.numFailedTests === 0 && code !== 0 ? Math.max(1, report.numFailedTestSuites) : 0;
    return { passed: report.numPassedTests, failed: report.numFailedTests + brokenFiles, skipped: report.numPendingTests + report.numTodoTests };
  } catch (error) {
    console.error(`${step.name}: no report (${String(error)})`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

mkdirSync(REPORTS, { recursive: true });
for (const line of prepareMachine()) console.log(line);
const total: Tally = { passed: 0, failed: 0, skipped: 0 };
for (const step of STEPS.filter((candidate) => only === undefined || candidate.group === only)) {
  const tally = await runStep(step);
  total.passed += tally.passed;
  total.failed += tally.failed;
  total.skipped += tally.skipped;
}
if (only === undefined || only === 'faults') for (const { outcome, fault } of writeFaults()) console.log(`${outcome.padEnd(8)} ${fault}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);
