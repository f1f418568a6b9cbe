import { expect, test } from 'vitest';
import type { AlertItem } from '#contract/topics/alert.ts';
import type { CameraItem } from '#contract/topics/camera.ts';
import type { FeedbackItem } from '#contract/topics/feedback.ts';
import type { SensorItem, TrafficItem, VehicleItem } from '#contract/topics/telemetry.ts';
import type { TopicName } from '#contract/topics.ts';
import { feedbackDueAt } from '../../domain/feedback/deadlines.ts';
import { createRandom } from '../../kernel/random.ts';
import { distanceM } from '../../../geo/distance.ts';
import type { Position } from '../../../geo/position.ts';
import { loadGeo } from '../../../geo/readData.ts';
import loops from '../../media/loops/catalog.json' with { type: 'json' };
import { createTestDoor } from '../testing/door.ts';
import { createSampleCity, type Batch } from './sampleCity.ts';

const geo = loadGeo();
const SCALE = { vehicleShare: 1, alertEveryMs: 90_000, feedbackEveryMs: 40_000 };
const START = Date.UTC(2026, 10, 19, 3, 20);
const HOUR_MS = 3_600_000;
const build = (seed: number, scale = SCALE) => createSampleCity(geo, createRandom(seed), scale, async () => undefined);
const itemsOf = <T>(batches: readonly Batch[], topic: TopicName) => batches.filter((batch) => batch.topic === topic).flatMap(({ items }) => items as T[]);

const city = await build(1);

function run(from: number, hours: number, stepMs = 60_000): Batch[] {
  const opened = city.opening(from);
  const batches = [...opened.batches];
  let { cursor } = opened;
  for (let at = from + stepMs; at <= from + hours * HOUR_MS; at += stepMs) {
    const told = city.events(cursor, at);
    batches.push(...told.batches);
    cursor = told.cursor;
  }
  return batches;
}

test('the same seed and moment give the same items, another seed others', async () => {
  const small = { ...SCALE, vehicleShare: 0.1 };
  const [a, b, c] = await Promise.all([build(5, small), build(5, small), build(6, small)]);
  expect(a.telemetry(START, 30)).toEqual(b.telemetry(START, 30));
  expect(a.opening(START)).toEqual(b.opening(START));
  expect(c.opening(START)).not.toEqual(a.opening(START));
});

test('every item passes the contract and the checks of the door', async () => {
  const door = createTestDoor(() => START + 12 * HOUR_MS);
  const batches = [...run(START, 12), ...Array.from({ length: 10 }, (_, second) => city.telemetry(START + (second + 1) * 1000, second + 1)).flat()];
  for (const { topic, items } of batches) await door.send(topic, items);
  expect(door.faults).toEqual([]);
  expect(door.duplicates).toBe(0);
  expect(door.accepted.every(({ item }) => item.provenance === 'simulated')).toBe(true);
});

test('a newcomer sees a full city at once', () => {
  const { batches } = city.opening(START);
  const alerts = itemsOf<AlertItem>(batches, 'alert');
  expect(new Set(alerts.map(({ ref }) => ref)).size).toBeGreaterThanOrEqual(6);
  expect(alerts.filter(({ level }) => level === 1).length).toBeGreaterThanOrEqual(1);
  expect(alerts.every(({ at }) => at <= START)).toBe(true);
  const reports = itemsOf<FeedbackItem>(batches, 'feedback');
  const overdue = reports.filter(({ service, at }) => feedbackDueAt(service, at) < START);
  expect(reports.length).toBeGreaterThanOrEqual(60);
  expect(overdue.length).toBeGreaterThan(3);
  expect(overdue.length).toBeLessThan(reports.length / 2);
  expect(itemsOf(batches, 'camera').length).toBeGreaterThanOrEqual(48);
  expect(itemsOf(batches, 'sensor').length).toBeGreaterThanOrEqual(24);
  expect(new Set(itemsOf<{ code: string }>(batches, 'indicator').map(({ code }) => code)).size).toBe(6);
  expect(new Set(itemsOf<{ period: string }>(batches, 'indicator').map(({ period }) => period)).size).toBe(12);
  expect(itemsOf<{ dueAt: number; done?: boolean }>(batches, 'assignment').filter(({ dueAt, done }) => dueAt < START && !done)).toHaveLength(3);
});

test('figures name fictitious agencies only, and alerts and reports name no unit at all', () => {
  const batches = run(START, 24, 10 * 60_000);
  for (const topic of ['indicator', 'dossier', 'assignment'] as const) {
    for (const { unit } of itemsOf<{ unit: string }>(batches, topic)) expect(unit).toMatch(/^(SM|TT|CA|CC)-M?\w$/);
  }
  for (const topic of ['alert', 'feedback'] as const) expect(itemsOf<{ unit?: string }>(batches, topic).filter(({ unit }) => unit)).toEqual([]);
});

test('levels keep their mix, all eight kinds happen, and what begins also ends', () => {
  const alerts = itemsOf<AlertItem>(run(START, 30), 'alert');
  const begun = alerts.filter(({ key, ref }) => key === ref);
  const share = (...levels: number[]) => begun.filter(({ level }) => levels.includes(level)).length / begun.length;
  expect(share(1)).toBeCloseTo(0.05, 1);
  expect(share(2)).toBeCloseTo(0.15, 1);
  expect(share(3, 4)).toBeCloseTo(0.8, 1);
  expect(new Set(begun.map(({ kind }) => kind)).size).toBe(8);
  expect(begun.length / 30).toBeGreaterThan(30);
  expect(begun.length / 30).toBeLessThan(60);
  const ended = new Set(alerts.filter(({ status }) => status === 'ended').map(({ ref }) => ref));
  expect(begun.filter(({ at }) => at < START + 27 * HOUR_MS).every(({ ref }) => ended.has(ref))).toBe(true);
  expect(begun.some(({ area }) => area)).toBe(true);
  expect(begun.some(({ cameraKey }) => cameraKey)).toBe(true);
});

