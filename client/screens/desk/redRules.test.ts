import { expect, test } from 'vitest';
import type { Tile } from '#contract/wall.ts';
import { redRulesOf } from './redRules.ts';

const scene = (settings: Record<string, unknown>) => ({ tiles: [{ id: 'red', widget: 'red-units', rect: { x: 0, y: 0, width: 1, height: 1 }, settings } as Tile] });

test('the first scene with rules decides; rules that are none are passed over', () => {
  const rules = [{ code: 'KTXH-01', redBelow: 86 }];
  expect(redRulesOf([scene({}), scene({ rules: 'all' }), scene({ rules }), scene({ rules: [] })])).toEqual(rules);
  expect(redRulesOf([])).toEqual([]);
});
