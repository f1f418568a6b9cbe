import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from '../house/tree.ts';

/** One test that failed, as a line of the last page of a run says it. */
export interface Failure {
  file: string;
  name: string;
  reason: string;
}

/** What one step came to. */
export interface Verdict {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
}

interface TestReport {
  testResults: { name: string; status: string; message: string; assertionResults: { fullName: string; status: string; failureMessages?: string[] }[] }[];
}

const firstLine = (text = '') => text.trim().split('\n')[0]!.slice(0, 200);

/** Reads what the unit runner wrote down. A report that is missing or holds no fault though the runner failed is a failure itself. */
export function verdictOf(reportFile: string, exitCode: number): Verdict {
  let report: TestReport;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport;
  } catch (error) {
    return { passed: 0, failed: 1, skipped: 0, failures: [{ file: relative(ROOT, reportFile), name: 'no report', reason: firstLine(String(error)) }] };
  }
  const verdict: Verdict = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const { name, status, message, assertionResults } of report.testResults) {
    const file = relative(ROOT, name);
    const broken = assertionResults.filter((one) => one.status === 'failed');
    verdict.passed += assertionResults.filter((one) => one.status === 'passed').length;
    verdict.skipped += assertionResults.filter((one) => one.status !== 'failed' && one.status !== 'passed').length;
    verdict.failures.push(...broken.map(({ fullName, failureMessages }) => ({ file, name: fullName, reason: firstLine(failureMessages?.[0]) })));
    if (status === 'failed' && broken.length === 0) verdict.failures.push({ file, name: 'the file itself', reason: firstLine(message) });
  }
  if (exitCode !== 0 && verdict.failures.length === 0) verdict.failures.push({ file: relative(ROOT, reportFile), name: 'the runner', reason: `ended with ${exitCode} and named no test` });
  verdict.failed = verdict.failures.length;
  return verdict;
}
