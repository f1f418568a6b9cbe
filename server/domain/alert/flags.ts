import type { AlertLifeState, AlertState } from '#contract/topics/alert.ts';
import { isShelved, type AlertStepped } from './life.ts';
import { alertPolicy } from './policy.ts';

const UNWORKED: readonly AlertLifeState[] = ['raised', 'acknowledged'];

/** Marks an alert as a repeat of another that is still open. Fails: ALERT_MERGE, STATE_STEP once a unit works on it. */
export function markRepeat(state: AlertState, of: AlertState, now: number): AlertStepped {
  if (state.duplicateOf === of.id) return { ok: true, state };
  if (of.id === state.id || of.duplicateOf !== null || of.state === 'closed') return { ok: false, code: 'ALERT_MERGE', pointer: '/of' };
  if (!UNWORKED.includes(state.state)) return { ok: false, code: 'STATE_STEP' };
  return flagged(state, now, { duplicateOf: of.id });
}

/** Takes the mark off again: the alert stands in the list by itself. Fails: STATE_STEP. */
export function unmarkRepeat(state: AlertState, now: number): AlertStepped {
  return state.duplicateOf === null ? { ok: false, code: 'STATE_STEP' } : flagged(state, now, { duplicateOf: null });
}

/** Brings a shelved alert back before its time. Fails: STATE_STEP. */
export function unshelve(state: AlertState, now: number): AlertStepped {
  return isShelved(state, now) ? flagged(state, now, { shelvedUntil: null, shelvedReason: null }) : { ok: false, code: 'STATE_STEP' };
}

/** Hands the alert one rung up by hand (chuyển cấp trên). Fails: STATE_REASON, STATE_STEP on the highest rung or when it is done. */
export function escalateByHand(state: AlertState, reason: string, now: number): AlertStepped {
  if (reason.trim() === '') return { ok: false, code: 'STATE_REASON' };
  const isDone = state.state === 'verified' || state.state === 'closed';
  if (isDone || state.escalated >= alertPolicy.escalation.highest) return { ok: false, code: 'STATE_STEP' };
  return flagged(state, now, { escalated: state.escalated + 1 });
}

function flagged(state: AlertState, now: number, change: Partial<AlertState>): AlertStepped {
  return { ok: true, state: { ...state, ...change, updatedAt: Math.max(now, state.updatedAt) } };
}
