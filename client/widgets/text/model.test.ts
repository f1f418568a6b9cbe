import { expect, test } from 'vitest';
import { wordsOf } from './model.ts';

test('words in the other language are better than none', () => {
  expect(wordsOf({ vi: 'Chào', en: 'Hello' }, 'en')).toBe('Hello');
  expect(wordsOf({ vi: 'Chào' }, 'en')).toBe('Chào');
  expect(wordsOf({}, 'vi')).toBe('');
});
