import { afterAll, beforeAll, expect, it } from 'vitest';
import { scopeOf } from '../../domain/scope.ts';
import type { GoalsPort } from '../../domain/ports/goals.ts';
import { CATALOGUE, catalogueOf, createRedBench, OFFICER_A, OPERATOR, type RedBench, units } from '../red/testing/bench.ts';
import { createGoals } from './goals.ts';

let bench: RedBench;
let goals: GoalsPort;
const operator = scopeOf(OPERATOR, units.subtree);
const tree = async (scope = operator) => {
  const got = await goals.tree(scope);
  if (!got.ok) throw new Error(got.fault.code);
  return got.value.items[0]!;
};
const up = async () => (await tree()).indicators.find(({ code }) => code === 'UP')!;

beforeAll(async () => {
  bench = await createRedBench('embedded');
  goals = createGoals({ engine: bench.engine, clock: bench.clock, units, red: bench.red });
  await bench.value('UP', 'SM-A', '2026-09', 60);
  await bench.value('UP', 'SM-B', '2026-09', 50);
});
afterAll(() => bench.close());

it('goals hold their indicators with progress, units by level and the targets of the file', async () => {
  expect(await tree()).toMatchObject({ code: 'g', name: { vi: 'Mục tiêu' }, unit: null, counts: { red: 1, green: 1 } });
  expect(await up()).toMatchObject({ progress: 0.8, counts: { red: 1, green: 1 }, targets: [{ id: null, unit: null, value: 100 }, { id: null, unit: 'SM-B', unitName: 'Sở mẫu B', value: 50 }] });
  expect((await tree(scopeOf(OFFICER_A, units.subtree))).counts).toMatchObject({ red: 1, green: 0 });
});

it('a target set by a directive is in force at once, traces to it, and gives way when it is taken back', async () => {
  expect((await bench.status('indicator/UP/SM-A'))?.level).toBe('red');
  const set = await goals.set({ code: 'UP', unit: 'SM-A', value: 62, from: '2026-01-01', basis: 'Nghị quyết 12/NQ-HĐND' }, operator);
  expect(set).toMatchObject({ ok: true, value: { id: expect.stringMatching(/^tg-/), unit: 'SM-A', value: 62, setBy: OPERATOR.name } });
  expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'green', redSince: null, target: 62 });
  expect((await up()).targets.find(({ unit }) => unit === 'SM-A')).toMatchObject({ value: 62, basis: 'Nghị quyết 12/NQ-HĐND' });
  expect(await bench.engine.query(`select value from indicator_target where code = 'UP' and unit = 'SM-A'`)).toEqual([{ value: 62 }]);

  // The files are read anew and what people set stays over them.
  await bench.red.use(catalogueOf(CATALOGUE, 'v2'));
  expect((await bench.status('indicator/UP/SM-A'))?.target).toBe(62);
  expect(await goals.withdraw(set.ok ? set.value.id! : '', operator)).toMatchObject({ ok: true });
  expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'red', target: 100 });
});

it('a goal is charged to a unit and freed again', async () => {
  expect(await goals.charge('g', 'SM-C', operator)).toMatchObject({ ok: true, value: { items: [{ unit: 'SM-C', unitName: 'Sở mẫu C' }] } });
  expect(await goals.charge('g', null, operator)).toMatchObject({ ok: true, value: { items: [{ unit: null }] } });
});

it('refuses what it does not know', async () => {
  expect(await goals.charge('xx', 'SM-C', operator)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
  expect(await goals.charge('g', 'XX', operator)).toMatchObject({ ok: false, fault: { code: 'INGEST_UNIT' } });
  const target = { code: 'UP', value: 1, from: '2026-01-01', basis: 'x' };
  expect(await goals.set({ ...target, code: 'XX' }, operator)).toMatchObject({ ok: false, fault: { pointer: '/code' } });
  expect(await goals.set({ ...target, unit: 'XX' }, operator)).toMatchObject({ ok: false, fault: { code: 'INGEST_UNIT' } });
  expect(await goals.set({ ...target, until: '2025-01-01' }, operator)).toMatchObject({ ok: false, fault: { pointer: '/until' } });
  expect(await goals.withdraw('tg-999', operator)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
});
