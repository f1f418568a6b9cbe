import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Bench, Result, Row } from './row.ts';

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

const only = argument('--only');
const isFull = argument('--profile') === 'full';
const file = resolve(argument('--json') ?? join(import.meta.dirname, '../report/bench.json'));
const say = (line: string) => process.stderr.write(`${line}\n`);

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  platform: `${process.platform}-${process.arch}`,
  loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
};

async function findRows(): Promise<Row[]> {
  const names = readdirSync(join(import.meta.dirname, 'rows')).filter((name) => name.endsWith('.ts')).sort();
  return Promise.all(names.map(async (name) => ((await import(`./rows/${name}`)) as { row: Row }).row));
}

const digits = (value: number) => (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3);
const figure = (value: number) => value.toFixed(digits(value));

function lineOf({ name, value, unit, ratio, against, n, p50, p95, aim, isUnstable }: Result): string {
  const shown = isUnstable ? 'unstable' : `${figure(value)} ${unit}`;
  return [name.padEnd(34), shown.padStart(16), `${ratio === null ? '' : `× ${ratio.toFixed(3)}`}`.padStart(10), `n ${n}`.padStart(7), `p50 ${figure(p50)}  p95 ${figure(p95)}`.padEnd(28), against, `(aim: ${aim})`].join('  ');
}

const wanted = (await findRows()).filter((row) => (only ? row.name === only || row.name.startsWith(`${only}.`) : isFull || !row.isFullOnly));
if (wanted.length === 0) {
  say(`no row is named ${only}; rows: ${(await findRows()).map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
console.log(`${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}, load ${machine.loadBefore}`);
const results: Result[] = [];
let failed = 0;
for (const row of wanted) {
  const startedAt = performance.now();
  say(`— ${row.name} …`);
  const bench: Bench = { rounds: Number(argument('--rounds')) || (isFull ? 5 : 3), isFull, say: (line) => say(`  ${line}`) };
  try {
    const measured = await row.measure(bench);
    results.push(...measured);
    for (const result of measured) console.log(lineOf(result));
  } catch (error) {
    failed++;
    console.log(`${row.name.padEnd(34)}  could not be measured: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  }
  say(`— ${row.name}: ${Math.round((performance.now() - startedAt) / 1000)} s`);
}
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify({ machine, results }, null, 2)}\n`);
say(`written: ${file}`);
process.exit(failed === 0 ? 0 : 1);
