import { afterAll, beforeAll, expect, it } from 'vitest';
import { reconcile } from '../../domain/register/reconcile.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createRedBench, OFFICER_A, OPERATOR, type RedBench, units } from '../red/testing/bench.ts';
import { createRegister } from './register.ts';

let bench: RedBench;
const everyone = scopeOf(OPERATOR, units.subtree);
const register = () => createRegister({ engine: bench.engine, clock: bench.clock, units });
const source = (id: string) => ({ id, name: id, topics: null, provenance: 'simulated' as const });
const dossier = (key: string, unit: string, day: string, onTime: number, overdue: number, procedure = 'TTHC-01', level = 'province') => ({ key, at: bench.clock.now(), unit, procedure, day, received: onTime + overdue, onTime, overdue, level });

beforeAll(async () => {
  bench = await createRedBench('embedded');
  await bench.door.ingest(source('igate'), 'dossier', [dossier('1', 'SM-A', '2026-10-01', 9, 1), dossier('2', 'SM-B', '2026-10-01', 5, 5, 'TTHC-02', 'commune'), dossier('3', 'SM-A', '2026-09-30', 8, 2)]);
  await bench.door.ingest(source('idesk'), 'dossier', [dossier('1', 'SM-A', '2026-10-01', 9, 1), dossier('2', 'SM-B', '2026-10-01', 6, 4, 'TTHC-02', 'commune'), dossier('4', 'SM-C', '2026-10-01', 1, 0)]);
});
afterAll(() => bench.close());

it('two systems are compared record by record', async () => {
  const compared = await register().reconcile('dossier', 'igate', 'idesk', everyone);
  expect(compared.ok && compared.value).toMatchObject({
    inBoth: 2, same: 1, differing: 1, onlyA: 1, onlyB: 1,
    rows: [{ name: 'TTHC-01 · 2026-09-30', unit: 'SM-A', b: null }, { name: 'TTHC-01 · 2026-10-01', unit: 'SM-C', a: null }, { name: 'TTHC-02 · 2026-10-01', unit: 'SM-B', a: '10 / 5 / 5', b: '10 / 6 / 4' }],
  });
  const own = await register().reconcile('dossier', 'igate', 'idesk', scopeOf(OFFICER_A, units.subtree));
  expect(own.ok && own.value).toMatchObject({ inBoth: 1, same: 1, onlyA: 1, onlyB: 0 });
});

it('every record is the same, only here, only there or told differently', () => {
  const record = (name: string, said: string) => ({ name, unit: null, said });
  expect(reconcile([], [])).toMatchObject({ inBoth: 0, rows: [] });
  expect(reconcile([record('x', '1')], [record('x', '1')])).toMatchObject({ same: 1, rows: [] });
});

it('dossiers are told by unit, procedure and level against the days before', async () => {
  const byUnit = await register().dossiers('unit', '2026-10-01', '2026-10-01', everyone);
  expect(byUnit.ok && byUnit.value.lines.find(({ key }) => key === 'SM-A')).toEqual({ key: 'SM-A', name: 'Sở mẫu A', received: 20, onTime: 18, overdue: 2, overdueShare: 0.1, before: 0.2 });
  const byLevel = await register().dossiers('level', '2026-10-01', '2026-10-01', everyone);
  expect(byLevel.ok && byLevel.value.lines.map(({ key, overdue }) => [key, overdue])).toEqual([['commune', 9], ['province', 2]]);
  const byProcedure = await register().dossiers('procedure', '2026-10-01', '2026-10-01', everyone);
  expect(byProcedure.ok && byProcedure.value.lines[0]).toMatchObject({ key: 'TTHC-02', overdueShare: 0.45 });
});
