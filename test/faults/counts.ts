import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../house/tree.ts';

/** What a run over something broken came to. */
export interface Count {
  what: string;
  counts: string;
  /** Day it ended. */
  on: string;
  /** What the machine carried in the minute before it ended. */
  load: string;
}

export const COUNTS_FILE = join(ROOT, 'test', 'report', 'counts.json');

/** The day of a run, as pages say it. */
export const today = (): string => new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' }).format(Date.now());

/** Writes down what a run came to, beside what others came to, and says it. The page of faults takes it over from there. */
export function noteCount(what: string, counts: string): void {
  const known = existsSync(COUNTS_FILE) ? (JSON.parse(readFileSync(COUNTS_FILE, 'utf8')) as Count[]) : [];
  const line: Count = { what, counts, on: today(), load: (loadavg()[0] ?? 0).toFixed(1) };
  mkdirSync(join(ROOT, 'test', 'report'), { recursive: true });
  writeFileSync(COUNTS_FILE, JSON.stringify([...known.filter((one) => one.what !== what), line], null, 2));
  console.log(`${what}: ${counts} (load ${line.load})`);
}

/** Least, middle and most of some times, as a page says them. Units: ms in, seconds out. */
export function spreadOf(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const said = (at: number) => ((sorted[at] ?? Number.NaN) / 1000).toFixed(2);
  return sorted.length === 1 ? `${said(0)} s` : `${said(0)} to ${said(sorted.length - 1)} s, median ${said(Math.floor((sorted.length - 1) / 2))}, n ${sorted.length}`;
}
