import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';

/** What a person writes or chooses before a deed can be sent. */
export type DeedField = 'service' | 'unit' | 'note' | 'due' | 'reason' | 'until' | 'of' | 'media';

/** Each deed with what it needs; `note` and `media` may stay empty. */
export const DEED_FIELDS = {
  acknowledge: [],
  assign: ['unit', 'note', 'due'],
  verify: [],
  refuse: ['reason'],
  close: ['reason'],
  shelve: ['reason', 'until'],
  'propose-shelve': ['reason', 'until'],
  'confirm-shelve': [],
  unshelve: [],
  escalate: ['reason'],
  'mark-repeat': ['of'],
  'unmark-repeat': [],
  recategorise: ['service'],
  reject: ['reason'],
  answer: ['reason'],
  reopen: ['reason'],
  split: [],
  nudge: ['note'],
  explain: ['reason', 'due'],
  comment: ['reason', 'media'],
} as const satisfies Record<string, readonly DeedField[]>;

/** What an operator can do to a thing. */
export type Deed = keyof typeof DEED_FIELDS;

type AlertFacts = Pick<AlertState, 'state' | 'level' | 'duplicateOf' | 'shelvedUntil' | 'shelveAsk'>;

const ASK_LASTS_MS = 30 * 60_000;
const OF_ALERT: Readonly<Record<AlertState['state'], readonly Deed[]>> = {
  raised: ['acknowledge', 'assign', 'shelve', 'escalate', 'mark-repeat', 'comment'],
  acknowledged: ['assign', 'shelve', 'close', 'escalate', 'mark-repeat', 'comment'],
  assigned: ['nudge', 'explain', 'shelve', 'escalate', 'comment'],
  'in-progress': ['nudge', 'explain', 'shelve', 'escalate', 'comment'],
  resolved: ['verify', 'refuse', 'comment'],
  verified: ['close', 'comment'],
  closed: ['comment'],
};
const OF_FEEDBACK: Readonly<Record<FeedbackState['state'], readonly Deed[]>> = {
  received: ['assign', 'recategorise', 'mark-repeat', 'reject', 'close'],
  assigned: ['nudge', 'explain', 'answer'],
  'in-progress': ['nudge', 'explain', 'answer'],
  resolved: ['verify', 'refuse', 'answer'],
  verified: ['close', 'answer', 'reopen'],
  closed: ['answer', 'reopen'],
  rejected: ['answer', 'reopen'],
};
const OPEN_STEPS: readonly HandlingRequestState['step'][] = ['sent', 'delivered', 'read', 'accepted'];

/** How an alert is put aside now: ĐỎ by two persons, the others by one. */
function shelfDeed({ level, shelvedUntil, shelveAsk }: AlertFacts, now: number, me: string | null): Deed {
  if (shelvedUntil !== null && shelvedUntil > now) return 'unshelve';
  if (level !== 1) return 'shelve';
  const isAsked = shelveAsk && now <= shelveAsk.at + ASK_LASTS_MS && shelveAsk.id !== me;
  return isAsked ? 'confirm-shelve' : 'propose-shelve';
}

/** What can be done next to an alert, the usual one first. */
export function deedsOfAlert(alert: AlertFacts, now: number, me: string | null): Deed[] {
  if (alert.duplicateOf !== null) return ['unmark-repeat', 'comment'];
  return OF_ALERT[alert.state].map((deed) => (deed === 'shelve' ? shelfDeed(alert, now, me) : deed));
}

export function deedsOfFeedback({ state, duplicateOf }: Pick<FeedbackState, 'state' | 'duplicateOf'>): Deed[] {
  return duplicateOf === null ? [...OF_FEEDBACK[state]] : ['split', 'answer'];
}

/** The request an alert or a report waits for is checked there; any other, as that of a patrol, in its own right. */
export function deedsOfRequest({ step, about, patrol }: Pick<HandlingRequestState, 'step' | 'about' | 'patrol'>): Deed[] {
  if (OPEN_STEPS.includes(step)) return ['nudge', 'explain'];
  const isElsewhere = !patrol && (about?.topic === 'alert' || about?.topic === 'feedback');
  return step === 'carried-out' && !isElsewhere ? ['verify', 'refuse'] : [];
}

/** What a deed needs from this state: after verification the work speaks for itself, so ending it needs no reason. */
export const fieldsOf = (deed: Deed, state: string): readonly DeedField[] => (deed === 'close' && state === 'verified' ? [] : DEED_FIELDS[deed]);

/** Deeds possible on every one of several things. */
export const sharedDeeds = (each: readonly (readonly Deed[])[]): Deed[] => (each[0] ?? []).filter((deed) => deed !== 'mark-repeat' && each.every((deeds) => deeds.includes(deed)));
