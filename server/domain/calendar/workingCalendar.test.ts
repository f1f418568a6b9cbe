import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorkingCalendar } from './workingCalendar.ts';
import { vietnamCalendar } from './vietnam.ts';

const HOUR = 3_600_000;
const local = (text: string) => Date.parse(`${text}+07:00`);
const inCoveredYears = fc.integer({ min: local('2025-01-01T00:00'), max: local('2027-12-20T00:00') });

describe('the working calendar of Vietnam', () => {
  it.each([
    ['within a morning', '2026-10-05T08:00', 2, '2026-10-05T10:00'],
    ['over noon', '2026-10-05T11:00', 2, '2026-10-05T15:00'],
    ['from the evening', '2026-10-05T20:00', 1, '2026-10-06T08:30'],
    ['over a weekend', '2026-10-09T16:30', 2, '2026-10-12T08:30'],
    ['to the very end of a day', '2026-10-05T07:30', 8, '2026-10-05T17:30'],
    ['over Tết 2026', '2026-02-13T17:00', 1, '2026-02-23T08:00'],
    ['over the days of National Day 2026', '2026-08-28T17:00', 1, '2026-09-03T08:00'],
    ['on a Saturday that makes up for a Monday', '2026-08-21T17:00', 1, '2026-08-22T08:00'],
    ['over the end of a year', '2026-12-31T17:00', 1, '2027-01-04T08:00'],
  ])('adds time %s', (_, from, hours, to) => {
    expect(vietnamCalendar.addTime(local(from), hours * HOUR)).toBe(local(to));
  });

  it('adds whole working days to the same hour', () => {
    expect(vietnamCalendar.addDays(local('2026-10-05T10:00'), 3)).toBe(local('2026-10-08T10:00'));
    expect(vietnamCalendar.addDays(local('2026-10-08T10:00'), 3)).toBe(local('2026-10-13T10:00'));
    expect(vietnamCalendar.addDays(local('2026-10-05T10:00'), 0)).toBe(local('2026-10-05T10:00'));
  });

  it('knows holidays, days that make up for them, and the years it covers', () => {
    expect(vietnamCalendar.holidayAt(local('2026-02-17T12:00'))).toBe('Tết Nguyên đán Bính Ngọ');
    expect(vietnamCalendar.holidayAt(local('2026-10-05T12:00'))).toBeUndefined();
    expect(vietnamCalendar.isWorkingDay(local('2026-04-27T12:00'))).toBe(false);
    expect(vietnamCalendar.isWorkingDay(local('2026-01-10T12:00'))).toBe(true);
    expect(vietnamCalendar.covers(local('2027-12-31T23:59'))).toBe(true);
    expect(vietnamCalendar.covers(local('2028-01-01T00:00'))).toBe(false);
  });

  it('gives back by counting what it added', () => {
    fc.assert(
      fc.property(inCoveredYears, fc.integer({ min: 1, max: 60 * HOUR }), (from, workingMs) => {
        const to = vietnamCalendar.addTime(from, workingMs);
        expect(to).toBeGreaterThanOrEqual(from + workingMs);
        expect(vietnamCalendar.timeBetween(from, to)).toBe(workingMs);
        expect(vietnamCalendar.isWorkingDay(to)).toBe(true);
      }),
    );
  });

  it('never gives a later start an earlier end', () => {
    fc.assert(
      fc.property(inCoveredYears, fc.integer({ min: 0, max: 72 * HOUR }), fc.integer({ min: 1, max: 24 * HOUR }), (from, later, workingMs) => {
        expect(vietnamCalendar.addTime(from + later, workingMs)).toBeGreaterThanOrEqual(vietnamCalendar.addTime(from, workingMs));
      }),
    );
  });

  it('refuses hours in which no deadline could be reached', () => {
    const days = { coversFrom: '2026-01-01', coversUntil: '2026-12-31', daysOff: [], makeUpDays: [] };
    expect(() => createWorkingCalendar({ zone: 'Asia/Ho_Chi_Minh', weekdays: [], spans: [{ from: '08:00', to: '12:00' }] }, days)).toThrow('working time');
    expect(() => createWorkingCalendar({ zone: 'Asia/Ho_Chi_Minh', weekdays: [1], spans: [] }, days)).toThrow('working time');
  });
});
