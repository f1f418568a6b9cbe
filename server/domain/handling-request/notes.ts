import type { FaultCode } from '#contract/faults.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { isRequestCurrent } from './life.ts';

/** What is written on a request beside its steps: marks on the way, warning slips, and the request for explanation. */
export type RequestNote = 'set-out' | 'arrive' | 'nudge' | 'confirm-nudge' | 'explain' | 'answer-explanation';

/** The request after a note, the same object when it was there already, or the code of the refusal. */
export type Noted = { ok: true; state: HandlingRequestState } | { ok: false; code: FaultCode; pointer?: string };

const unstepped: Noted = { ok: false, code: 'STATE_STEP' };

/** An officer of the unit is on the way; possible from acceptance to the result. Fails: STATE_STEP. */
export function setOut(state: HandlingRequestState, now: number): Noted {
  if (state.onTheWayAt) return { ok: true, state };
  return state.step === 'accepted' ? noted(state, now, (at) => ({ onTheWayAt: at })) : unstepped;
}

/** The officer is there. Fails: STATE_STEP. */
export function arrive(state: HandlingRequestState, now: number): Noted {
  if (state.arrivedAt) return { ok: true, state };
  return state.step === 'accepted' ? noted(state, now, (at) => ({ onTheWayAt: state.onTheWayAt ?? at, arrivedAt: at })) : unstepped;
}

/** A warning slip (phiếu nhắc) to a unit that has not carried it out. A new one waits for a new confirmation. Fails: STATE_STEP. */
export function nudge(state: HandlingRequestState, note: string | undefined, now: number): Noted {
  if (!isRequestCurrent(state) || state.step === 'carried-out') return unstepped;
  return noted(state, now, (at) => ({ nudges: (state.nudges ?? 0) + 1, nudgedAt: at, nudgeNote: note?.trim() || null, nudgeReadAt: null }));
}

/** The unit confirms the newest slip: the receipt. Fails: STATE_STEP when there is none. */
export function confirmNudge(state: HandlingRequestState, now: number): Noted {
  if (state.nudgeReadAt) return { ok: true, state };
  return state.nudgedAt ? noted(state, now, (at) => ({ nudgeReadAt: at })) : unstepped;
}

/** Asks the unit to explain (giải trình) until a moment; a new question takes the place of an answered one. Fails: STATE_STEP, STATE_REASON, REQUEST_BODY. */
export function askExplanation(state: HandlingRequestState, ask: { question: string; dueAt: number }, now: number): Noted {
  const question = ask.question.trim();
  if (question === '') return { ok: false, code: 'STATE_REASON', pointer: '/question' };
  if (ask.dueAt <= now) return { ok: false, code: 'REQUEST_BODY', pointer: '/dueAt' };
  const isWaiting = state.explanationAskedAt && !state.explainedAt;
  if (isWaiting) return state.explanationQuestion === question ? { ok: true, state } : unstepped;
  return noted(state, now, (at) => ({ explanationAskedAt: at, explanationDueAt: ask.dueAt, explanationQuestion: question, explanation: null, explainedAt: null }));
}

/** The unit explains, once per question. Fails: STATE_STEP, STATE_REASON. */
export function explain(state: HandlingRequestState, answer: string, now: number): Noted {
  const words = answer.trim();
  if (words === '') return { ok: false, code: 'STATE_REASON', pointer: '/answer' };
  if (!state.explanationAskedAt) return unstepped;
  if (state.explainedAt) return state.explanation === words ? { ok: true, state } : unstepped;
  return noted(state, now, (at) => ({ explanation: words, explainedAt: at }));
}

/** True while an explanation is owed and its time is over. */
export function isExplanationOverdue(state: Pick<HandlingRequestState, 'explanationDueAt' | 'explainedAt'>, now: number): boolean {
  return Boolean(state.explanationDueAt) && !state.explainedAt && now > (state.explanationDueAt ?? 0);
}

function noted(state: HandlingRequestState, now: number, change: (at: number) => Partial<HandlingRequestState>): Noted {
  const at = Math.max(now, state.updatedAt, state.issuedAt);
  return { ok: true, state: { ...state, ...change(at), updatedAt: at } };
}
