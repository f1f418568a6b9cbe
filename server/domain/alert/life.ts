import type { FaultCode } from '#contract/faults.ts';
import type { AlertLifeState, AlertState } from '#contract/topics/alert.ts';
import type { RequestAct } from '../handling-request/life.ts';
import { alertPolicy } from './policy.ts';

/** What can happen to an alert: by an operator, or following an act on its handling request. */
export type AlertAct = 'acknowledge' | 'shelve' | 'close' | 'assign' | 'start' | 'resolve' | 'verify' | 'refuse' | 'release';

/** One row of the life table: from which states to which; null keeps the state. */
export interface AlertRule {
  from: readonly AlertLifeState[];
  to: AlertLifeState | null;
}

/**
 * Life of an alert: raised → acknowledged → assigned → in progress → resolved → verified → closed.
 * `release` (its request was returned) and `refuse` (its result was not accepted) go back; `shelve` is a flag beside the state.
 */
export const ALERT_LIFE: Readonly<Record<AlertAct, AlertRule>> = {
  acknowledge: { from: ['raised'], to: 'acknowledged' },
  assign: { from: ['raised', 'acknowledged'], to: 'assigned' },
  start: { from: ['assigned'], to: 'in-progress' },
  resolve: { from: ['in-progress'], to: 'resolved' },
  verify: { from: ['resolved'], to: 'verified' },
  refuse: { from: ['resolved'], to: 'in-progress' },
  release: { from: ['assigned', 'in-progress'], to: 'acknowledged' },
  close: { from: ['acknowledged', 'verified'], to: 'closed' },
  shelve: { from: ['raised', 'acknowledged', 'assigned', 'in-progress'], to: null },
};

/** The alert after an act, the same object when nothing changes, or the refusal. */
export type AlertStepped = { ok: true; state: AlertState } | { ok: false; code: FaultCode; detail?: string; pointer?: string };

/** A person who owns an alert. */
export interface Owner {
  id: string;
  name: string;
}

/** Takes the alert over. Again by its owner: the same answer. Fails: STATE_TAKEN when someone else has it, STATE_STEP. */
export function acknowledge(state: AlertState, owner: Owner, at: number): AlertStepped {
  if (state.owner?.id === owner.id && state.state !== 'raised') return { ok: true, state };
  if (state.owner && state.state !== 'closed') return { ok: false, code: 'STATE_TAKEN', detail: state.owner.name };
  return move(state, 'acknowledge', at, (moment) => ({ owner, acknowledgedAt: moment }));
}

/** Hands the alert to a unit by a request; one nobody acknowledged is acknowledged by who assigns it. Fails: STATE_STEP. */
export function assign(state: AlertState, to: { unit: string; requestId: string; owner: Owner }, at: number): AlertStepped {
  return move(state, 'assign', at, (moment) => ({
    owner: state.owner ?? to.owner,
    acknowledgedAt: state.acknowledgedAt ?? moment,
    assignedAt: moment,
    unit: to.unit,
    requestId: to.requestId,
    shelvedUntil: null,
    shelvedReason: null,
  }));
}

/** The unit accepted its request. Fails: STATE_STEP. */
export const start = (state: AlertState, at: number): AlertStepped => move(state, 'start', at, () => ({}));

/** The unit carried its request out. Fails: STATE_STEP. */
export const resolve = (state: AlertState, at: number): AlertStepped => move(state, 'resolve', at, (moment) => ({ resolvedAt: moment }));

/** The result was checked and accepted. Fails: STATE_STEP. */
export const verify = (state: AlertState, at: number): AlertStepped => move(state, 'verify', at, (moment) => ({ verifiedAt: moment }));

/** The result was checked and not accepted. Fails: STATE_STEP. */
export const refuse = (state: AlertState, at: number): AlertStepped => move(state, 'refuse', at, () => ({ resolvedAt: null }));

/** The unit returned its request: the alert waits for another unit. Fails: STATE_STEP. */
export const release = (state: AlertState, at: number): AlertStepped =>
  move(state, 'release', at, () => ({ unit: null, requestId: null, assignedAt: null }));

/** Ends the alert: after verification, or before any unit has it with a reason (false, repeated). Fails: STATE_STEP, STATE_REASON. */
export function close(state: AlertState, reason: string | undefined, at: number): AlertStepped {
  if (state.state === 'closed') return { ok: true, state };
  if (state.state === 'acknowledged' && !reason?.trim()) return { ok: false, code: 'STATE_REASON' };
  return move(state, 'close', at, (moment) => ({ closedAt: moment, shelvedUntil: null, shelvedReason: null }));
}

/** Puts the alert aside until a moment. ĐỎ is never put aside by one person. Fails: STATE_STEP, STATE_REASON, REQUEST_BODY. */
export function shelve(state: AlertState, { until, reason }: { until: number; reason: string }, at: number): AlertStepped {
  if (state.level === 1) return { ok: false, code: 'STATE_STEP', detail: 'Cảnh báo ĐỎ chỉ được tạm hoãn khi có người thứ hai đồng ý.' };
  const words = reason.trim();
  if (words === '') return { ok: false, code: 'STATE_REASON', pointer: '/reason' };
  if (until <= at || until > at + alertPolicy.shelveMaxHours * 3_600_000) {
    return { ok: false, code: 'REQUEST_BODY', pointer: '/until', detail: `Tạm hoãn tối đa ${alertPolicy.shelveMaxHours} giờ kể từ bây giờ.` };
  }
  return move(state, 'shelve', at, () => ({ shelvedUntil: until, shelvedReason: words }));
}

/** What an act on the handling request does to its alert; acts not named leave the alert as it is. */
export const ALERT_FOLLOWS: Partial<Record<RequestAct, (state: AlertState, at: number) => AlertStepped>> = {
  accept: start,
  return: release,
  'carry-out': resolve,
  verify,
  refuse,
};

/** True while the alert is put aside. */
export function isShelved(state: Pick<AlertState, 'shelvedUntil'>, now: number): boolean {
  return state.shelvedUntil !== null && now < state.shelvedUntil;
}

/** What is late: nobody took it over in time, or it is not resolved in time. */
export function lateness(state: Pick<AlertState, 'state' | 'acknowledgeBy' | 'dueAt'>, now: number): 'acknowledge' | 'resolve' | undefined {
  if (state.state === 'resolved' || state.state === 'verified' || state.state === 'closed') return undefined;
  if (now > state.dueAt) return 'resolve';
  return state.state === 'raised' && now > state.acknowledgeBy ? 'acknowledge' : undefined;
}

function move(state: AlertState, act: AlertAct, at: number, change: (moment: number) => Partial<AlertState>): AlertStepped {
  const rule = ALERT_LIFE[act];
  if (!rule.from.includes(state.state)) return { ok: false, code: 'STATE_STEP' };
  const moment = Math.max(at, state.updatedAt, state.raisedAt);
  return { ok: true, state: { ...state, ...change(moment), state: rule.to ?? state.state, updatedAt: moment } };
}