test('a restart goes on: nothing is told twice, nothing of a known alert is lost, a long silence is not told afterwards', () => {
  const opened = city.opening(START);
  const noon = city.events(opened.cursor, START + 5 * 60_000);
  const later = START + 50 * HOUR_MS;
  const after = city.events(noon.cursor, later);
  const next = city.events(after.cursor, later + HOUR_MS);
  const refsOf = (batches: Batch[]) => new Set(itemsOf<AlertItem>(batches, 'alert').map(({ ref }) => ref));
  const before = [...opened.batches, ...noon.batches];
  const known = refsOf(before);
  const endedOf = (batches: Batch[]) => itemsOf<AlertItem>(batches, 'alert').filter(({ status }) => status === 'ended').map(({ ref }) => ref);
  const ended = new Set([...endedOf(before), ...endedOf(after.batches)]);
  expect([...known].filter((ref) => !ended.has(ref))).toEqual([]);
  expect([...refsOf(after.batches)].filter((ref) => !known.has(ref)).length).toBeLessThanOrEqual(10);
  expect(itemsOf(after.batches, 'feedback').length).toBeLessThan(20);
  const firsts = itemsOf<AlertItem>([...before, ...after.batches, ...next.batches], 'alert').filter(({ key, ref }) => key === ref);
  const begun = new Set(firsts.map(({ ref }) => ref));
  expect(firsts).toHaveLength(begun.size);
  expect([...refsOf(next.batches)].filter((ref) => !begun.has(ref))).toEqual([]);
});

test('vehicles stay on streets and move no faster than they say', () => {
  const segments = geo.roads().segments;
  const seconds = 120;
  const before = itemsOf<VehicleItem>(city.telemetry(START, 1), 'vehicle');
  expect(before.length).toBeGreaterThanOrEqual(320);
  let last = before;
  for (let second = 1; second <= seconds; second++) {
    const now = itemsOf<VehicleItem>(city.telemetry(START + second * 1000, 1), 'vehicle');
    for (const [index, { position, speedKmh }] of now.entries()) {
      const movedKmh = distanceM(last[index]!.position, position) * 3.6;
      expect(movedKmh).toBeLessThan(80);
      expect(Math.abs(movedKmh - (speedKmh + last[index]!.speedKmh) / 2)).toBeLessThan(16);
    }
    last = now;
  }
  const moved = last.filter(({ position }, index) => distanceM(position, before[index]!.position) > 30);
  expect(moved.length).toBeGreaterThan(last.length / 2);
  for (const { position } of last.filter((_, index) => index % 7 === 0)) {
    const away = Math.min(...segments.map(({ line }) => awayFrom(line, position)));
    expect(away).toBeLessThan(1);
  }
});

test('streets are slower in the rush hour than at night, and slowest near an incident', () => {
  const mean = (at: number) => {
    const speeds = Array.from({ length: 10 }, (_, share) => itemsOf<TrafficItem>(city.telemetry(at, share), 'traffic')).flat().map(({ speedKmh }) => speedKmh);
    expect(speeds.length).toBeGreaterThan(3000);
    return speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
  };
  const [rush, night] = [mean(Date.UTC(2026, 10, 19, 10, 0)), mean(Date.UTC(2026, 10, 19, 20, 0))];
  expect(rush).toBeLessThan(night * 0.8);
});

test('sensors stay plausible over a week', () => {
  const limits: Record<string, [number, number]> = { rain: [0, 150], 'water-level': [-1, 4], tide: [-0.5, 2.5], 'flood-depth': [0, 120], pm25: [3, 120], noise: [40, 90], temperature: [12, 42], wind: [0, 25] };
  for (let hour = 0; hour < 168; hour++) {
    for (const { kind, value } of itemsOf<SensorItem>(city.telemetry(START + hour * HOUR_MS, 0), 'sensor')) {
      const [least, most] = limits[kind]!;
      expect(value, kind).toBeGreaterThanOrEqual(least);
      expect(value, kind).toBeLessThanOrEqual(most);
    }
  }
});

test('cameras play loops of the catalogue and stand apart', () => {
  const cameras = itemsOf<CameraItem>(city.opening(START).batches, 'camera');
  const known = new Set(loops.loops.map(({ id }) => id));
  for (const { streams, unit, noticePosted } of cameras) {
    for (const name of streams![0]!.url.replace('loop:', '').split(',')) expect(known).toContain(name);
    expect(unit).toMatch(/^\d{5}$/);
    expect(noticePosted).toBe(true);
  }
  expect(new Set(cameras.map(({ name }) => name)).size).toBe(cameras.length);
});

function awayFrom(line: readonly Position[], [lon, lat]: readonly [number, number]): number {
  const [perLon, perLat] = [106_900, 110_600];
  let least = Infinity;
  for (let i = 1; i < line.length; i++) {
    const [ax, ay] = [(line[i - 1]![0] - lon) * perLon, (line[i - 1]![1] - lat) * perLat];
    const [dx, dy] = [(line[i]![0] - lon) * perLon - ax, (line[i]![1] - lat) * perLat - ay];
    const share = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + dx * share, ay + dy * share));
  }
  return least;
}
