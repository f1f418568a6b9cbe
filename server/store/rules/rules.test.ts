import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { Principal } from '#contract/roles.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { createPartitions } from '../telemetry/partitions.ts';
import { createTestStore, type TestStore } from '../topics/testStore.ts';
import { createAlertRules, type RuleEngine } from './rules.ts';

const MINUTE = 60_000;
const ADMIN: Principal = { kind: 'person', id: 'ac-1', name: 'Quản trị', roles: ['admin'], units: null };
const WATER = { code: 'nuoc-thu', name: 'Mực nước thử', subject: { of: 'sensor', sensorKind: 'water-level' }, direction: 'above', value: 2, clear: 1.5, holdMinutes: 5, kind: 'flood', level: 2 } as const;

describe.each(testEngineKinds())('alert rules on %s', (kind) => {
  let store: TestStore;
  let sensor: SensorState;
  const open: RuleEngine[] = [];
  const engine = async () => {
    const rules = await createAlertRules({ engine: store.engine, clock: store.clock, door: store.door, present: { sensors: () => [sensor], streets: async () => [], classOf: () => null }, segmentsOf: () => [], logger: createSilentLog(), lookMs: 1e9 });
    open.push(rules);
    return rules;
  };
  const measure = (value: number, afterMinutes = 5) => {
    store.clock.move({ at: store.clock.now() + afterMinutes * MINUTE });
    sensor = { ref: 'tram-1', name: 'Trạm 1', kind: 'water-level', value, unitOfMeasure: 'm', position: [108.2123, 16.0612], unit: null, at: store.clock.now(), provenance: 'real' };
  };
  const alerts = () => store.engine.query<{ status: string; title: string; provenance: string }>(`select status, title, provenance from alert where source = 'ioc-rules' order by n`);

  beforeAll(async () => {
    store = await createTestStore(kind);
    measure(1);
  });
  afterAll(async () => {
    for (const rules of open) await rules.close();
    await store.close();
  });

  it('is refused when it is not sound, and does not run before it was tried', async () => {
    const rules = await engine();
    expect(await rules.write(ADMIN, { ...WATER, clear: 3 })).toMatchObject({ fault: { code: 'RULE_TEXT', pointer: '/clear' } });
    expect(await rules.write(ADMIN, { ...WATER, level: 9 })).toMatchObject({ fault: { code: 'RULE_TEXT' } });
    expect(await rules.write(ADMIN, WATER)).toMatchObject({ ok: true, value: { isOn: false, triedAt: null } });
    expect(await rules.turn(ADMIN, WATER.code, true)).toMatchObject({ fault: { code: 'RULE_UNTRIED' } });
    expect(await rules.turn(ADMIN, 'khong-co', true)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect((await rules.list()).ok).toBe(true);
  });

  it('shows what it would have done over the past, raising nothing', async () => {
    const now = store.clock.now();
    await store.engine.query(`insert into sensor (ref, source, provenance, at, state) values ('tram-1', 's', 'real', $1, '{"kind":"water-level","name":"Trạm 1"}')`, [now]);
    await createPartitions(store.engine).open('sensor_history', [now]);
    for (const [index, high] of [1, 2.2, 2.6, 2.4, 1.2].entries()) {
      await store.engine.query(`insert into sensor_history (bucket_at, ref, provenance, n, sum, low, high, last) values ($1, 'tram-1', 'real', 1, 1, 1, $2, 1)`, [now - (60 - index * 5) * MINUTE, high]);
    }
    const trial = await (await engine()).try(WATER.code, 1);
    expect(trial).toMatchObject({ ok: true, value: { series: 1, samples: 5, count: 1, provenance: 'real', episodes: [{ name: 'Trạm 1', peak: 2.6 }] } });
    expect(await alerts()).toEqual([]);
  });

  it('raises one alert per episode, ends it, and raises nothing again after a restart', async () => {
    const rules = await engine();
    expect(await rules.turn(ADMIN, WATER.code, true)).toMatchObject({ ok: true, value: { isOn: true } });
    measure(2.1);
    expect(await rules.look()).toBe(0);
    measure(2.3);
    expect(await rules.look()).toBe(1);
    expect(await alerts()).toMatchObject([{ status: 'active', title: 'Mực nước thử: Trạm 1', provenance: 'real' }]);
    measure(2.4);
    expect(await (await engine()).look()).toBe(0);
    measure(1.7);
    expect(await rules.look()).toBe(0);
    measure(1.2);
    expect(await rules.look()).toBe(1);
    expect(await alerts()).toMatchObject([{ status: 'ended' }]);
    for (const value of [2.1, 2.2]) {
      measure(value);
      await rules.look();
    }
    expect((await alerts()).map(({ status }) => status)).toEqual(['ended', 'active']);
  });

  it('that came with the product are samples: tried and switched on by themselves in the sample city only, once', async () => {
    const samples = async (rules: RuleEngine) => {
      const list = await rules.list();
      return list.ok ? list.value.filter(({ isSample }) => isSample).map(({ isOn, triedAt }) => isOn && triedAt !== null) : [];
    };
    const real = await engine();
    await real.look();
    expect(await samples(real)).toEqual([false, false, false, false]);
    const city = await createAlertRules({ engine: store.engine, clock: store.clock, door: store.door, present: { sensors: () => [], streets: async () => [], classOf: () => null }, segmentsOf: () => [], logger: createSilentLog(), hasSamplesOn: true, lookMs: 1e9 });
    open.push(city);
    await city.look();
    expect(await samples(city)).toEqual([true, true, true, true]);
    await city.turn(ADMIN, 'mua-lon', false);
    await city.look();
    expect((await samples(city)).filter(Boolean)).toHaveLength(3);
  });

  it('of services come and change with their folders; what somebody wrote stays theirs', async () => {
    const rules = await engine();
    const beds = { code: 'giuong-benh', name: 'Giường bệnh quá tải', subject: { of: 'sensor' as const, sensorKind: 'beds-used' }, direction: 'above' as const, value: 95, clear: 90, holdMinutes: 30, kind: 'crowd' as const, level: 2 as const };
    const found = async () => {
      const list = await rules.list();
      return list.ok ? list.value.find(({ code }) => code === beds.code) : undefined;
    };
    await rules.adopt([beds]);
    expect(await found()).toMatchObject({ value: 95, isSample: true, isOn: false });
    await rules.try(beds.code, 7);
    await rules.turn(ADMIN, beds.code, true);
    await rules.adopt([beds]);
    expect(await found()).toMatchObject({ isOn: true });
    await rules.adopt([{ ...beds, value: 97 }]);
    expect(await found()).toMatchObject({ value: 97, isOn: false, triedAt: null });
    await rules.write(ADMIN, { ...beds, value: 80, clear: 70 });
    await rules.adopt([{ ...beds, value: 99 }]);
    expect(await found()).toMatchObject({ value: 80, isSample: false });
    await rules.adopt([]);
    expect(await found()).toMatchObject({ value: 80 });
  });

  it('stops and must be tried anew when it is changed', async () => {
    const rules = await engine();
    expect(await rules.write(ADMIN, { ...WATER, value: 3 })).toMatchObject({ ok: true, value: { isOn: false, triedAt: null } });
    measure(9);
    expect(await rules.look()).toBe(0);
  });

  it('of a service that is gone go with it, and what they raised ends', async () => {
    const rules = await engine();
    await rules.adopt([{ ...WATER, code: 'cua-dich-vu' }]);
    await rules.try('cua-dich-vu', 7);
    await rules.turn(ADMIN, 'cua-dich-vu', true);
    for (const value of [9, 9]) {
      measure(value);
      await rules.look();
    }
    const raised = () => store.engine.query(`select status, provenance, title from alert where source = 'ioc-rules' and starts_with(ref, 'cua-dich-vu/')`);
    expect(await raised()).toEqual([{ status: 'active', provenance: 'real', title: 'Mực nước thử: Trạm 1' }]);
    await rules.adopt([]);
    expect(await raised()).toEqual([{ status: 'ended', provenance: 'real', title: 'Mực nước thử: Trạm 1' }]);
    const list = await rules.list();
    expect(list.ok && list.value.map(({ code }) => code)).not.toContain('cua-dich-vu');
  });
});
