import { describe, expect, it } from 'vitest';
import { corridorsOf } from './corridors.ts';
import { hourKind, serviceLevelOf } from './serviceLevel.ts';

describe('level of service', () => {
  it.each([[1, 'A'], [0.851, 'A'], [0.85, 'B'], [0.6, 'C'], [0.45, 'D'], [0.35, 'E'], [0.3, 'F'], [0, 'F']])('%d of free flow is %s', (ratio, level) => {
    expect(serviceLevelOf(ratio)).toBe(level);
  });

  it('compares an hour with the same hour of such days', () => {
    expect(hourKind(Date.parse('2026-10-05T08:30+07:00'))).toBe(8);
    expect(hourKind(Date.parse('2026-10-06T08:59+07:00'))).toBe(8);
    expect(hourKind(Date.parse('2026-10-10T08:30+07:00'))).toBe(32);
    expect(hourKind(Date.parse('2026-10-05T00:10+07:00'))).toBe(0);
  });
});

describe('corridors', () => {
  const piece = (name: string, speedKmh: number | null, more: object = {}) => ({ name, lengthM: 1000, freeFlowKmh: 36, typicalKmh: 36, speedKmh, ...more });

  it('adds the time of its pieces, with the typical one where nothing was measured', () => {
    expect(corridorsOf([piece('Trần Phú', 18), piece('Trần Phú', null)])).toEqual([{ name: 'Trần Phú', lengthM: 2000, covered: 0.5, seconds: 300, typicalSeconds: 200, freeSeconds: 200 }]);
  });

  it('leaves out what was hardly measured and what is too short, and shows the longest delay first', () => {
    const all = corridorsOf([piece('A', 30), piece('B', 10), piece('C', null), piece('D', 36, { lengthM: 500 })]);
    expect(all.map(({ name }) => name)).toEqual(['B', 'A']);
  });
});
