import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../bench/row.ts';
import { chartsOf } from './benchCharts.ts';
import { CAPACITY_CHART, CAPACITY_PAGE, capacityNow } from './capacityPage.ts';
import { ROOT } from '../house/tree.ts';

/** Where the page stands. */
export const BENCH_PAGE = join(ROOT, 'docs/bench.md');
/** Where its charts stand. */
export const CHARTS = join(ROOT, 'docs/images');
const TABLE = /(<!-- figures -->\n)[\s\S]*?(<!-- \/figures -->)/;

interface Report {
  machine: { cpu: string; cores: number; memoryGiB: number; node: string; platform: string; loadBefore: number };
  results: Result[];
}

const digits = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
const figure = (value: number) => value.toFixed(digits(value));

const rowOf = (load: number) => ({ name, value, unit, ratio, against, n, p50, p95, aim, isUnstable }: Result) =>
  `| \`${name}\` | ${isUnstable ? 'unstable: ' : ''}${figure(value)} ${unit} | ${figure(p50)} / ${figure(p95)} | ${n} | ${ratio === null ? '–' : `${ratio.toFixed(2)} × ${against}`} | ${aim} | ${figure(load)} |`;

/** The page with the figures of these runs. Rows measured more than once keep the last; rows that no run measured stay. */
export function benchPage(page: string, reports: readonly Report[]): string {
  const known = [...(TABLE.exec(page)?.[0] ?? '').matchAll(/^\| `([^`]+)` \|.*$/gm)].map(([line, name]) => [name!, line] as const);
  const measured = reports.flatMap(({ machine, results }) => results.map((result) => [result.name, rowOf(machine.loadBefore)(result)] as const));
  const rows = new Map([...known, ...measured]);
  const { machine } = reports.at(-1)!;
  const facts = `${machine.cpu}, ${machine.cores} cores shared with other work, ${machine.memoryGiB} GiB, Node ${machine.node}, ${machine.platform}, no graphics card. *Load* is what the machine carried when the row began.`;
  const head = '| figure | median | p50 / p95 | n | ratio | aim | load |\n|---|---|---|---|---|---|---|';
  return page.replace(TABLE, (_, open: string, close: string) => `${open}${facts}\n\n${head}\n${[...rows.values()].join('\n')}\n${close}`);
}

if (process.argv[1] === import.meta.filename) {
  const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as Report);
  const before = readFileSync(BENCH_PAGE, 'utf8');
  const page = reports.length > 0 ? benchPage(before, reports) : before;
  writeFileSync(BENCH_PAGE, page);
  for (const [file, chart] of chartsOf(page)) writeFileSync(join(CHARTS, file), chart);
  const plan = capacityNow(page);
  writeFileSync(CAPACITY_PAGE, plan.page);
  writeFileSync(CAPACITY_CHART, plan.chart);
}
