import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, describe } from 'vitest';
import type { LogEntry } from '#contract/entry.ts';
import { LOGGED_TOPICS } from '#contract/topics.ts';
import type { WallState } from '#contract/wall.ts';
import type { Principal } from '#contract/roles.ts';
import { createRandom } from '../../kernel/random.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { wholeScope } from '../../domain/scope.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { alertItem, createTestStore, TEST_NOW, testUnits, type TestStore } from '../topics/testStore.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import { createWork } from '../work/work.ts';
import { createWalls, type Walls } from '../walls/walls.ts';
import { KEYFRAME_EVERY, writeKeyframes } from './keyframes.ts';
import { createLog } from './log.ts';
import { createPast } from './past.ts';

const operator: Principal = { kind: 'person', id: 'u-1', name: 'Trực ban', roles: ['operator'], units: null };
const layoutsFolder = fileURLToPath(new URL('../../../layouts/', import.meta.url));
const scope = wholeScope('test');
const SEGMENT = { id: 's-1', feature: 3, freeFlowKmh: 40, line: [[108.2, 16.06], [108.21, 16.07]] as const };
const isOver = ({ topic, body }: LogEntry) => topic === 'alert' && (body as { state: string }).state === 'closed';

describe.each(testEngineKinds())('the past on %s', (kind) => {
  let store: TestStore;
  let log: Awaited<ReturnType<typeof createLog>>;
  let walls: Walls;
  const past = () => createPast({ engine: store.engine, clock: store.clock, segments: [SEGMENT] });
  const whole = { topics: LOGGED_TOPICS, wall: null, scope };
  const momentAt = async (at: number) => {
    const answer = await past().moment(at, whole);
    return answer.ok ? answer.value : expect.unreachable(answer.fault.code);
  };

  beforeAll(async () => {
    store = await createTestStore(kind);
    log = await createLog(store.engine, { log: createSilentLog(), pollMs: 20 });
    walls = await createWalls({ engine: store.engine, clock: store.clock, layoutsFolder, logger: createSilentLog() });
  });
  afterAll(async () => {
    await walls.close();
    await log.close();
    await store.close();
  });

  test('fifty random instants equal what a recorder saw, things and walls', async () => {
    const random = createRandom(20);
    const work = createWork({ engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits });
    const things = new Map<string, LogEntry>();
    const shown = new Map<string, WallState>();
    let heard = 0;
    log.follow((entries) => {
      for (const entry of entries) {
        things.set(entry.id, entry);
        heard = entry.seq;
      }
    });
    for (const { id } of walls.profiles()) {
      const current = walls.current(id);
      if (current.ok) shown.set(id, current.value.state);
    }
    walls.follow(({ wall, state }) => shown.set(wall, state));
    const recorded: { at: number; things: LogEntry[]; walls: WallState[] }[] = [];
    const scenes = walls.scenes().map(({ id }) => id);
    const step = async (turn: number) => {
      store.clock.move({ at: store.clock.now() + 1000 });
      const dice = random.next();
      if (dice < 0.5) await store.send('alert', Array.from({ length: 60 }, (_, n) => alertItem({ key: `a-${turn}-${n}`, at: store.clock.now() })));
      else if (dice < 0.7) {
        const open = [...things.values()].filter((entry) => entry.topic === 'alert' && !isOver(entry));
        const chosen = open[Math.floor(random.next() * open.length)];
        if (chosen) await work['alert.close']!(operator, { id: chosen.id, reason: 'Đã kiểm tra' });
      } else await walls.act(operator, ['w2x2', 'w9x3'][turn % 2]!, { do: 'scene', scene: scenes[Math.floor(random.next() * scenes.length)]! }, 'Thử');
      store.clock.move({ at: store.clock.now() + 500 });
      const [head] = await store.engine.query<{ seq: number }>('select seq from event_head');
      await expect.poll(() => heard).toBe(head!.seq);
      recorded.push({ at: store.clock.now(), things: [...things.values()].filter((entry) => !isOver(entry)), walls: [...shown.values()] });
    };
    for (let turn = 0; turn < 80; turn++) {
      await step(turn);
      if (turn % 20 === 19) await writeKeyframes(store.engine);
    }
    expect(heard).toBeGreaterThan(KEYFRAME_EVERY);
    for (let instant = 0; instant < 50; instant++) {
      const seen = recorded[Math.floor(random.next() * recorded.length)]!;
      const moment = await momentAt(seen.at + Math.floor(random.next() * 400));
      expect(moment.entries).toEqual([...seen.things].sort((a, b) => a.seq - b.seq));
      expect(moment.walls.map(({ state }) => state)).toEqual([...seen.walls].sort((a, b) => (a.wall < b.wall ? -1 : 1)));
    }
  });

  test('a stretch carries on exactly where a moment ends', async () => {
    const later = await momentAt(store.clock.now());
    const earlier = await momentAt(later.at - 20_000);
    const stretch = await past().stretch({ after: earlier.seq, from: earlier.at, until: later.at }, whole);
    if (!stretch.ok) return expect.unreachable(stretch.fault.code);
    const played = new Map(earlier.entries.map((entry) => [entry.id, entry]));
    for (const entry of stretch.value.entries) played.set(entry.id, entry);
    expect([...played.values()].filter((entry) => !isOver(entry)).sort((a, b) => a.seq - b.seq)).toEqual(later.entries);
    expect(stretch.value).toMatchObject({ until: later.at, seq: later.seq });
  });

  test('before the first entry there is nothing, after now there is the present', async () => {
    expect(await momentAt(TEST_NOW - 1_000_000)).toMatchObject({ seq: 0, entries: [], walls: [] });
    expect((await momentAt(store.clock.now() + 1_000_000)).at).toBe(store.clock.now());
  });

  test('moving things come from the last keyframe, speeds from five minutes before where there is none', async () => {
    const telemetry = await createTelemetry({ engine: store.engine, clock: store.clock, segments: [SEGMENT], log: createSilentLog(), every: () => () => undefined });
    const at = store.clock.now();
    telemetry.take(store.source, 'vehicle', [{ key: 'v-1', ref: 'bus-1', at, position: [108.2, 16.06], speedKmh: 31, headingDeg: 90, kind: 'bus' }]);
    telemetry.take(store.source, 'traffic', [{ key: 't-1', at, segment: 's-1', speedKmh: 20 }]);
    telemetry.take(store.source, 'sensor', [{ key: 'm-1', ref: 'rain-1', at, kind: 'rain', value: 12, unitOfMeasure: 'mm/h', position: [108.2, 16.06] }]);
    await telemetry.close();
    expect((await momentAt(at)).frames.map(({ layer, grain }) => [layer, grain]).sort()).toEqual([['traffic', 'keyframe'], ['vehicle', 'keyframe']]);
    expect(await past().vehicles(at)).toMatchObject({ ok: true, value: [{ speedKmh: 31 }] });
    expect(await past().traffic(at)).toMatchObject({ ok: true, value: [{ segment: 's-1', speedKmh: 20, ratio: 0.5 }] });
    store.clock.move({ at: at + 600_000 });
    expect((await momentAt(at + 300_000)).frames.map(({ layer, grain }) => [layer, grain])).toEqual([['traffic', 'five-minutes']]);
    expect(await past().sensors(at + 300_000, scope)).toMatchObject({ ok: true, value: [{ ref: 'rain-1', value: 12 }] });
    expect(await past().sensors(at, scope)).toEqual({ ok: true, value: [] });
  });
});
