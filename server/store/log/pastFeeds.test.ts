import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FeedHealth } from '#contract/entry.ts';
import { wholeScope } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { createTestStore, type TestStore } from '../topics/testStore.ts';
import { createPast } from './past.ts';
import { createFeedKeeper, type FeedKeeper } from './pastFeeds.ts';

const DAY = 86_400_000;
const whole = { topics: [], wall: null, scope: wholeScope('test') };
const feed = (id: string, state: FeedHealth['state'], lastAt: number | null, accepted = 0): FeedHealth => ({ id, name: id, state, ageMs: 7, lastAt, accepted, rejected: 0 });

describe.each(testEngineKinds())('how the sources stood, on %s', (kind) => {
  let store: TestStore;
  let keeper: FeedKeeper;
  let feeds: FeedHealth[];
  let isOnDuty = true;
  let start: number;
  const stood = async (at: number) => {
    const answer = await createPast({ engine: store.engine, clock: store.clock, segments: [] }).moment(at, whole);
    return answer.ok ? answer.value.feeds?.map(({ id, state, lastAt }) => [id, state, lastAt]) ?? null : expect.unreachable(answer.fault.code);
  };
  const after = (ms: number) => store.clock.move({ at: start + ms });

  beforeAll(async () => {
    store = await createTestStore(kind);
    start = store.clock.now();
    keeper = createFeedKeeper({ engine: store.engine, clock: store.clock, logger: createSilentLog(), health: () => feeds, isOnDuty: () => isOnDuty, lookMs: DAY });
  });
  afterAll(async () => {
    await keeper.close();
    await store.close();
  });

  test('a line is written when a state changes, not when a source speaks, and by the server on duty alone', async () => {
    feeds = [feed('a', 'live', start), feed('b', 'waiting', null)];
    isOnDuty = false;
    expect(await keeper.look()).toBe(false);
    isOnDuty = true;
    expect(await keeper.look()).toBe(true);
    after(1000);
    feeds = [feed('b', 'waiting', null), feed('a', 'live', start + 900, 5)];
    expect(await keeper.look()).toBe(false);
    after(9000);
    feeds = [feed('a', 'stale', start + 900, 5), feed('b', 'live', start + 8000)];
    expect(await keeper.look()).toBe(true);
  });

  test('looking back tells how they stood then, and nothing of the time before anybody wrote it down', async () => {
    expect(await stood(start - 1)).toBeNull();
    expect(await stood(start + 8999)).toEqual([['a', 'live', null], ['b', 'waiting', null]]);
    expect(await stood(start + 9000)).toEqual([['a', 'stale', start + 900], ['b', 'live', null]]);
    const stretch = await createPast({ engine: store.engine, clock: store.clock, segments: [] }).stretch({ after: 0, from: start, until: start + 9000 }, whole);
    expect(stretch).toMatchObject({ ok: true, value: { feeds: [{ at: start + 9000, feeds: [{ id: 'a', state: 'stale' }, { id: 'b', state: 'live' }] }] } });
  });

  test('what is past its life goes, but the line that still held then', async () => {
    after(9000 + 401 * DAY);
    feeds = [];
    expect(await keeper.look()).toBe(true);
    expect(await stood(start + 8999)).toBeNull();
    expect(await stood(start + 9000)).toHaveLength(2);
    expect(await stood(start + 9000 + 401 * DAY)).toEqual([]);
  });
});
