import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Position } from '#contract/base.ts';
import type { Principal } from '#contract/roles.ts';
import type { TrafficState, VehicleState } from '#contract/topics/telemetry.ts';
import type { RoadGraph, RoadSegment } from '../../../geo/streets.ts';
import type { TrafficPort } from '../../domain/ports/traffic.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createPartitions } from '../telemetry/partitions.ts';
import { createTestStore, testUnits, type TestStore } from '../topics/testStore.ts';
import { createWork } from '../work/work.ts';
import { createTraffic } from './traffic.ts';

const OPERATOR: Principal = { kind: 'person', id: 'us-1', name: 'Trực ban', roles: ['operator'], units: null };
const OFFICER: Principal = { kind: 'person', id: 'us-2', name: 'Đội tuần tra', roles: ['unit-officer'], units: ['20242'] };
const operator = scopeOf(OPERATOR, testUnits.subtree);
const officer = scopeOf(OFFICER, testUnits.subtree);
const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** A square of streets around the goal (node 0): west of it a short way, east of it the long one. */
const NODES: Position[] = [[108.2, 16.06], [108.19, 16.06], [108.209, 16.06], [108.209, 16.069], [108.2, 16.069]];
const street = (id: string, from: number, to: number, name: string, lengthM: number): RoadSegment => ({ id, feature: from * 10 + to, class: 'primary', name, from, to, isOneway: false, lengthM, freeFlowKmh: 36, line: [NODES[from]!, [(NODES[from]![0] + NODES[to]![0]) / 2, (NODES[from]![1] + NODES[to]![1]) / 2], NODES[to]!] });
const ROADS: RoadGraph = {
  nodes: NODES,
  part: [0, 0, 0, 0, 0],
  segments: [street('west', 1, 0, 'Trần Phú', 1070), street('east', 2, 3, 'Bạch Đằng', 1000), street('north', 3, 4, 'Bạch Đằng', 960), street('down', 4, 0, 'Lê Duẩn', 1000)],
};

let store: TestStore;
let traffic: TrafficPort;
let alert: string;
let vehicles: VehicleState[] = [];
let speeds: TrafficState[] = [];

const vehicle = (ref: string, position: Position, unit: string | null = null): VehicleState => ({ ref, slot: 0, kind: 'police', position, speedKmh: 20, headingDeg: 0, unit, at: store.clock.now(), provenance: 'simulated' });
const speed = (segment: string, speedKmh: number): TrafficState => ({ segment, speedKmh, ratio: speedKmh / 36, at: store.clock.now(), provenance: 'simulated' });
const value = <T>(outcome: { ok: true; value: T } | { ok: false; fault: unknown }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.fault));
  return outcome.value;
};
const code = (outcome: { ok: boolean; fault?: { code: string } }) => outcome.fault?.code;

beforeAll(async () => {
  store = await createTestStore('embedded');
  traffic = createTraffic({
    engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits, roads: ROADS,
    telemetry: { vehicles: () => vehicles, traffic: () => speeds },
    wardAt: ([lon = 0]) => (lon < 108.205 ? '20242' : '20263'),
  });
  const [sent] = await store.send('alert', [{ key: 't-1', at: store.clock.now(), kind: 'accident', level: 2, title: 'Va chạm đầu cầu', position: NODES[0] }]);
  alert = sent!.id!;
});
afterAll(() => store.close());

describe('streets', () => {
  it('stand against the same hour of such days, and a corridor says what its whole length takes', async () => {
    const now = store.clock.now();
    const rows = Array.from({ length: 6 }, (_, week) => [now - WEEK * (1 + (week % 3)) + (week > 2 ? 5 * 60_000 : 0), 'east', 30]);
    await createPartitions(store.engine).open('traffic_history', rows.map(([at]) => at as number));
    for (const [at, segment, kmh] of rows) await store.engine.query(`insert into traffic_history (bucket_at, segment, provenance, n, sum, low, high, last) values ($1, $2, 'simulated', 1, $3, $3, $3, $3)`, [at, segment, kmh]);
    speeds = [speed('east', 12), speed('west', 36)];
    const board = value(await traffic.board());
    expect(board.worst[0]).toMatchObject({ segment: 'east', typicalKmh: 30, hasHistory: true, level: 'E', ofTypical: 0.4, ward: '20263' });
    expect(board.worst[1]).toMatchObject({ segment: 'west', typicalKmh: 36, hasHistory: false, level: 'A' });
    expect([board.measured, board.levels['A'], board.levels['E'], board.provenance]).toEqual([2, 1, 1, 'simulated']);
    const corridor = board.corridors.find(({ name }) => name === 'Bạch Đằng')!;
    expect(corridor.lengthM).toBe(1960);
    expect(corridor.seconds).toBeCloseTo(1000 / (12 / 3.6) + 960 / 10, 5);
    expect(corridor.typicalSeconds).toBeCloseTo(1000 / (30 / 3.6) + 960 / 10, 5);
  });

  it('carry events on their nearest stretch with its line, from their beginning to their end', async () => {
    const now = store.clock.now();
    const event = { kind: 'planned' as const, title: 'Lễ hội pháo hoa', position: [108.2095, 16.0645] as Position, fromAt: now + HOUR, toAt: now + 2 * HOUR };
    expect(code(await traffic.addEvent(operator, { ...event, toAt: now }))).toBe('REQUEST_BODY');
    const added = value(await traffic.addEvent(operator, event));
    expect(added).toMatchObject({ segment: 'east', street: 'Bạch Đằng', ward: '20263', line: ROADS.segments[1]!.line, by: 'Trực ban', endedAt: null });
    const far = value(await traffic.addEvent(operator, { ...event, position: [108.9, 15.5] }));
    expect(far).toMatchObject({ segment: null, street: null, line: null });
    expect(value(await traffic.events(false)).map(({ id }) => id)).toEqual([far.id, added.id]);
    expect(value(await traffic.signs())).toEqual([far, added].map(({ id, kind, title, position, line, fromAt, toAt }) => ({ id, kind, title, position, line, fromAt, toAt })));
    expect([value(await traffic.signs(now - 1)), value(await traffic.signs(now + 2 * HOUR))]).toEqual([[], []]);
    expect(value(await traffic.endEvent(operator, added.id)).endedAt).toBe(now);
    expect(value(await traffic.endEvent(operator, far.id)).endedAt).toBe(now);
    expect(value(await traffic.signs())).toEqual([]);
    expect(code(await traffic.endEvent(operator, 'te-999'))).toBe('NOT_FOUND');
    expect([value(await traffic.events(false)).length, value(await traffic.events(true)).length]).toEqual([0, 2]);
  });
});

