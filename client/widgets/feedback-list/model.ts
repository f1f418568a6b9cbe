import { distanceM } from '../../../geo/distance.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { Settings } from './settings.ts';

const OPEN = new Set<FeedbackState['state']>(['received', 'assigned', 'in-progress']);

/** Reports that wait for a result: overdue ones first, the longest overdue on top, then by deadline; or the newest first. */
export function openFeedback(feedback: readonly FeedbackState[], { unit, services, overdueOnly = false, newestFirst = false, near, withinM = 1000 }: Settings, now: number): FeedbackState[] {
  return feedback
    .filter((report) => OPEN.has(report.state) && report.duplicateOf === null)
    .filter((report) => (!unit || report.unit === unit || report.ward === unit) && (!services || services.includes(report.service)) && (!overdueOnly || report.dueAt < now) && (!near || (report.position !== null && distanceM(report.position, near) <= withinM)))
    .sort((a, b) => (newestFirst ? b.receivedAt - a.receivedAt || b.dueAt - a.dueAt : a.dueAt - b.dueAt));
}
