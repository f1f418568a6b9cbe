import { expect, test } from 'vitest';
import { createText, defineText, type Language } from './text.ts';

const texts = defineText({ waiting: '{count} đang chờ', done: 'Xong' }, { waiting: '{count} waiting', done: 'Done' });

test('a text follows the language of the moment', () => {
  let language: Language = 'vi';
  const t = createText(texts, () => language);
  expect(t('waiting', { count: 8 })).toBe('8 đang chờ');
  language = 'en';
  expect(t('waiting', { count: 8 })).toBe('8 waiting');
});

test('a blank nobody filled stays visible, an inherited name is not a text', () => {
  const t = createText(texts as never, () => 'vi');
  expect(t('waiting' as never)).toBe('{count} đang chờ');
  expect(t('constructor' as never)).toBe('constructor');
});
