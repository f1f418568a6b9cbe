import { expect, test } from 'vitest';
import { PARTS, partsOf } from './parts.ts';

test('an operator opens every part, others what they may read', () => {
  expect(partsOf(['operator'])).toEqual([...PARTS]);
  expect(partsOf(['leader'])).toEqual(['load', 'figures', 'traffic', 'procedures', 'notices']);
  expect(partsOf([])).not.toContain('rules');
});
