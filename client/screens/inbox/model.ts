import type { Me } from '#contract/http.ts';
import type { HandlingRequestState, HandlingRequestStep } from '#contract/topics/handlingRequest.ts';
import { fold } from '../../../geo/fold.ts';

/** The three piles of an inbox. */
export type Pile = 'new' | 'doing' | 'done';
export const PILES: readonly Pile[] = ['new', 'doing', 'done'];

/** What a unit can do to its request. */
export type Deed = 'accept' | 'return' | 'carry-out';

const PILE_OF: Readonly<Record<HandlingRequestStep, Pile>> = { sent: 'new', delivered: 'new', read: 'new', accepted: 'doing', returned: 'done', 'carried-out': 'done', verified: 'done' };

export const pileOf = ({ step }: Pick<HandlingRequestState, 'step'>): Pile => PILE_OF[step];

/** What remains until the deadline while the unit still owes work; null afterwards. Units: ms. */
export const leftOf = (request: Pick<HandlingRequestState, 'step' | 'dueAt'>, now: number): number | null => (pileOf(request) === 'done' ? null : request.dueAt - now);

export function deedsOf({ step }: Pick<HandlingRequestState, 'step'>): Deed[] {
  if (pileOf({ step }) === 'new') return ['accept', 'return'];
  return step === 'accepted' ? ['carry-out', 'return'] : [];
}

/** A request sent back by the desk: carried out once, its result not accepted. */
export const isRefused = ({ step, returnReason }: Pick<HandlingRequestState, 'step' | 'returnReason'>): boolean => step === 'accepted' && returnReason !== null;

/** Whose inbox this is: an officer's own units, or every unit's for the desk. */
export const isOfficer = (me: Pick<Me, 'roles'>): boolean => me.roles.includes('unit-officer');
export const seesAllUnits = (me: Pick<Me, 'roles' | 'units'>): boolean => me.units === null || me.roles.some((role) => role === 'operator' || role === 'admin');

/** A request that is seen only because it lies in the officer's ward is another unit's work. */
export const isOwn = (request: Pick<HandlingRequestState, 'unit' | 'ward'>, me: Pick<Me, 'roles' | 'units'>): boolean =>
  seesAllUnits(me) || me.units === null || me.units.includes(request.unit) || request.ward === null || !me.units.includes(request.ward);

interface Asked {
  pile: Pile;
  /** Code of a unit; empty for all. */
  unit: string;
  words: string;
}

/** A pile in the order of work: overdue first, then due soonest; done work by its last change. */
export function listInbox(requests: readonly HandlingRequestState[], { pile, unit, words }: Asked): HandlingRequestState[] {
  const asked = fold(words).split(' ').filter(Boolean);
  return requests
    .filter((request) => pileOf(request) === pile && (unit === '' || request.unit === unit))
    .filter((request) => asked.length === 0 || asked.every((word) => fold(`${request.title} ${request.note ?? ''} ${request.id}`).includes(word)))
    .sort((a, b) => (pile === 'done' ? b.updatedAt - a.updatedAt : a.dueAt - b.dueAt) || a.id.localeCompare(b.id));
}

export interface Counts {
  new: number;
  doing: number;
  done: number;
  overdue: number;
}

export function countInbox(requests: readonly HandlingRequestState[], now: number): Counts {
  const counts: Counts = { new: 0, doing: 0, done: 0, overdue: 0 };
  for (const request of requests) {
    counts[pileOf(request)]++;
    if ((leftOf(request, now) ?? 0) < 0) counts.overdue++;
  }
  return counts;
}

/** One step of a request that happened, by its word. */
export interface Moment {
  what: 'issued' | 'delivered' | 'read' | 'accepted' | 'returned' | 'refused' | 'carriedOut' | 'verified';
  at: number;
  who: string | null;
  said: string | null;
}

/** Every step that happened, in order; a refused result has no time of its own, it is the last change. */
export function momentsOf(request: HandlingRequestState): Moment[] {
  const step = (what: Moment['what'], at: number | null, who: string | null = null, said: string | null = null): Moment[] => (at === null ? [] : [{ what, at, who, said }]);
  return [
    ...step('issued', request.issuedAt, request.issuedBy),
    ...step('delivered', request.deliveredAt),
    ...step('read', request.readAt),
    ...step('accepted', request.acceptedAt, request.acceptedBy),
    ...step('returned', request.returnedAt, null, request.returnReason),
    ...step('refused', isRefused(request) ? request.updatedAt : null, null, request.returnReason),
    ...step('carriedOut', request.carriedOutAt, null, request.result),
    ...step('verified', request.verifiedAt, request.verifiedBy),
  ];
}
