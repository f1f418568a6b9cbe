import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';

/** What an operator can do to a thing, by the name of the command. */
export type Deed = 'acknowledge' | 'assign' | 'verify' | 'refuse' | 'close' | 'shelve';

/** Deeds that need something written or chosen before they can be sent. */
export type WrittenDeed = Exclude<Deed, 'acknowledge' | 'verify'>;

const OF_ALERT: Readonly<Record<AlertState['state'], readonly Deed[]>> = {
  raised: ['acknowledge', 'assign', 'shelve'],
  acknowledged: ['assign', 'shelve', 'close'],
  assigned: ['shelve'],
  'in-progress': ['shelve'],
  resolved: ['verify', 'refuse'],
  verified: ['close'],
  closed: [],
};

/** What can be done next, the usual one first. ĐỎ is never put aside by one person. */
export const deedsOfAlert = (alert: Pick<AlertState, 'state' | 'level'>): Deed[] => OF_ALERT[alert.state].filter((deed) => deed !== 'shelve' || alert.level !== 1);

export function deedsOfFeedback({ state }: Pick<FeedbackState, 'state'>): Deed[] {
  if (state === 'received') return ['assign'];
  return state === 'resolved' ? ['verify', 'refuse'] : [];
}

/** A request about an alert or a report is checked there; any other in its own right. */
export function deedsOfRequest({ step, about }: Pick<HandlingRequestState, 'step' | 'about'>): Deed[] {
  const isElsewhere = about?.topic === 'alert' || about?.topic === 'feedback';
  return step === 'carried-out' && !isElsewhere ? ['verify', 'refuse'] : [];
}

/** Ending an alert that no unit worked on needs a reason; after verification the work speaks for itself. */
export const needsWords = (deed: Deed, state: string): deed is WrittenDeed => deed === 'assign' || deed === 'refuse' || deed === 'shelve' || (deed === 'close' && state !== 'verified');
