import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadGeo } from '../../../geo/readData.ts';
import { apportion, eraOn, formerNamed, regroup } from './succession.ts';

const geo = loadGeo();
const former = geo.groups();
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('the organisation in time', () => {
  it('has districts until the last day of June 2025', () => {
    expect([eraOn('2021-10-28'), eraOn('2025-06-30'), eraOn('2025-07-01'), eraOn('2026-11-22')]).toEqual(['districts', 'districts', 'two-levels', 'two-levels']);
  });

  it('shares any number out without losing or making one', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }), (total, weights) => {
        const shares = apportion(total, weights);
        expect(sum(shares)).toBe(total);
        expect(shares.every((share, place) => Math.abs(share - (total * weights[place]!) / sum(weights)) < 1)).toBe(true);
      }),
    );
  });

  it('conserves the totals of today in the districts of any province', () => {
    const provinces = ['48', '51', '66'];
    fc.assert(
      fc.property(fc.constantFrom(...provinces), fc.infiniteStream(fc.nat(500)), (province, counts) => {
        const totals = new Map(geo.units().filter(({ parent }) => parent === province).map(({ code }) => [code, counts.next().value as number]));
        const { rows, unplaced } = regroup(totals, former.filter((one) => one.province === province));
        expect(sum(rows.map(({ total }) => total)) + unplaced).toBe(sum([...totals.values()]));
      }),
      { numRuns: 50 },
    );
  });

  it('says which totals are shared out: a ward that lies in two districts', () => {
    const { rows } = regroup(new Map([['20305', 5]]), former.filter(({ province }) => province === '48'));
    expect(rows.filter(({ total }) => total > 0).map(({ name, total, isEstimate }) => [name, total, isEstimate])).toEqual([['quận Thanh Khê', 3, true], ['quận Cẩm Lệ', 2, true]]);
  });

  it.each(["Cư M'gar", 'Buôn Ma Thuột', 'Buôn Hồ', 'Krông Năng', 'Ea Kar'])('knows %s of 2021 as units of today', (area) => {
    expect(formerNamed(former, '66', area)?.units.length).toBeGreaterThan(0);
  });
  it('knows no district that never was', () => expect(formerNamed(former, '66', 'Nơi Nào')).toBeUndefined());
});
