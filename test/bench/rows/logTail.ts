import type { LogEntry } from '#contract/entry.ts';
import { createRealClock } from '../../../server/kernel/clock.ts';
import { createSilentLog } from '../../../server/kernel/log.ts';
import type { Engine } from '../../../server/store/engine/engine.ts';
import { createPostgresEngine } from '../../../server/store/engine/postgres/postgres.ts';
import { testEngineKinds } from '../../../server/store/engine/testEngines.ts';
import { appendEntries, type NewEntry } from '../../../server/store/log/append.ts';
import { createLog } from '../../../server/store/log/log.ts';
import { createTestStore, TEST_NOW, type TestStore } from '../../../server/store/topics/testStore.ts';
import { median, quantile, resultOf, type Result, type Row } from '../row.ts';

const WRITERS = 8;
const EACH = 100;
const AIM_MS = 100;
const LONG = 200_000;

let made = 0;
const entryNow = (): NewEntry => {
  made++;
  return { topic: 'alert', id: 'al-1', rev: made, key: `tail-${made}`, unit: null, ward: null, at: TEST_NOW, body: { id: 'al-1', state: 'raised', level: 3, made } };
};

/** Every writer commits one entry after the other. Returns when each was committed, and how long it took. */
async function write(engines: readonly Engine[], each: number): Promise<{ committedAt: Map<number, number>; tookMs: number[] }> {
  const committedAt = new Map<number, number>();
  const tookMs: number[] = [];
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; n < each; n++) {
        const startedAt = performance.now();
        const [seq] = await engines[writer % engines.length]!.tx((tx) => appendEntries(tx, [entryNow()]));
        committedAt.set(seq!, performance.now());
        tookMs.push(performance.now() - startedAt);
      }
    }),
  );
  return { committedAt, tookMs };
}

/** Times from commit to each node, node after node. Fails: throws when a node did not get every entry once and in order. */
async function follow(engines: readonly Engine[], each: number): Promise<number[]> {
  const nodes = await Promise.all(engines.map((engine) => createLog(engine, { log: createSilentLog() })));
  const arrivals = nodes.map((node) => {
    const arrived = new Map<number, number>();
    const order: number[] = [];
    const whole = Promise.withResolvers<void>();
    node.follow((entries: LogEntry[]) => {
      for (const { seq } of entries) {
        arrived.set(seq, performance.now());
        order.push(seq);
      }
      if (order.length >= WRITERS * each) whole.resolve();
    });
    return { arrived, order, whole: whole.promise };
  });
  const { committedAt } = await write(engines, each);
  await Promise.all(arrivals.map(({ whole }) => whole));
  for (const node of nodes) await node.close();
  return arrivals.flatMap(({ arrived, order }) => {
    if (order.length !== committedAt.size || order.some((seq, at) => at > 0 && seq !== order[at - 1]! + 1)) throw new Error(`a node got ${order.length} of ${committedAt.size} entries, or not in order`);
    return order.map((seq) => Math.max(0, arrived.get(seq)! - committedAt.get(seq)!));
  });
}

/** Makes the log long at once, as after months. */
async function grow({ engine }: TestStore): Promise<void> {
  await engine.query(`insert into event_log (seq, topic, thing, rev, key, at, body) select h.seq + i, 'alert', 'al-1', 1000000 + i, 'old-' || i, $1, '{}' from event_head h, generate_series(1, ${LONG}) i`, [TEST_NOW]);
  await engine.query(`update event_head set seq = seq + ${LONG}`);
  await engine.query('analyze event_log');
}

/** Eight writers, two nodes: from commit to each node, and what an entry costs when the log is long. */
export const row: Row = {
  name: 'log.tail',
  async measure({ rounds, say }) {
    const results: Result[] = [];
    for (const kind of testEngineKinds()) {
      const store = await createTestStore(kind);
      const second = store.test.databaseUrl ? await createPostgresEngine({ databaseUrl: store.test.databaseUrl, log: createSilentLog(), clock: createRealClock() }) : undefined;
      const engines = second ? [store.engine, second] : [store.engine];
      try {
        const late: number[] = [];
        await follow(engines, 10);
        for (let round = 0; round < rounds; round++) late.push(...(await follow(engines, EACH)));
        say(`${kind}: ${late.length} arrivals at ${engines.length} nodes, p99 ${quantile(late, 0.99).toFixed(1)} ms, 0 lost, 0 out of order`);
        const short = (await write(engines, EACH)).tookMs;
        await grow(store);
        const long = (await write(engines, EACH)).tookMs;
        results.push(
          resultOf(`log.tail.${kind}`, 'ms', late, { against: 'its aim', peer: AIM_MS, aim: kind === 'postgres' ? `p99 ≤ ${AIM_MS} ms` : 'reported' }),
          resultOf(`log.tail.p99.${kind}`, 'ms', [quantile(late, 0.99)], { against: 'its aim', peer: AIM_MS, aim: kind === 'postgres' ? `≤ ${AIM_MS} ms` : 'reported' }),
          resultOf(`log.length.${kind}`, 'ms a commit', long, { against: `a log without ${LONG.toLocaleString('en')} entries`, peer: median(short), aim: '≤ 1.25 ×' }),
        );
      } finally {
        await second?.close();
        await store.close();
      }
    }
    return results;
  },
};
