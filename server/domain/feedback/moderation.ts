import type { FaultCode } from '#contract/faults.ts';
import type { FeedbackLifeState, FeedbackProcess, FeedbackState } from '#contract/topics/feedback.ts';
import { feedbackDueAt } from './deadlines.ts';
import type { FeedbackStepped } from './life.ts';
import { feedbackPolicy } from './policy.ts';
import { feedbackServiceOf } from './services.ts';

const DAY_MS = 86_400_000;

/** What the IOC does with a report beside handing it to a unit, and what its reporter may do at the end. */
export type ModerationAct = 'merge' | 'split' | 'recategorise' | 'reject' | 'answer' | 'reopen' | 'close' | 'rate';

/** From which states each act is possible, and to which it leads; null keeps the state. */
export const MODERATION: Readonly<Record<ModerationAct, { from: readonly FeedbackLifeState[]; to: FeedbackLifeState | null }>> = {
  merge: { from: ['received'], to: 'closed' },
  split: { from: ['closed'], to: 'received' },
  recategorise: { from: ['received'], to: null },
  reject: { from: ['received'], to: 'rejected' },
  answer: { from: ['assigned', 'in-progress', 'resolved', 'verified', 'closed', 'rejected'], to: null },
  reopen: { from: ['verified', 'closed', 'rejected'], to: 'received' },
  close: { from: ['received', 'verified'], to: 'closed' },
  rate: { from: ['verified', 'closed'], to: null },
};

/** Puts a report behind another about the same matter. Fails: FEEDBACK_MERGE when the other can not carry it, STATE_STEP. */
export function merge(state: FeedbackState, into: FeedbackState, at: number): FeedbackStepped {
  if (state.duplicateOf === into.id) return { ok: true, state };
  const canCarry = into.id !== state.id && into.duplicateOf === null && into.state !== 'rejected' && into.state !== 'closed';
  if (!canCarry) return { ok: false, code: 'FEEDBACK_MERGE' };
  return step(state, 'merge', at, (moment) => ({ duplicateOf: into.id, closedAt: moment }));
}

/** Takes a merged report out again: it waits for a unit of its own, its deadline stays as promised. Fails: STATE_STEP. */
export function split(state: FeedbackState, at: number): FeedbackStepped {
  if (state.duplicateOf === null) return { ok: false, code: 'STATE_STEP' };
  return step({ ...state, duplicateOf: null }, 'split', at, () => ({ closedAt: null }));
}

/**
 * Puts a report under another service or process before a unit has it, with the deadline of that: within working days it counts
 * from when the clock began, at once from now. Fails: REPORT_SERVICE for a service outside the catalogue, STATE_STEP.
 */
export function recategorise(state: FeedbackState, to: { service: string; process?: FeedbackProcess | undefined }, at: number): FeedbackStepped {
  const { service, process = state.process ?? 'timed' } = to;
  if (service === state.service && process === (state.process ?? 'timed')) return { ok: true, state };
  if (!feedbackServiceOf(service)) return { ok: false, code: 'REPORT_SERVICE' };
  const isAnew = (state.reopened ?? 0) > 0 || process === 'immediate';
  return step(state, 'recategorise', at, (moment) => ({ service, process, dueAt: feedbackDueAt(service, isAnew ? moment : state.reportedAt, state.ward, process) }));
}

/** Ends a report nobody has to act on; its reporter reads why. Fails: STATE_REASON, STATE_STEP. */
export const reject = (state: FeedbackState, reason: string, at: number): FeedbackStepped =>
  said(reason, (words) => step(state, 'reject', at, (moment) => ({ closedReason: words, closedAt: moment })));

/** Writes what the public may read as the outcome; again to correct it. Fails: STATE_RESULT, STATE_STEP. */
export function answer(state: FeedbackState, text: string, at: number): FeedbackStepped {
  const words = text.trim();
  if (words === '') return { ok: false, code: 'STATE_RESULT' };
  if (words === state.answer) return { ok: true, state };
  return step(state, 'answer', at, (moment) => ({ answer: words, answeredAt: moment }));
}

