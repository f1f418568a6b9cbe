import { DateTime } from 'luxon';

const MINUTE_MS = 60_000;

interface Span {
  from: number;
  to: number;
}

/** Working hours of a state office. `weekdays` as ISO (1 = Monday); `spans` in order within one day. Units: HH:MM local. */
export interface WorkingHours {
  zone: string;
  weekdays: readonly number[];
  spans: readonly { from: string; to: string }[];
}

/** Days that differ from the week. A provisional day off was expected but not yet announced when the list was made. */
export interface DaysOff {
  coversFrom: string;
  coversUntil: string;
  daysOff: readonly { on: string; name: string; isProvisional?: boolean }[];
  makeUpDays: readonly { on: string; insteadOf: string }[];
}

/** Counts time as an office works it. */
export interface WorkingCalendar {
  /** Length of one full working day. Units: ms. */
  readonly dayMs: number;
  isWorkingDay(at: number): boolean;
  /** Name of the public holiday, or undefined on any other day. */
  holidayAt(at: number): string | undefined;
  /** The moment when `workingMs` of working time have passed since `from`. */
  addTime(from: number, workingMs: number): number;
  /** `addTime` in whole working days: Monday 10:00 plus one is Tuesday 10:00. */
  addDays(from: number, days: number): number;
  /** Working time from one moment to a later one; 0 when it is not later. Units: ms. */
  timeBetween(from: number, to: number): number;
  /** False outside the years the list of holidays covers: there only weekends count. */
  covers(at: number): boolean;
}

/** Builds a calendar from its data. Fails: throws when no day of the week is worked, as no deadline could be reached. */
export function createWorkingCalendar(hours: WorkingHours, days: DaysOff): WorkingCalendar {
  const weekdays = new Set(hours.weekdays);
  const holidays = new Map(days.daysOff.map(({ on, name }) => [on, name]));
  const makeUpDays = new Set(days.makeUpDays.map(({ on }) => on));
  const spans = hours.spans.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }));
  const dayMs = spans.reduce((sum, span) => sum + (span.to - span.from) * MINUTE_MS, 0);
  if (weekdays.size === 0 || dayMs <= 0) throw new Error('a working calendar needs working time');

  const dayOf = (at: number) => DateTime.fromMillis(at, { zone: hours.zone }).startOf('day');
  const nameOf = (day: DateTime) => day.toFormat('yyyy-MM-dd');
  const isWorked = (day: DateTime) => {
    const on = nameOf(day);
    return makeUpDays.has(on) || (weekdays.has(day.weekday) && !holidays.has(on));
  };

  /** Luxon's zone arithmetic costs 0.1 ms a day, too much for each of a thousand reports: a year is laid out once. */
  const spansByYear = new Map<number, Span[]>();
  const spansOf = (year: number) => {
    const known = spansByYear.get(year);
    if (known) return known;
    const laid: Span[] = [];
    for (let day = DateTime.fromObject({ year }, { zone: hours.zone }); day.year === year; day = day.plus({ days: 1 })) {
      if (!isWorked(day)) continue;
      const start = day.toMillis();
      for (const span of spans) laid.push({ from: start + span.from * MINUTE_MS, to: start + span.to * MINUTE_MS });
    }
    spansByYear.set(year, laid);
    return laid;
  };

  function* openSpans(from: number): Generator<Span> {
    for (let year = new Date(from).getUTCFullYear(); ; year++) {
      for (const span of spansOf(year)) {
        if (span.to > from) yield { from: Math.max(from, span.from), to: span.to };
      }
    }
  }

  const addTime = (from: number, workingMs: number) => {
    if (workingMs <= 0) return from;
    let left = workingMs;
    for (const span of openSpans(from)) {
      if (left <= span.to - span.from) return span.from + left;
      left -= span.to - span.from;
    }
    throw new Error('open spans never end');
  };

  return {
    dayMs,
    isWorkingDay: (at) => isWorked(dayOf(at)),
    holidayAt: (at) => holidays.get(nameOf(dayOf(at))),
    addTime,
    addDays: (from, count) => addTime(from, count * dayMs),
    timeBetween(from, to) {
      let sum = 0;
      for (const span of openSpans(from)) {
        if (span.from >= to) break;
        sum += Math.min(span.to, to) - span.from;
      }
      return sum;
    },
    covers(at) {
      const on = nameOf(dayOf(at));
      return on >= days.coversFrom && on <= days.coversUntil;
    },
  };
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}
