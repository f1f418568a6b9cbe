import { expect, test } from 'vitest';
import { feedName } from './words.ts';

test('the product says the names of its own sources in the language that is read, and leaves those of a centre alone', () => {
  const drop = { id: 'drop', name: 'Thư mục nhận tệp' };
  expect([feedName(drop, 'vi'), feedName(drop, 'en')]).toEqual(['Thư mục nhận tệp', 'Drop folder']);
  expect(feedName({ id: 'drop', name: 'Tệp của Sở Xây dựng' }, 'en')).toBe('Tệp của Sở Xây dựng');
  expect(feedName({ id: 'mua', name: 'Trạm đo mưa' }, 'en')).toBe('Trạm đo mưa');
});
