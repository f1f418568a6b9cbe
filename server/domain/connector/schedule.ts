import { DateTime } from 'luxon';
import type { ConnectorSchedule } from '#contract/connector.ts';

const LONGEST_WAIT_MS = 10 * 60_000;
const ZONE = 'Asia/Ho_Chi_Minh';
const MOST_DOUBLINGS = 10;

/** When a connector asks next. After failures it comes back sooner than its day and later each time, at most every ten minutes. Units: epoch ms. */
export function nextAt(schedule: ConnectorSchedule, now: number, failures: number, chance: number): number {
  if (failures > 0) {
    const every = 'everyS' in schedule ? schedule.everyS * 1000 : 60_000;
    const wait = Math.min(Math.max(every, LONGEST_WAIT_MS), every * 2 ** Math.min(failures - 1, MOST_DOUBLINGS));
    return Math.round(now + wait * (0.75 + 0.25 * chance));
  }
  if ('everyS' in schedule) return now + schedule.everyS * 1000;
  const [hour = 0, minute = 0] = schedule.dailyAt.split(':').map(Number);
  const today = DateTime.fromMillis(now, { zone: ZONE }).set({ hour, minute, second: 0, millisecond: 0 });
  return (today.toMillis() > now ? today : today.plus({ days: 1 })).toMillis();
}

/** How long a connector may be silent before it counts as late. Units: ms. */
export const patienceMs = (schedule: ConnectorSchedule): number => ('everyS' in schedule ? Math.max(3 * schedule.everyS * 1000, 5000) : 26 * 3_600_000);

/** A span cut into slices of the same length, oldest first. Units: epoch ms. */
export function slicesOf(from: number, to: number, sliceMs: number): { from: number; to: number }[] {
  const slices: { from: number; to: number }[] = [];
  for (let start = from; start < to; start += sliceMs) slices.push({ from: start, to: Math.min(to, start + sliceMs) });
  return slices;
}
