import { expect, test } from 'vitest';
import { flowOf, flowsOf } from './streets.ts';

test.each([[0, 'jammed'], [24, 'jammed'], [25, 'heavy'], [44, 'heavy'], [45, 'slow'], [69, 'slow'], [70, 'free'], [120, 'free']])('%i percent of free flow is %s', (percent, flow) => {
  expect(flowOf(percent)).toBe(flow);
});

test('every street is counted once, free rows of the column are not streets', () => {
  expect(flowsOf({ count: 3, kind: Uint8Array.of(10, 90, 50, 1, 1) })).toEqual({ free: 1, slow: 1, heavy: 0, jammed: 1, total: 3, moving: 2 });
});
