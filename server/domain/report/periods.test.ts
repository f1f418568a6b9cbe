import { expect, test } from 'vitest';
import { isLate, monthOf, weekOf } from './periods.ts';

const local = (text: string) => Date.parse(`${text}+07:00`);

test('late at 15:00:00 and not at 14:59:59', () => {
  const { dueAt } = weekOf(local('2026-11-26T10:00:00'));
  expect(dueAt).toBe(local('2026-11-27T15:00:00'));
  expect(isLate(dueAt, local('2026-11-27T14:59:59.999'))).toBe(false);
  expect(isLate(dueAt, local('2026-11-27T15:00:00'))).toBe(true);
  expect(isLate(null, dueAt)).toBe(false);
});

test('a new week begins on Friday at 15:00:00, over a weekend and a year', () => {
  expect(weekOf(local('2026-11-27T14:59:59')).from).toBe(local('2026-11-20T15:00:00'));
  expect(weekOf(local('2026-11-27T15:00:00')).from).toBe(local('2026-11-27T15:00:00'));
  expect(weekOf(local('2026-11-29T23:00:00')).dueAt).toBe(local('2026-12-04T15:00:00'));
  expect(weekOf(local('2027-01-01T16:00:00'))).toMatchObject({ label: 'từ 15 giờ 00 ngày 01/01/2027 đến 15 giờ 00 ngày 08/01/2027' });
});

test('a month ends at local midnight, its report is due within it', () => {
  expect(monthOf(local('2026-12-31T23:59:59'), { day: 25, time: '15:00' })).toMatchObject({ label: 'tháng 12/2026', from: local('2026-12-01T00:00:00'), to: local('2027-01-01T00:00:00'), dueAt: local('2026-12-25T15:00:00') });
});
