import type { FaultCode } from '#contract/faults.ts';
import type { HandlingRequestState, HandlingRequestStep } from '#contract/topics/handlingRequest.ts';

/** What can be done to a handling request. `refuse` sends a carried-out result back to the unit. */
export type RequestAct = 'deliver' | 'read' | 'accept' | 'return' | 'carry-out' | 'verify' | 'refuse';

/** One row of the life table: who may act, from which steps, to which step, and what must be said. */
export interface RequestRule {
  by: 'unit' | 'issuer';
  from: readonly HandlingRequestStep[];
  to: HandlingRequestStep;
  /** Steps at which the act was done already: repeating it answers the same and changes nothing. */
  done: readonly HandlingRequestStep[];
  needs?: 'reason' | 'result';
}

/** Life of a handling request (yêu cầu xử lý): sent → delivered → read → accepted or returned → carried out → verified. */
export const REQUEST_LIFE: Readonly<Record<RequestAct, RequestRule>> = {
  deliver: { by: 'unit', from: ['sent'], to: 'delivered', done: ['delivered', 'read', 'accepted', 'carried-out', 'verified'] },
  read: { by: 'unit', from: ['sent', 'delivered'], to: 'read', done: ['read', 'accepted', 'carried-out', 'verified'] },
  accept: { by: 'unit', from: ['sent', 'delivered', 'read'], to: 'accepted', done: ['accepted'] },
  return: { by: 'unit', from: ['sent', 'delivered', 'read', 'accepted'], to: 'returned', done: ['returned'], needs: 'reason' },
  'carry-out': { by: 'unit', from: ['accepted'], to: 'carried-out', done: ['carried-out'], needs: 'result' },
  verify: { by: 'issuer', from: ['carried-out'], to: 'verified', done: ['verified'] },
  refuse: { by: 'issuer', from: ['carried-out'], to: 'accepted', done: [], needs: 'reason' },
};

/** Who acts on a request, when, and the words the act needs: a reason or a result. */
export interface RequestMove {
  at: number;
  actor: string;
  words?: string | undefined;
  /** Pictures of the result. */
  media?: readonly string[] | undefined;
}

/** The request after an act, the same object when the act was done already, or the code of the refusal. */
export type RequestStepped = { ok: true; state: HandlingRequestState } | { ok: false; code: FaultCode };

/** Carries out one act. Every time stamped is never before an earlier one. Fails: STATE_STEP, STATE_REASON, STATE_RESULT. */
export function stepRequest(state: HandlingRequestState, act: RequestAct, move: RequestMove): RequestStepped {
  const rule = REQUEST_LIFE[act];
  const words = move.words?.trim() ?? '';
  if (rule.needs && words === '') return { ok: false, code: rule.needs === 'reason' ? 'STATE_REASON' : 'STATE_RESULT' };
  if (rule.done.includes(state.step)) return isSaidAgain(state, act, words) ? { ok: true, state } : { ok: false, code: 'STATE_STEP' };
  if (!rule.from.includes(state.step)) return { ok: false, code: 'STATE_STEP' };
  const at = Math.max(move.at, state.updatedAt, state.issuedAt);
  return { ok: true, state: { ...state, ...stampsOf(state, act, { at, actor: move.actor, words, media: move.media }), step: rule.to, updatedAt: at } };
}

/** True while the unit has not carried it out and its time is over. */
export function isRequestOverdue(state: Pick<HandlingRequestState, 'step' | 'dueAt'>, now: number): boolean {
  return now > state.dueAt && state.step !== 'carried-out' && state.step !== 'verified' && state.step !== 'returned';
}

/** True while the request still binds its unit: neither returned nor verified. */
export function isRequestCurrent(state: Pick<HandlingRequestState, 'step'>): boolean {
  return state.step !== 'returned' && state.step !== 'verified';
}

function isSaidAgain(state: HandlingRequestState, act: RequestAct, words: string): boolean {
  if (act === 'return') return state.returnReason === words;
  if (act === 'carry-out') return state.result === words;
  return true;
}

function stampsOf(state: HandlingRequestState, act: RequestAct, { at, actor, words, media }: { at: number; actor: string; words: string; media?: readonly string[] | undefined }): Partial<HandlingRequestState> {
  const reached = { deliveredAt: state.deliveredAt ?? at };
  switch (act) {
    case 'deliver':
      return reached;
    case 'read':
      return { ...reached, readAt: at };
    case 'accept':
      return { ...reached, readAt: state.readAt ?? at, acceptedAt: at, acceptedBy: actor };
    case 'return':
      return { ...reached, readAt: state.readAt ?? at, returnedAt: at, returnReason: words };
    case 'carry-out':
      return { carriedOutAt: at, result: words, returnReason: null, ...(media?.length ? { media: [...new Set(media)] } : {}) };
    case 'verify':
      return { verifiedAt: at, verifiedBy: actor };
    case 'refuse':
      return { carriedOutAt: null, result: null, returnReason: words };
  }
}
