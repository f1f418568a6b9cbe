import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inForce, targetAt, type Catalogue, type Target } from './catalogue.ts';
import { withTargets, type TargetOver } from './setTargets.ts';

const file: Target = { id: 'file', value: 100, fromAt: 0, untilAt: Infinity };
const catalogue = { version: 'v', assignmentRules: [], indicators: new Map([['UP', { code: 'UP', targets: new Map([['', [file]]]) }]]) } as unknown as Catalogue;
const over = (more: Partial<TargetOver>): TargetOver => ({ id: 'tg-1', code: 'UP', unit: '', value: 80, fromAt: 10, untilAt: 20, ...more });
const at = (list: readonly TargetOver[], unit: string, moment: number) => targetAt(withTargets(catalogue, list).indicators.get('UP')!, unit, moment)?.value;

test('a target that was set holds for its time, before and after it the file does', () => {
  expect([9, 10, 19, 20].map((moment) => at([over({})], 'SM-A', moment))).toEqual([100, 80, 80, 100]);
});

test('a unit’s own target is its own, and what was set later wins', () => {
  const list = [over({ unit: 'SM-A', value: 50, untilAt: Infinity }), over({ id: 'tg-2', unit: 'SM-A', value: 60, fromAt: 15, untilAt: Infinity })];
  expect([at(list, 'SM-A', 12), at(list, 'SM-A', 15), at(list, 'SM-B', 15)]).toEqual([50, 60, 100]);
});

test('nothing set leaves the catalogue as it is; an unknown code waits', () => {
  expect(withTargets(catalogue, [])).toBe(catalogue);
  expect(withTargets(catalogue, [over({ code: 'XX' })]).indicators.get('UP')).toBe(catalogue.indicators.get('UP'));
});

test('whatever is laid over whatever, one target is in force at a time and the newest that covers it wins', () => {
  const rows = fc.array(fc.record({ fromAt: fc.integer({ min: 0, max: 30 }), span: fc.integer({ min: 1, max: 30 }) }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 60 }), (written, moment) => {
      const list = written.map(({ fromAt, span }, place) => over({ id: `tg-${place}`, value: place, fromAt, untilAt: fromAt + span }));
      const laid = withTargets(catalogue, list).indicators.get('UP')!.targets.get('')!;
      expect(laid.filter((one) => one.fromAt <= moment && moment < one.untilAt)).toHaveLength(1);
      const wanted = list.findLast((one) => one.fromAt <= moment && moment < one.untilAt);
      expect(inForce(laid, moment)?.value).toBe(wanted?.value ?? 100);
    }),
  );
});
