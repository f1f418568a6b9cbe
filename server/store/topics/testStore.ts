import type { ItemResult } from '#contract/entry.ts';
import type { TopicName } from '#contract/topics.ts';
import { isInVietnam } from '../../../geo/inside.ts';
import { createDoor } from '../../domain/door/door.ts';
import type { DoorTally } from '../../domain/door/doorStore.ts';
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import { createUnits } from '../../domain/units/units.ts';
import { createMovableClock, type MovableClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, type TestEngine } from '../engine/testEngines.ts';
import type { Engine } from '../engine/engine.ts';
import { createDoorStore } from './doorStore.ts';
import { createSeal } from './seal.ts';

/** Moment at which the tests' clock stands. */
export const TEST_NOW = Date.UTC(2026, 9, 1, 3);

/** One province with two wards and an agency, for tests. */
export const testUnits = createUnits([
  { code: '48', name: 'Đà Nẵng', fullName: 'Thành phố Đà Nẵng', kind: 'province', search: 'da nang' },
  { code: '20242', name: 'Hải Châu', fullName: 'Phường Hải Châu', kind: 'ward', parent: '48', search: 'hai chau' },
  { code: '20263', name: 'Sơn Trà', fullName: 'Phường Sơn Trà', kind: 'ward', parent: '48', search: 'son tra' },
  { code: 'SO-MAU-A', name: 'Sở mẫu A', fullName: 'Sở mẫu A', kind: 'agency', parent: '48', search: 'so mau a' },
]);

/** A store with its door, for tests. */
export interface TestStore {
  test: TestEngine;
  engine: Engine;
  clock: MovableClock;
  door: DoorPort;
  tallies: DoorTally[];
  source: Source;
  /** Sends and expects the call itself to succeed. */
  send(topic: TopicName, items: readonly unknown[], source?: Source): Promise<ItemResult[]>;
  close(): Promise<void>;
}

export const testSeal = createSeal(new Uint8Array(32).fill(7));

/** West of the river is Hải Châu, east of it Sơn Trà. */
const wardAt = ([lon = 0]: readonly number[]) => (lon < 108.225 ? '20242' : '20263');

export async function createTestStore(kind: Engine['kind']): Promise<TestStore> {
  const test = await createTestEngine(kind);
  await migrate(test.engine, createSilentLog());
  const clock = createMovableClock(TEST_NOW, () => TEST_NOW);
  const tallies: DoorTally[] = [];
  const door = createDoor({
    clock,
    units: testUnits,
    places: { isInVietnam, wardAt },
    store: createDoorStore({ engine: test.engine, seal: testSeal }),
    telemetry: { take: (_source, _topic, items) => items.map((item) => ({ key: (item as { key: string }).key, status: 'accepted' })) },
    witness: { note: (_source, tally) => tallies.push(tally) },
  });
  const source: Source = { id: 'test', name: 'Nguồn thử', topics: null, provenance: 'real' };
  return {
    test, engine: test.engine, clock, door, tallies, source,
    async send(topic, items, from = source) {
      const answer = await door.ingest(from, topic, items);
      if (!answer.ok) throw new Error(`the door refused: ${answer.fault.code}`);
      return answer.value.results;
    },
    close: () => test.close(),
  };
}

/** A valid alert with what a test cares about. */
export const alertItem = (more: object = {}) => ({
  key: 'a-1', at: TEST_NOW, kind: 'flood', level: 2, title: 'Ngập sâu tại nút giao', text: 'Xe máy đi chậm', position: [108.2123, 16.0612], ...more,
});
