import { expect, test } from 'vitest';
import { countOf } from './model.ts';

test('alerts of one level are counted, or all', () => {
  const alerts = [{ level: 1 }, { level: 2 }] as never;
  expect([countOf(alerts, { level: 1 }), countOf(alerts, {}), countOf([], {})]).toEqual([1, 2, 0]);
});
