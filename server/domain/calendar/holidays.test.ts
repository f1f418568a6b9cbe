import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import holidays from './holidays.vn.json' with { type: 'json' };

const weekdayOf = (on: string) => DateTime.fromISO(on).weekday;

describe('the list of days off', () => {
  it('names each day once, in order, within the years it covers', () => {
    const days = holidays.daysOff.map(({ on }) => on);
    expect(days).toEqual([...new Set(days)].sort());
    expect(days.every((on) => on >= holidays.coversFrom && on <= holidays.coversUntil)).toBe(true);
  });

  it('lists only weekdays as days off, and makes up for one of them on a Saturday', () => {
    expect(holidays.daysOff.filter(({ on }) => weekdayOf(on) > 5)).toEqual([]);
    const off = new Set(holidays.daysOff.map(({ on }) => on));
    for (const { on, insteadOf } of holidays.makeUpDays) {
      expect(weekdayOf(on)).toBe(6);
      expect(off.has(insteadOf)).toBe(true);
    }
  });

  it('has the days of the Labour Code in every year', () => {
    for (const year of [2025, 2026, 2027]) {
      const inYear = holidays.daysOff.filter(({ on }) => on.startsWith(`${year}`));
      expect(inYear.filter(({ name }) => name.includes('Tết Nguyên đán'))).toHaveLength(5);
      for (const word of ['Dương lịch', 'Hùng Vương', 'Chiến thắng', 'Quốc tế lao động', 'Quốc khánh']) {
        expect(inYear.some(({ name }) => name.includes(word)), `${word} ${year}`).toBe(true);
      }
    }
  });
});
