import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { verdictOf } from './verdict.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'toan-canh-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(ROOT, 'test/e2e/one.test.ts');
const written = (testResults: object[]): string => {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify({ testResults }));
  return path;
};

test('counts what passed, failed and was left out, and names what failed with its first line', () => {
  const report = written([{ name: file, status: 'failed', message: '', assertionResults: [{ fullName: 'a', status: 'passed' }, { fullName: 'b', status: 'failed', failureMessages: ['Error: two\nat there'] }, { fullName: 'c', status: 'skipped' }] }]);
  expect(verdictOf(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 1, failures: [{ file: 'test/e2e/one.test.ts', name: 'b', reason: 'Error: two' }] });
});

test('a file that never began is a failure', () => {
  const report = written([{ name: file, status: 'failed', message: 'cannot be read\n  at …', assertionResults: [] }]);
  expect(verdictOf(report, 1).failures).toEqual([{ file: 'test/e2e/one.test.ts', name: 'the file itself', reason: 'cannot be read' }]);
});

test('a runner that fails without a named test, or writes nothing, is never green', () => {
  expect(verdictOf(written([]), 1).failed).toBe(1);
  expect(verdictOf(join(folder, 'absent.json'), 0)).toMatchObject({ passed: 0, failed: 1 });
});
