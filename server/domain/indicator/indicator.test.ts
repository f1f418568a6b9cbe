import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { achievementOf } from './judge.ts';
import { evaluateIndicator, type Point } from './evaluate.ts';
import { lineThrough } from './forecast.ts';
import { leastReal, pointsOf } from './formula.ts';
import { endOf, indexAt, nameOf, periodOf, placeInYear, startOf } from './period.ts';
import { readCatalogue } from './readCatalogue.ts';
import { sinceOf } from './verdict.ts';
import { loadCatalogue } from '../../start/catalogue.ts';
import { ROOT } from '../../start/root.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);
const DAY = 86_400_000;
const kinds = ['year', 'quarter', 'month', 'week', 'day'] as const;

const written = (change: (text: string) => string = (text) => text) =>
  change(`service: thu
name: { vi: Thử, en: Test }
goals:
  - { code: g, name: { vi: Mục tiêu, en: Goal } }
indicators:
  - code: X
    name: { vi: Chỉ tiêu, en: Indicator }
    unitOfMeasure: { vi: "%", en: "%" }
    direction: higher
    period: month
    goal: g
    ownerKind: agency
    source: thử
    legalBasis: thử
    reportDueDays: 10
    rules:
      - { from: 2026-01-01, until: 2026-06-30, red: 0.5, amber: 0.8, low: 0.3 }
      - { from: 2026-07-01, red: 0.7, amber: 0.9, low: 0.5 }
    targets:
      - { from: 2026-01-01, value: 100 }
`);
const read = (text: string) => readCatalogue([{ file: 'thu.yaml', text }], 'v');
const X = read(written()).catalogue!.indicators.get('X')!;
const point = (period: string, value: number | null): Point => ({ index: periodOf(period)!.index, value, at: 1, provenance: 'real' });
const levelAt = (points: Point[], now: string) => evaluateIndicator(X, 'SM-A', points, local(now));

