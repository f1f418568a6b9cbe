import { expect, test } from 'vitest';
import { createFormats } from './formats.ts';

const vi = createFormats('vi');
const en = createFormats('en');
const at = Date.UTC(2026, 10, 20, 8, 5, 9);
const MINUTE = 60_000;

test('moments are shown in Việt Nam time, wherever the screen stands', () => {
  expect([vi.date(at), vi.time(at), vi.clock(at)]).toEqual(['20/11/2026', '15:05', '15:05:09']);
  expect(vi.weekday(at)).toBe('Thứ Sáu');
  expect(vi.dateTime(Date.UTC(2026, 11, 31, 17, 0))).toBe('00:00 01/01/2027');
});

test('numbers carry a comma in Vietnamese and a point in English', () => {
  expect(vi.number(1234.5, 1)).toBe('1.234,5');
  expect(vi.percent(229 / 414)).toBe('55,3 %');
  expect(en.percent(56 / 98)).toBe('57.1 %');
});

test('ages and deadlines read as a person says them', () => {
  expect([vi.age(0), vi.age(3 * MINUTE), en.age(3 * MINUTE)]).toEqual(['vừa xong', '3 phút trước', '3 min ago']);
  expect([vi.timeLeft(65 * MINUTE), vi.timeLeft(-20 * MINUTE)]).toEqual(['còn 1 giờ 05', 'quá 20 phút']);
  expect(vi.span(49 * 60 * MINUTE)).toBe('2 ngày 1 giờ');
  expect([vi.countdown(62_000), vi.countdown(3_661_000), vi.countdown(-5), vi.countdown(352_060_000)]).toEqual(['01:02', '1:01:01', '00:00', '4 ngày 1:47']);
});
