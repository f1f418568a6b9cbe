import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadGeo } from '../../../geo/readData.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createUnits } from '../../domain/units/units.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { loadDataSets } from '../../start/catalogue.ts';
import { readOrganisation } from '../../start/organisation.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, type TestEngine } from '../engine/testEngines.ts';
import { createOrganisation } from './organisation.ts';

const geo = loadGeo();
const units = createUnits(readOrganisation(geo.units(), false));
const everyone = scopeOf({ kind: 'person', id: 'ac-1', name: 'x', roles: ['operator'], units: null }, units.subtree);
const NOW = Date.parse('2026-11-22T10:00:00+07:00');
let test: TestEngine;
let organisation: ReturnType<typeof createOrganisation>;

beforeAll(async () => {
  test = await createTestEngine('embedded');
  await migrate(test.engine, createSilentLog());
  organisation = createOrganisation({ engine: test.engine, clock: { now: () => NOW }, units, former: geo.groups(), dataSets: loadDataSets('.'), wardsOf: (province) => (province === '66' ? geo.wards('dak-lak') : undefined) });
});
afterAll(() => test.close());

describe('the organisation on a day', () => {
  it('has districts with their successors before July 2025, and wards after', () => {
    const before = organisation.on('2021-10-28', '66');
    expect(before.era).toBe('districts');
    expect(before.units.find(({ name }) => name === 'huyện Krông Năng')).toMatchObject({ validUntil: '2025-07-01', successors: expect.arrayContaining([{ code: '24343', name: 'Xã Krông Năng' }]) });
    expect(organisation.on('2025-07-01', '66')).toMatchObject({ era: 'two-levels' });
  });

  it('tells the same sum whatever the day', async () => {
    const wards = units.all().filter(({ parent }) => parent === '48').map(({ code }) => code);
    await test.engine.query(
      `insert into alert (source, ref, rev, kind, level, title, status, state, ward, provenance, raised_at, received_at, updated_at, acknowledge_by, due_at, search_key)
       select 't', 'a' || i, 1, 'flood', 3, 'x', 'active', 'raised', ($1::text[])[1 + i % array_length($1::text[], 1)], 'simulated', 0, 0, 0, 0, 0, 'x' from generate_series(1, 501) i`, [wards],
    );
    const [then, now] = [await organisation.totals('alerts', '2021-10-28', '48', everyone), await organisation.totals('alerts', '2026-11-22', '48', everyone)];
    for (const answer of [then, now]) {
      expect(answer.ok && answer.value.rows.reduce((all, { total }) => all + total, 0) + answer.value.unplaced).toBe(501);
      expect(answer.ok && answer.value.sum).toBe(501);
    }
  });
});

describe('the map of a day', () => {
  it('has the same ground as districts and as wards, and a total for each area of the day', () => {
    const [then, now] = [organisation.map('2025-06-30', '66'), organisation.map('2025-07-01', '66')];
    expect(then.areas.map(({ id }) => id)).toEqual(organisation.on('2025-06-30', '66').units.map(({ id }) => id).filter((id) => then.areas.some((area) => area.id === id)));
    expect(now.areas.length).toBeGreaterThan(then.areas.length);
    const box = (areas: typeof now.areas) => ['min', 'max'].flatMap((end) => [0, 1].map((axis) => Math[end as 'min' | 'max'](...areas.flatMap(({ rings }) => rings.flat().map((point) => point[axis as 0 | 1])))));
    expect(box(now.areas)).toEqual(box(then.areas));
    expect(organisation.map('2025-07-01', '01').areas).toEqual([]);
  });
});

describe('the pilot map of the letter', () => {
  it('says Krông Năng chưa triển khai and Ea Kar chậm 178 ngày, on the districts of 2021', () => {
    const map = organisation.pilotMap('dak-lak-2021-10');
    const areas = map.ok ? map.value.areas : [];
    expect(areas).toHaveLength(15);
    expect(areas.filter(({ level }) => level === 'red').map(({ name, text }) => [name, text?.vi])).toEqual([['Ea Kar', 'chậm 178 ngày'], ['Krông Năng', 'chưa triển khai']]);
    expect(areas.every(({ rings }) => rings.every((ring) => ring.every(([lon, lat]) => lon > 107 && lon < 109.2 && lat > 11.9 && lat < 13.6)))).toBe(true);
  });
  it('is not there for a set nobody knows', () => expect(organisation.pilotMap('khac')).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } }));
});