describe('periods', () => {
  it('are read as they are written, follow each other without a gap, and know where they lie', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.integer({ min: local('2001-01-01T00:00'), max: local('2099-12-31T23:59') }), (kind, at) => {
        const index = indexAt(kind, at);
        expect(periodOf(nameOf(kind, index))).toEqual({ kind, index });
        expect(startOf(kind, index)).toBeLessThanOrEqual(at);
        expect(endOf(kind, index)).toBeGreaterThan(at);
        const { last, share } = placeInYear(kind, index);
        expect(last).toBeGreaterThanOrEqual(index);
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(['2026-13', '2026-W54', '2025-W53', '2026-02-30', '2026-Q5', 'x'])('%s does not exist', (text) => expect(periodOf(text)).toBeUndefined());

  it('begin at midnight in Việt Nam', () => expect(startOf('month', periodOf('2026-10')!.index)).toBe(local('2026-10-01T00:00')));
});

describe('the catalogue', () => {
  it('of the product is sound, has more than twenty indicators and the index of Decision 766', () => {
    const { catalogue, faults } = loadCatalogue(ROOT);
    expect(faults).toEqual([]);
    expect([...catalogue!.indicators.values()].filter(({ code }) => code.startsWith('KTXH-')).length).toBeGreaterThanOrEqual(20);
    expect(Object.values(catalogue!.indicators.get('766')!.formula!).sort()).toEqual([18, 18, 20, 22, 22]);
    expect([...catalogue!.indicators.values()].flatMap(({ targets }) => [...targets.keys()]).filter((unit) => unit !== '')).toEqual([]);
  });

  it.each([
    ['a gap', (text: string) => text.replace('2026-07-01', '2026-07-02'), 18, 'khoảng trống'],
    ['an overlap', (text: string) => text.replace('2026-07-01', '2026-06-30'), 18, 'chồng'],
    ['thresholds out of order', (text: string) => text.replace('red: 0.7', 'red: 0.95'), 18, 'ngưỡng ĐỎ'],
    ['an end before the beginning', (text: string) => text.replace('until: 2026-06-30', 'until: 2025-06-30'), 17, 'ngày kết thúc'],
    ['an unknown goal', (text: string) => text.replace('goal: g', 'goal: h'), 11, 'không có mục tiêu'],
    ['an unknown part', (text: string) => text.replace('    rules:', '    formula: { Y: 1 }\n    rules:'), 16, 'công thức'],
    ['a wrong word', (text: string) => text.replace('direction: higher', 'direction: up'), 9, '/direction'],
    ['broken YAML', (text: string) => text.replace('period: month', 'period: [month'), 10, ''],
  ])('with %s is refused, naming file, line and reason', (_, change, line, reason) => {
    const { catalogue, faults } = read(written(change));
    expect(catalogue).toBeUndefined();
    expect(faults.some((fault) => fault.file === 'thu.yaml' && Math.abs(fault.line - line) <= (reason === '' ? 2 : 0) && fault.reason.includes(reason)), JSON.stringify(faults)).toBe(true);
  });

  it('refuses a code that two files give', () => {
    const { faults } = readCatalogue([{ file: 'a.yaml', text: written() }, { file: 'b.yaml', text: written() }], 'v');
    expect(faults).toMatchObject([{ file: 'b.yaml', line: 6, reason: expect.stringContaining('X') }]);
  });
});

describe('a value', () => {
  it('where less is better is met at or under the target, and never ĐỎ at zero', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.double({ min: 0, max: 1e6, noNaN: true }), (value, target) => {
        const achieved = achievementOf('lower', value, target);
        expect(achieved).toBeGreaterThanOrEqual(0);
        expect(achieved).toBeLessThanOrEqual(1);
        expect(achieved === 1).toBe(value <= target || target / value === 1);
        expect(achievementOf('lower', 0, target)).toBe(1);
      }),
    );
  });

  it('is judged by the rule of its period, so that the same figure differs before and after a change', () => {
    expect(levelAt([point('2026-06', 60)], '2026-07-05T10:00')).toMatchObject({ level: 'amber', rule: 'X@2026-01-01' });
    expect(levelAt([point('2026-07', 60)], '2026-08-05T10:00')).toMatchObject({ level: 'red', rule: 'X@2026-07-01' });
    expect(levelAt([point('2025-12', 60)], '2026-01-05T10:00')).toMatchObject({ level: 'grey', reason: 'no-target' });
  });

  it('that is missing or late is grey, not red; one of a period to come waits', () => {
    expect(levelAt([], '2026-08-05T10:00')).toMatchObject({ level: 'grey', reason: 'no-data', isLow: false });
    expect(levelAt([point('2026-07', null)], '2026-08-05T10:00')).toMatchObject({ level: 'grey', reason: 'no-data' });
    expect(levelAt([point('2026-07', 10)], '2026-09-10T23:59')).toMatchObject({ level: 'red', nextCheckAt: local('2026-09-11T00:00') });
    expect(levelAt([point('2026-07', 10)], '2026-09-11T00:00')).toMatchObject({ level: 'grey', reason: 'stale', turnedAt: local('2026-09-11T00:00'), isLow: false });
    expect(levelAt([point('2026-07', 95), point('2026-09', 10)], '2026-08-31T10:00')).toMatchObject({ level: 'green', nextCheckAt: local('2026-09-01T00:00') });
    expect(levelAt([point('2026-09', 10)], '2026-08-31T10:00')).toMatchObject({ reason: 'no-data', nextCheckAt: local('2026-09-01T00:00') });
  });

  it('shows its course with its gaps and where it goes', () => {
    const verdict = levelAt([point('2026-03', 80), point('2026-04', 90), point('2026-06', 110)], '2026-07-05T10:00');
    expect(verdict.trend.map(({ value, level }) => [value, level])).toEqual([[80, 'green'], [90, 'green'], [null, 'grey'], [110, 'green']]);
    expect(verdict.forecast).toMatchObject({ period: '2026-12', level: 'green', value: expect.closeTo(170, 6) });
  });
});

