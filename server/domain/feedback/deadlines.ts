import type { FeedbackProcess } from '#contract/topics/feedback.ts';
import { vietnamCalendar } from '../calendar/vietnam.ts';
import { feedbackPolicy, type FeedbackPolicy } from './policy.ts';
import { feedbackServiceOf } from './services.ts';

const HOUR_MS = 3_600_000;

/** Working days for a report whose service is not in the catalogue. */
export const DEFAULT_FEEDBACK_DAYS = 3;

/** How long a report of a service in a ward may take: what the policy says of the place, else the catalogue. Units: working days. */
export function feedbackDays(service: string, ward: string | null, { deadlines }: Pick<FeedbackPolicy, 'deadlines'> = feedbackPolicy): number {
  const own = deadlines.find((one) => (one.ward ?? ward) === ward && (one.service ?? service) === service);
  return own?.days ?? feedbackServiceOf(service)?.days ?? DEFAULT_FEEDBACK_DAYS;
}

/** When a report must be handled: the working days of its service and ward after its clock began, or the clock hours of what is handled at once. */
export function feedbackDueAt(service: string, begunAt: number, ward: string | null = null, process: FeedbackProcess = 'timed'): number {
  if (process === 'immediate') return begunAt + feedbackPolicy.immediateHours * HOUR_MS;
  return vietnamCalendar.addDays(begunAt, feedbackDays(service, ward));
}
