import { fileURLToPath } from 'node:url';
import { LOGGED_TOPICS } from '../../../server/contract/topics.ts';
import type { Principal } from '../../../server/contract/roles.ts';
import { wholeScope } from '../../../server/domain/scope.ts';
import { createSilentLog } from '../../../server/kernel/log.ts';
import { createRandom } from '../../../server/kernel/random.ts';
import { testEngineKinds } from '../../../server/store/engine/testEngines.ts';
import { writeKeyframes } from '../../../server/store/log/keyframes.ts';
import { createPast } from '../../../server/store/log/past.ts';
import { alertItem, createTestStore, TEST_NOW, type TestStore } from '../../../server/store/topics/testStore.ts';
import { createWalls } from '../../../server/store/walls/walls.ts';
import { median, resultOf, type Result, type Row } from '../row.ts';

const THINGS = 2000;
const TURNS = 49;
const EVENTS = THINGS * (TURNS + 1);
const EVERY_MS = 100;
const WALL_ACTS = 500;
const SEEKS = 50;
const NAIVE_SEEKS = 5;
const AIM_MS = 500;
const layoutsFolder = fileURLToPath(new URL('../../../layouts/', import.meta.url));
const operator: Principal = { kind: 'person', id: 'u-1', name: 'Trực ban', roles: ['operator'], units: null };

/** 2,000 alerts through the door, each changed 49 times more: a third of them is closed at any moment. */
async function fill(store: TestStore): Promise<void> {
  for (let from = 0; from < THINGS; from += 500) await store.send('alert', Array.from({ length: 500 }, (_, n) => alertItem({ key: `a-${from + n}` })));
  await store.engine.query('update event_log set at = $1 + seq * $2', [TEST_NOW, EVERY_MS]);
  for (let turn = 1; turn <= TURNS; turn++) {
    await store.engine.query(
      `insert into event_log (seq, topic, thing, rev, key, unit, ward, at, body)
       select e.seq + $3, e.topic, e.thing, e.rev + $4, e.key || '/' || $4, e.unit, e.ward, $1 + (e.seq + $3) * $2,
         jsonb_set(e.body::jsonb, '{state}', case when (e.seq + $4) % 3 = 0 then '"closed"'::jsonb else '"acknowledged"'::jsonb end)::json
       from event_log e where e.seq <= ${THINGS}`,
      [TEST_NOW, EVERY_MS, turn * THINGS, turn],
    );
  }
  await store.engine.query('update event_head set seq = $1', [EVENTS]);
  await writeKeyframes(store.engine);
  await store.engine.query('analyze event_log');
}

async function sizeOf(store: TestStore, table: string): Promise<number> {
  const [row] = await store.engine.query<{ bytes: number }>('select pg_total_relation_size($1::regclass)::bigint as bytes', [table]);
  return Number(row!.bytes);
}

async function measureOn(kind: ReturnType<typeof testEngineKinds>[number], rounds: number, say: (line: string) => void): Promise<Result[]> {
  const store = await createTestStore(kind);
  const walls = await createWalls({ engine: store.engine, clock: store.clock, layoutsFolder, logger: createSilentLog() });
  try {
    await fill(store);
    const scenes = walls.scenes().map(({ id }) => id);
    const before = await sizeOf(store, 'wall_log');
    for (let turn = 0; turn < WALL_ACTS; turn++) {
      store.clock.move({ at: TEST_NOW + turn * ((EVENTS * EVERY_MS) / WALL_ACTS) });
      await walls.act(operator, turn % 2 === 0 ? 'w9x3' : 'w2x2', { do: 'scene', scene: scenes[turn % scenes.length]! }, 'Thử');
    }
    store.clock.move({ at: TEST_NOW + (EVENTS + 1) * EVERY_MS });
    const past = createPast({ engine: store.engine, clock: store.clock, segments: [] });
    const random = createRandom(5);
    const seek = async (): Promise<number> => {
      const at = TEST_NOW + random.below(EVENTS * EVERY_MS);
      const startedAt = performance.now();
      const moment = await past.moment(at, { topics: LOGGED_TOPICS, wall: null, scope: wholeScope('bench') });
      if (!moment.ok || JSON.stringify(moment.value).length < 100) throw new Error('a moment was not rebuilt');
      return performance.now() - startedAt;
    };
    await seek();
    const seeks: number[] = [];
    for (let one = 0; one < SEEKS * rounds; one++) seeks.push(await seek());
    say(`${kind}: ${EVENTS} events, ${WALL_ACTS} wall acts, 38 outputs`);
    await store.engine.query('delete from log_keyframe');
    const naive: number[] = [];
    for (let one = 0; one < NAIVE_SEEKS; one++) naive.push(await seek());
    return [
      resultOf(`replay.seek.${kind}`, 'ms', seeks, { against: 'the same without keyframes', peer: median(naive), aim: `p95 ≤ ${AIM_MS} ms` }),
      resultOf(`replay.event-bytes.${kind}`, 'B', [(await sizeOf(store, 'event_log')) / EVENTS], { against: 'nothing', aim: 'reported' }),
      resultOf(`replay.wall-bytes.${kind}`, 'B', [((await sizeOf(store, 'wall_log')) - before) / WALL_ACTS], { against: 'nothing', aim: 'reported' }),
    ];
  } finally {
    await walls.close();
    await store.close();
  }
}

/** How long it takes to rebuild a random moment out of 100,000 events with what 38 outputs showed, and how fast the logs grow. */
export const row: Row = {
  name: 'replay',
  async measure({ rounds, say }) {
    const results: Result[] = [];
    for (const kind of testEngineKinds()) results.push(...(await measureOn(kind, rounds, say)));
    return results;
  },
};
