import { DateTime } from 'luxon';

const ZONE = 'Asia/Ho_Chi_Minh';
const FRIDAY = 5;
const WEEKLY_HOUR = 15;

/** A stretch of time that a report tells about. Shape: `from` ≤ t < `to`; late from `dueAt` on. Units: epoch ms. */
export interface ReportPeriod {
  label: string;
  from: number;
  to: number;
  dueAt: number;
}

const day = (at: DateTime): string => at.toFormat('dd/MM/yyyy');

/** The week of a moment: from Friday 15:00 to the next. At 15:00:00 the next week has begun and the old report is late. */
export function weekOf(at: number): ReportPeriod {
  const local = DateTime.fromMillis(at, { zone: ZONE });
  const friday = local.startOf('day').plus({ days: FRIDAY - local.weekday }).set({ hour: WEEKLY_HOUR });
  const to = friday.toMillis() > at ? friday : friday.plus({ weeks: 1 });
  const from = to.minus({ weeks: 1 });
  return { label: `từ 15 giờ 00 ngày ${day(from)} đến 15 giờ 00 ngày ${day(to)}`, from: from.toMillis(), to: to.toMillis(), dueAt: to.toMillis() };
}

/** The calendar month of a moment; its report is due within it. Shape: `due.time` HH:MM. */
export function monthOf(at: number, due: { day: number; time: string }): ReportPeriod {
  const from = DateTime.fromMillis(at, { zone: ZONE }).startOf('month');
  const to = from.plus({ months: 1 });
  const [hour = 0, minute = 0] = due.time.split(':').map(Number);
  return { label: `tháng ${from.toFormat('M/yyyy')}`, from: from.toMillis(), to: to.toMillis(), dueAt: from.set({ day: due.day, hour, minute }).toMillis() };
}

/** A stretch that a person named. */
export function stretchOf(from: number, to: number): ReportPeriod {
  const [first, last] = [from, to - 1].map((at) => day(DateTime.fromMillis(at, { zone: ZONE })));
  return { label: first === last ? `ngày ${first}` : `từ ngày ${first} đến ngày ${last}`, from, to, dueAt: to };
}

/** Whether a report sent at a moment is late: 14:59:59 is not, 15:00:00 is. */
export const isLate = (dueAt: number | null, sentAt: number): boolean => dueAt !== null && sentAt >= dueAt;