describe('the engine', () => {
  it('keeps the moment of ĐỎ through missing data and forgets it once it is over', () => {
    const red = { level: 'red' as const, reason: 'below-target' as const, since: 5, redSince: 5, lowSince: null, updatedAt: 5 };
    expect(sinceOf(red, { level: 'red', isLow: true, turnedAt: null }, 9)).toEqual({ since: 5, redSince: 5, lowSince: 9 });
    expect(sinceOf(red, { level: 'grey', isLow: false, turnedAt: 7 }, 9)).toEqual({ since: 7, redSince: 5, lowSince: null });
    expect(sinceOf(red, { level: 'amber', isLow: false, turnedAt: null }, 9)).toEqual({ since: 9, redSince: null, lowSince: null });
    expect(sinceOf(undefined, { level: 'red', isLow: false, turnedAt: 3 }, 9)).toMatchObject({ redSince: 3 });
  });

  it('takes the beginning of ĐỎ from a history that came whole, and from no later news', () => {
    const history = [point('2026-06', 100), point('2026-07', 10), point('2026-08', 10), point('2026-09', 10)].map((one, n) => ({ ...one, at: 100 + n }));
    const verdict = levelAt(history, '2026-10-05T10:00');
    expect(sinceOf(undefined, verdict, 9000)).toEqual({ since: 101, redSince: 101, lowSince: 101 });
    expect(sinceOf({ level: 'grey', reason: 'no-data', since: 500, redSince: null, lowSince: null, updatedAt: 500 }, verdict, 9000)).toMatchObject({ redSince: 101 });
    expect(sinceOf({ level: 'green', reason: 'on-target', since: 500, redSince: null, lowSince: null, updatedAt: 500 }, verdict, 9000)).toMatchObject({ since: 9000, redSince: 9000 });
  });

  it('adds the parts of Decision 766 by 18, 20, 22, 22, 18', () => {
    const weights = { a: 18, b: 20, c: 22, d: 22, e: 18 };
    const parts = new Map(Object.keys(weights).map((code) => [code, 100]));
    expect(pointsOf(weights, parts)).toBeCloseTo(100, 9);
    expect(pointsOf(weights, new Map(parts).set('c', 50))).toBeCloseTo(89, 9);
    expect(pointsOf(weights, new Map([['a', 100]]))).toBeUndefined();
    expect(leastReal(['real', 'manual'])).toBe('manual');
    expect(leastReal(['real', 'manual', 'simulated'])).toBe('simulated');
  });

  it('draws the line that points on a line lie on', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.integer({ min: -100, max: 100 }), fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 9 }), (slope, offset, xs) => {
        expect(lineThrough(xs.map((x) => ({ x, y: slope * x + offset })))!(60)).toBeCloseTo(slope * 60 + offset, 5);
      }),
    );
    expect(lineThrough([{ x: 1, y: 1 }])).toBeUndefined();
  });

  it('judges 150 indicators × 200 units × 36 months', () => {
    const first = indexAt('month', local('2024-01-15T00:00'));
    const points = Array.from({ length: 36 }, (_, n): Point => ({ index: first + n, value: 50 + ((n * 37) % 60), at: n, provenance: 'simulated' }));
    const now = endOf('month', first + 35) + DAY;
    const times = Array.from({ length: 5 }, () => {
      const begin = performance.now();
      let reds = 0;
      for (let n = 0; n < 150 * 200; n += 1) if (evaluateIndicator(X, 'SM-A', points, now).level === 'red') reds += 1;
      expect(reds === 0 || reds === 30_000).toBe(true);
      return performance.now() - begin;
    });
    process.stdout.write(`status of 150 × 200 × 36: ${Math.round(Math.min(...times))} ms best, ${Math.round(Math.max(...times))} ms worst of 5\n`);
    expect(Math.min(...times)).toBeLessThan(5000);
  });
});