describe('patrols', () => {
  const order = async () => value(await traffic.patrols(operator, NODES[0]!)).map(({ ref }) => ref);

  it('are those of the own unit', async () => {
    vehicles = [vehicle('police-own', [108.19, 16.06], '20242'), vehicle('police-other', [108.19, 16.06], '20263')];
    expect(value(await traffic.patrols(officer, NODES[0]!)).map(({ ref }) => ref)).toEqual(['police-own']);
  });

  it('come in the order of the time they need, not of the distance, and around what is closed', async () => {
    speeds = [];
    vehicles = [vehicle('police-east', [108.209, 16.06]), vehicle('police-west', [108.19, 16.06])];
    const [first, second] = value(await traffic.patrols(operator, NODES[0]!));
    expect([first!.ref, second!.ref]).toEqual(['police-west', 'police-east']);
    expect(first!.distanceM).toBeGreaterThan(second!.distanceM);
    expect([first!.seconds, second!.seconds].map((seconds) => Math.round(seconds!))).toEqual([107, 296]);
    const closed = value(await traffic.addEvent(operator, { kind: 'flooded', title: 'Ngập sâu', position: [108.195, 16.06], fromAt: store.clock.now(), toAt: null }));
    expect(closed.segment).toBe('west');
    expect(await order()).toEqual(['police-east', 'police-west']);
    expect(value(await traffic.patrols(operator, NODES[0]!)).at(-1)).toMatchObject({ ref: 'police-west', seconds: null });
    await traffic.endEvent(operator, closed.id);
    expect(await order()).toEqual(['police-west', 'police-east']);
  });

  it('are sent by a request of their own, with every receipt, and are bound until they answer', async () => {
    const work = createWork({ engine: store.engine, clock: store.clock, log: createSilentLog(), units: testUnits });
    vehicles = [vehicle('police-east', [108.209, 16.06]), vehicle('police-west', [108.19, 16.06], '20242')];
    const ofUnit = value(await work['alert.assign']!(OPERATOR, { id: alert, unit: '20242' }));
    const sent = value(await traffic.send(operator, 'police-west', alert));
    expect(sent).toMatchObject({ patrol: 'police-west', unit: '20242', step: 'sent', about: { topic: 'alert', id: alert }, issuedBy: 'Trực ban' });
    expect(value(await traffic.send(operator, 'police-west', alert)).id).toBe(sent.id);
    expect(await order()).toEqual(['police-east', 'police-west']);
    expect(value(await traffic.patrols(operator, NODES[0]!)).at(-1)).toMatchObject({ busyWith: alert });
    for (const step of ['deliver', 'read'] as const) expect((await work[`handling-request.${step}`]!(OFFICER, { id: sent.id })).ok).toBe(true);
    expect(value(await work['handling-request.accept']!(OFFICER, { id: sent.id }))).toMatchObject({ deliveredAt: expect.any(Number), readAt: expect.any(Number), acceptedBy: 'Đội tuần tra' });
    const [row] = await store.engine.query<{ state: string }>('select state from alert');
    expect(row!.state).toBe('assigned');
    const also = value(await traffic.send(operator, 'police-east', alert));
    expect(new Set([ofUnit.request.id, sent.id, also.id]).size).toBe(3);
    value(await work['handling-request.return']!(OFFICER, { id: also.id, reason: 'Đang bận việc khác' }));
    value(await work['handling-request.return']!(OFFICER, { id: sent.id, reason: 'Xe hỏng giữa đường' }));
    expect(await order()).toEqual(['police-west', 'police-east']);
    expect(value(await traffic.send(operator, 'police-west', alert)).id).not.toBe(sent.id);
  });

  it('are not sent to what is over, by whom it does not concern, or when nobody knows the vehicle', async () => {
    expect(code(await traffic.send(officer, 'police-west', alert))).toBe('AUTH_FORBIDDEN');
    expect(code(await traffic.send(officer, 'police-east', alert))).toBe('NOT_FOUND');
    expect(code(await traffic.send(operator, 'police-99', alert))).toBe('NOT_FOUND');
    expect(code(await traffic.send(operator, 'police-east', 'al-999'))).toBe('NOT_FOUND');
    await store.engine.query(`update alert set state = 'closed'`);
    expect(code(await traffic.send(operator, 'police-east', alert))).toBe('STATE_STEP');
  });
});
