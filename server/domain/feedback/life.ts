import type { FaultCode } from '#contract/faults.ts';
import type { FeedbackLifeState, FeedbackState } from '#contract/topics/feedback.ts';
import type { RequestAct } from '../handling-request/life.ts';

/** What can happen to a citizen's report; all but `assign` follow from acts on its handling request. */
export type FeedbackAct = 'assign' | 'start' | 'resolve' | 'verify' | 'refuse' | 'release';

/** One row of the life table. */
export interface FeedbackRule {
  from: readonly FeedbackLifeState[];
  to: FeedbackLifeState;
}

/** Life of a report: received → assigned → in progress → resolved → verified; returned and refused ones go back. */
export const FEEDBACK_LIFE: Readonly<Record<FeedbackAct, FeedbackRule>> = {
  assign: { from: ['received'], to: 'assigned' },
  start: { from: ['assigned'], to: 'in-progress' },
  resolve: { from: ['in-progress'], to: 'resolved' },
  verify: { from: ['resolved'], to: 'verified' },
  refuse: { from: ['resolved'], to: 'in-progress' },
  release: { from: ['assigned', 'in-progress'], to: 'received' },
};

/** The report after an act, or the code of the refusal. */
export type FeedbackStepped = { ok: true; state: FeedbackState } | { ok: false; code: FaultCode };

/** Hands the report to a unit by a request. Fails: STATE_STEP. */
export const assignFeedback = (state: FeedbackState, to: { unit: string; requestId: string }, at: number): FeedbackStepped =>
  move(state, 'assign', at, () => ({ unit: to.unit, requestId: to.requestId }));

/** What an act on the handling request does to its report; acts not named leave the report as it is. Fails: STATE_STEP. */
export const FEEDBACK_FOLLOWS: Partial<Record<RequestAct, (state: FeedbackState, at: number, words: string) => FeedbackStepped>> = {
  accept: (state, at) => move(state, 'start', at, () => ({})),
  return: (state, at) => move(state, 'release', at, () => ({ unit: null, requestId: null })),
  'carry-out': (state, at, result) => move(state, 'resolve', at, (moment) => ({ resolvedAt: moment, result })),
  verify: (state, at) => move(state, 'verify', at, (moment) => ({ verifiedAt: moment })),
  refuse: (state, at) => move(state, 'refuse', at, () => ({ resolvedAt: null, result: null })),
};

/** True while the report is not resolved and its time is over. */
export function isFeedbackOverdue(state: Pick<FeedbackState, 'state' | 'dueAt'>, now: number): boolean {
  return now > state.dueAt && (state.state === 'received' || state.state === 'assigned' || state.state === 'in-progress');
}

function move(state: FeedbackState, act: FeedbackAct, at: number, change: (moment: number) => Partial<FeedbackState>): FeedbackStepped {
  const rule = FEEDBACK_LIFE[act];
  if (!rule.from.includes(state.state)) return { ok: false, code: 'STATE_STEP' };
  const moment = Math.max(at, state.updatedAt, state.reportedAt);
  return { ok: true, state: { ...state, ...change(moment), state: rule.to, updatedAt: moment } };
}
