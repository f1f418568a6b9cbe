import { expect, test } from 'vitest';
import { worstOf } from './choose.ts';

test('pictures are live while one is, and say what is wrong when none is', () => {
  expect(worstOf(['lost', 'live'])).toBe('live');
  expect(worstOf(['loading', 'frozen'])).toBe('frozen');
  expect(worstOf([])).toBe('loading');
});
