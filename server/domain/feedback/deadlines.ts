import { vietnamCalendar } from '../calendar/vietnam.ts';
import { feedbackServiceOf } from './services.ts';

/** Working days for a report whose service is not in the catalogue. */
export const DEFAULT_FEEDBACK_DAYS = 3;

/** When a report must be handled: the working days of its service after it was made. */
export function feedbackDueAt(service: string, reportedAt: number): number {
  return vietnamCalendar.addDays(reportedAt, feedbackServiceOf(service)?.days ?? DEFAULT_FEEDBACK_DAYS);
}
