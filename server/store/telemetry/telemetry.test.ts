import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeFrame, POSITION_STEPS, VEHICLE_KINDS, type Frame } from '#contract/frame.ts';
import type { VehicleState } from '#contract/topics/telemetry.ts';
import { createMovableClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { migrate } from '../engine/migrate.ts';
import { SILENCE_MS } from './fleet.ts';
import { createTelemetry, type Every } from './telemetry.ts';

const NOW = Date.UTC(2026, 9, 1, 3);
const SEGMENTS = [{ id: 'c1', feature: 40, freeFlowKmh: 40, line: [[108.2, 16.05], [108.21, 16.06]] as const }];
const SOURCE = { id: 'gps', name: 'GPS', topics: null, provenance: 'simulated' as const };
const vehicle = (ref: string, at: number, more: object = {}) => ({ key: `${ref}-${at}`, ref, at, position: [108.22, 16.06], speedKmh: 30, headingDeg: 90, kind: 'bus', ...more });

/** Timers that only the test moves. */
function createHand() {
  const works = new Map<number, Set<() => void>>();
  const every: Every = (ms, work) => {
    const group = works.get(ms) ?? new Set();
    works.set(ms, group.add(work));
    return () => void group.delete(work);
  };
  return { every, tick: (ms: number) => works.get(ms)?.forEach((work) => work()), waiting: (ms: number) => works.get(ms)?.size ?? 0 };
}

/** What a screen knows from frames. */
function createScreen() {
  const slots = new Map<number, { lon: number; lat: number; heading: number; speed: number; kind: number }>();
  let number = 0;
  return {
    slots,
    apply(bytes: Uint8Array) {
      const frame = decodeFrame(bytes)!;
      if (frame.isKey) slots.clear();
      else expect(frame.number).toBe(number + 1);
      number = frame.number;
      for (const slot of frame.removed) slots.delete(slot);
      frame.placed.slot.forEach((slot, i) => slots.set(slot, valueAt(frame.placed, i)));
      frame.moved.slot.forEach((slot, i) => {
        const known = slots.get(slot)!;
        slots.set(slot, { ...known, lon: known.lon + frame.moved.dLon[i]!, lat: known.lat + frame.moved.dLat[i]!, heading: frame.moved.heading[i]!, speed: frame.moved.speed[i]! });
      });
    },
  };
}

const valueAt = (placed: Frame['placed'], i: number) => ({ lon: placed.lon[i]!, lat: placed.lat[i]!, heading: placed.heading[i]!, speed: placed.speed[i]!, kind: placed.kind[i]! });
const shown = (vehicles: VehicleState[]) =>
  new Map(vehicles.map(({ slot, position, headingDeg, speedKmh, kind }) => [slot, {
    lon: Math.round(position[0] * POSITION_STEPS), lat: Math.round(position[1] * POSITION_STEPS),
    heading: Math.round((headingDeg / 360) * 256) % 256, speed: Math.round(speedKmh), kind: VEHICLE_KINDS.indexOf(kind),
  }]));

describe.each(testEngineKinds())('telemetry on %s', (kind) => {
  let test_: TestEngine;
  beforeAll(async () => {
    test_ = await createTestEngine(kind);
    await migrate(test_.engine, createSilentLog());
  });
  afterAll(() => test_.close());

  const open = async () => {
    const hand = createHand();
    let real = NOW;
    const clock = createMovableClock(NOW, () => real);
    const telemetry = await createTelemetry({ engine: test_.engine, clock, segments: SEGMENTS, log: createSilentLog(), every: hand.every });
    return { hand, telemetry, pass: (ms: number) => (real += ms) };
  };

  test('frames bring every screen to the same state, whenever it joined', async () => {
    const act = fc.oneof(
      fc.record({ what: fc.constant('move' as const), ref: fc.integer({ min: 0, max: 5 }), lon: fc.double({ min: 104, max: 109, noNaN: true }), lat: fc.double({ min: 10, max: 20, noNaN: true }), headingDeg: fc.double({ min: 0, max: 360, noNaN: true }), kind: fc.constantFrom(...VEHICLE_KINDS) }),
      fc.record({ what: fc.constant('creep' as const), ref: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ what: fc.constantFrom('tick' as const, 'join' as const, 'silence' as const, 'leave' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 60 }), async (acts) => {
        const { hand, telemetry, pass } = await open();
        let screens: { screen: ReturnType<typeof createScreen>; stop: () => void }[] = [];
        let at = NOW;
        for (const step of acts) {
          at += 1;
          if (step.what === 'move') telemetry.take(SOURCE, 'vehicle', [vehicle(`v${step.ref}`, at, { position: [step.lon, step.lat], headingDeg: step.headingDeg, kind: step.kind })]);
          if (step.what === 'creep') telemetry.take(SOURCE, 'vehicle', [vehicle(`v${step.ref}`, at, { position: [108.22 + (at % 7) / 1e4, 16.06] })]);
          if (step.what === 'tick') hand.tick(100);
          if (step.what === 'silence') {
            pass(SILENCE_MS / 2);
            hand.tick(1000);
          }
          if (step.what === 'join') {
            const screen = createScreen();
            const stop = telemetry.followFrames((layer, bytes) => layer === 'vehicle' && screen.apply(bytes));
            screen.apply(telemetry.keyFrame('vehicle'));
            screens.push({ screen, stop });
          }
          if (step.what === 'leave') {
            for (const { stop } of screens) stop();
            screens = [];
          }
        }
        hand.tick(100);
        for (const { screen } of screens) expect(screen.slots).toEqual(shown(telemetry.vehicles()));
        await telemetry.close();
      }),
      { numRuns: kind === 'embedded' ? 60 : 20 },
    );
  });

  test('nothing is encoded and no timer runs while nobody follows', async () => {
    const { hand, telemetry } = await open();
    expect(hand.waiting(100)).toBe(0);
    const frames: Uint8Array[] = [];
    const stop = telemetry.followFrames((_layer, bytes) => frames.push(bytes));
    telemetry.take(SOURCE, 'vehicle', [vehicle('bus-1', NOW)]);
    hand.tick(100);
    hand.tick(100);
    expect(frames).toHaveLength(1);
    stop();
    expect(hand.waiting(100)).toBe(0);
    await telemetry.close();
  });

  test('the last moment wins, a repeat is a duplicate, an unknown street is refused', async () => {
    const { telemetry } = await open();
    const [first, again, older] = telemetry.take(SOURCE, 'vehicle', [vehicle('a', NOW), vehicle('a', NOW), vehicle('a', NOW - 1, { speedKmh: 99 })]);
    expect([first?.status, again?.status, older?.status]).toEqual(['accepted', 'duplicate', 'accepted']);
    expect(telemetry.vehicles()).toMatchObject([{ ref: 'a', speedKmh: 30, provenance: 'simulated' }]);
    expect(telemetry.take(SOURCE, 'traffic', [{ key: 't1', at: NOW, segment: 'c1', speedKmh: 10 }, { key: 't2', at: NOW, segment: 'x', speedKmh: 10 }])).toMatchObject([
      { status: 'accepted' }, { status: 'rejected', fault: { code: 'INGEST_SEGMENT', pointer: '/segment' } },
    ]);
    expect(telemetry.traffic()).toEqual([{ segment: 'c1', speedKmh: 10, ratio: 0.25, at: NOW, provenance: 'simulated' }]);
    const frame = decodeFrame(telemetry.keyFrame('traffic'))!;
    expect([[...frame.placed.slot], [...frame.placed.kind]]).toEqual([[40], [25]]);
    await telemetry.close();
  });

  test('what a rehearsal made up is drawn, listed nowhere, and goes at once', async () => {
    const { telemetry } = await open();
    const rehearsed = { ...SOURCE, id: 'run-7', rehearsal: 'run-7' };
    telemetry.take(SOURCE, 'vehicle', [vehicle('bus-1', NOW)]);
    telemetry.take(rehearsed, 'vehicle', [vehicle('xe-chữa-cháy', NOW)]);
    telemetry.take(rehearsed, 'sensor', [{ key: 'mua', at: NOW, kind: 'rain', value: 64, unitOfMeasure: 'mm/h' }]);
    const drawn = () => decodeFrame(telemetry.keyFrame('vehicle'))!.placed.slot.length;
    expect([drawn(), telemetry.vehicles().map(({ ref }) => ref)]).toEqual([2, ['bus-1']]);
    expect(telemetry.forgetRehearsal('run-7')).toEqual({ sensor: 1, vehicle: 1 });
    expect([drawn(), telemetry.sensors().filter(({ rehearsal }) => rehearsal !== undefined)]).toEqual([1, []]);
    await telemetry.close();
  });

  test('sensors survive a restart with their age, and history is rolled up', async () => {
    await test_.empty(['event_head']);
    const before = await open();
    const reading = (at: number, value: number) => ({ key: `rain-${at}`, ref: 'rain-01', at, kind: 'rain', value, unitOfMeasure: 'mm/h', unit: '20242', position: [108.2, 16.05] });
    const told: unknown[] = [];
    before.telemetry.followSensors((changed) => told.push(...changed));
    before.telemetry.take(SOURCE, 'sensor', [reading(NOW, 10), reading(NOW + 1000, 20)]);
    before.hand.tick(1000);
    expect(told).toMatchObject([{ ref: 'rain-01', value: 20 }]);
    before.telemetry.take(SOURCE, 'vehicle', [vehicle('a', NOW)]);
    await before.telemetry.close();
    const after = await open();
    expect(after.telemetry.sensors()).toMatchObject([{ ref: 'rain-01', value: 20, at: NOW + 1000, position: [108.2, 16.05] }]);
    expect(after.telemetry.vehicles()).toEqual([]);
    expect(await test_.engine.query('select n, sum, low, high, last from sensor_history')).toEqual([{ n: 2, sum: 30, low: 10, high: 20, last: 20 }]);
    const [kept] = await test_.engine.query<{ frame: Uint8Array }>(`select frame from telemetry_keyframe where layer = 'vehicle'`);
    expect(decodeFrame(kept!.frame)!.placed.slot).toHaveLength(1);
    await after.telemetry.close();
  });
});
