import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';

/** One thing that happened, by its word, with who did it and what was said. Times: epoch ms. */
export interface Moment {
  what: 'raised' | 'reported' | 'received' | 'acknowledged' | 'issued' | 'delivered' | 'read' | 'accepted' | 'returned' | 'carriedOut' | 'refused' | 'verified' | 'resolved' | 'shelved' | 'closed';
  at: number;
  who: string | null;
  said: string | null;
}

const moment = (what: Moment['what'], at: number | null, who: string | null = null, said: string | null = null): Moment[] => (at === null ? [] : [{ what, at, who, said }]);

/** Steps of one handling request; a refused result has no time of its own, it is the last change. */
export function momentsOfRequest(request: HandlingRequestState, unitName: string): Moment[] {
  const isRefused = request.step === 'accepted' && request.returnReason !== null;
  return [
    ...moment('issued', request.issuedAt, request.issuedBy, [unitName, request.note].filter(Boolean).join(': ')),
    ...moment('delivered', request.deliveredAt, unitName),
    ...moment('read', request.readAt, unitName),
    ...moment('accepted', request.acceptedAt, request.acceptedBy),
    ...moment('returned', request.returnedAt, unitName, request.returnReason),
    ...moment('refused', isRefused ? request.updatedAt : null, null, request.returnReason),
    ...moment('carriedOut', request.carriedOutAt, unitName, request.result),
    ...moment('verified', request.verifiedAt, request.verifiedBy),
  ];
}

const inOrder = (moments: Moment[]): Moment[] => moments.map((one, order) => ({ one, order })).sort((a, b) => a.one.at - b.one.at || a.order - b.order).map(({ one }) => one);

/** Everything that happened to an alert, through all of its requests. */
export function timelineOfAlert(alert: AlertState, requests: readonly HandlingRequestState[], unitName: (code: string) => string): Moment[] {
  const about = requests.filter((request) => request.about?.topic === 'alert' && request.about.id === alert.id);
  const isCheckedByRequest = about.some(({ verifiedAt }) => verifiedAt !== null);
  return inOrder([
    ...moment('raised', alert.raisedAt, alert.source),
    ...moment('received', alert.receivedAt),
    ...moment('acknowledged', alert.acknowledgedAt, alert.owner?.name ?? null),
    ...about.flatMap((request) => momentsOfRequest(request, unitName(request.unit))),
    ...moment('shelved', alert.shelvedUntil === null ? null : alert.updatedAt, alert.owner?.name ?? null, alert.shelvedReason),
    ...moment('verified', isCheckedByRequest ? null : alert.verifiedAt),
    ...moment('closed', alert.closedAt),
  ]);
}

/** Everything that happened to a report, through all of its requests. */
export function timelineOfFeedback(feedback: FeedbackState, requests: readonly HandlingRequestState[], unitName: (code: string) => string): Moment[] {
  const about = requests.filter((request) => request.about?.topic === 'feedback' && request.about.id === feedback.id);
  return inOrder([...moment('reported', feedback.reportedAt), ...moment('received', feedback.receivedAt, feedback.source), ...about.flatMap((request) => momentsOfRequest(request, unitName(request.unit)))]);
}