/** Takes a finished report up anew with a deadline that starts now; the old answer no longer holds. Fails: STATE_REASON, STATE_STEP. */
export function reopen(state: FeedbackState, reason: string, at: number): FeedbackStepped {
  if (state.duplicateOf !== null) return { ok: false, code: 'STATE_STEP' };
  return said(reason, (words) =>
    step(state, 'reopen', at, (moment) => ({
      closedReason: words, closedAt: null, unit: null, requestId: null, resolvedAt: null, verifiedAt: null, result: null, rating: null, answer: null, answeredAt: null,
      dueAt: feedbackDueAt(state.service, moment, state.ward, state.process ?? 'timed'), reopened: (state.reopened ?? 0) + 1,
    })),
  );
}

/** Until when the reporter may ask for a report to be taken up again, or null when not at all. Units: epoch ms. */
export function reopenUntil(state: FeedbackState): number | null {
  const endedAt = state.closedAt ?? state.verifiedAt;
  const isOver = endedAt !== null && state.duplicateOf === null && MODERATION.reopen.from.includes(state.state);
  return isOver && (state.reopened ?? 0) < feedbackPolicy.reopen.times ? endedAt + feedbackPolicy.reopen.days * DAY_MS : null;
}

/** The reporter asks for it to be taken up again. The same words again: the same answer. Fails: REPORT_REOPEN, STATE_REASON. */
export function askAgain(state: FeedbackState, reason: string, at: number): FeedbackStepped {
  if (state.state === 'received' && (state.reopened ?? 0) > 0 && state.closedReason === reason.trim()) return { ok: true, state };
  const until = reopenUntil(state);
  return until !== null && at <= until ? reopen(state, reason, at) : { ok: false, code: 'REPORT_REOPEN' };
}

/** Ends a report: after verification, or with a reason before any unit has it. Fails: STATE_REASON, STATE_STEP. */
export function close(state: FeedbackState, reason: string | undefined, at: number): FeedbackStepped {
  if (state.state === 'closed') return { ok: true, state };
  if (state.state === 'verified') return step(state, 'close', at, (moment) => ({ closedAt: moment, closedReason: null }));
  return said(reason, (words) => step(state, 'close', at, (moment) => ({ closedReason: words, closedAt: moment })));
}

/** Whether the reporter may rate the result now. */
export function mayRate(state: FeedbackState, now: number): boolean {
  const endedAt = state.closedAt ?? state.verifiedAt;
  const isHandled = state.verifiedAt !== null && MODERATION.rate.from.includes(state.state);
  return isHandled && !state.rating && endedAt !== null && now <= endedAt + feedbackPolicy.ratingDays * DAY_MS;
}

/** Keeps the rating of the reporter. The same stars again: the same answer. Fails: REPORT_RATED. */
export function rate(state: FeedbackState, stars: number, at: number): FeedbackStepped {
  if (state.rating === stars) return { ok: true, state };
  if (!mayRate(state, at)) return { ok: false, code: 'REPORT_RATED' };
  return step(state, 'rate', at, () => ({ rating: stars }));
}

function said(reason: string | undefined, act: (words: string) => FeedbackStepped): FeedbackStepped {
  const words = reason?.trim() ?? '';
  return words === '' ? { ok: false, code: 'STATE_REASON' satisfies FaultCode } : act(words);
}

function step(state: FeedbackState, act: ModerationAct, at: number, change: (moment: number) => Partial<FeedbackState>): FeedbackStepped {
  const rule = MODERATION[act];
  if (!rule.from.includes(state.state)) return { ok: false, code: 'STATE_STEP' };
  const moment = Math.max(at, state.updatedAt, state.reportedAt);
  return { ok: true, state: { ...state, ...change(moment), state: rule.to ?? state.state, updatedAt: moment } };
}
