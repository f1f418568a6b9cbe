import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertRuleText } from '#contract/alertRule.ts';
import { clusterSeries, type Reported } from './clusters.ts';
import { CALM, stepCrossing } from './crossing.ts';
import { tryRule } from './trial.ts';

const MINUTE = 60_000;
const RULE: AlertRuleText = { code: 'muc-nuoc', name: 'Mực nước', subject: { of: 'sensor', sensorKind: 'water-level' }, direction: 'above', value: 2, clear: 1.5, holdMinutes: 10, kind: 'flood', level: 2 };
const series = (...values: number[]) => [{ series: 's', name: 's', samples: values.map((value, index) => ({ at: index * 5 * MINUTE, value })) }];
const span = { from: 0, to: 86_400_000 };

describe('thresholds', () => {
  it('raises after the hold time and ends at the clear value, not before', () => {
    const { episodes } = tryRule(RULE, series(1, 2.1, 2.2, 2.5, 1.8, 1.6, 1.4, 1), span, 'real');
    expect(episodes).toEqual([{ series: 's', name: 's', from: 15 * MINUTE, to: 30 * MINUTE, peak: 2.5 }]);
  });

  it('does not raise for a peak shorter than the hold time', () => {
    expect(tryRule(RULE, series(1, 2.1, 2.2, 1.9, 2.1, 1), span, 'real').count).toBe(0);
  });

  it('looks downwards as well', () => {
    const below: AlertRuleText = { ...RULE, direction: 'below', value: 40, clear: 60, holdMinutes: 0 };
    expect(tryRule(below, series(80, 39, 50, 61, 30), span, 'real').episodes).toMatchObject([{ to: null, peak: 30 }, { peak: 39, to: 15 * MINUTE }]);
  });

  it('never chatters: between two beginnings the value was back at the clear value', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 4, noNaN: true }), { maxLength: 60 }), (values) => {
        let state = CALM;
        let wasClear = true;
        for (const [index, value] of values.entries()) {
          const next = stepCrossing(state, RULE, { at: index * 5 * MINUTE, value });
          if (next.isOn && !state.isOn) {
            expect(wasClear).toBe(true);
            wasClear = false;
          }
          if (value < RULE.clear) wasClear = true;
          state = next;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('counts reports around one place within the time, per ward and service', () => {
    const report = (id: string, lon: number, at: number, service = 'drainage'): Reported => ({ id, service, ward: '20242', position: [lon, 16], at });
    const near = [report('a', 108.2, 0), report('b', 108.2001, MINUTE), report('c', 108.2002, 2 * MINUTE), report('far', 108.3, 2 * MINUTE), report('d', 108.2, 2 * MINUTE, 'other')];
    const [drainage] = clusterSeries(near, { radiusM: 100, withinMs: 10 * MINUTE }, 20 * MINUTE);
    expect(drainage).toMatchObject({ series: '20242/drainage' });
    expect(drainage!.samples.map(({ value }) => value)).toEqual([1, 2, 3, 2, 1, 0]);
  });
});
