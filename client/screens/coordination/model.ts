import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { fold } from '../../../geo/fold.ts';

/** How the requests of all units are looked at, the most pressing first. */
export type Pile = 'overdue' | 'unanswered' | 'returned' | 'doing' | 'check' | 'all';
export const PILES: readonly Pile[] = ['overdue', 'unanswered', 'returned', 'check', 'doing', 'all'];

type Request = HandlingRequestState;
const UNACCEPTED: ReadonlySet<Request['step']> = new Set(['sent', 'delivered', 'read']);

export const isOverdue = ({ step, dueAt }: Pick<Request, 'step' | 'dueAt'>, now: number): boolean => now > dueAt && (UNACCEPTED.has(step) || step === 'accepted');
/** The unit owes an answer: it has neither taken nor returned the request, or it was asked to explain. */
export const isUnanswered = ({ step, explanationAskedAt, explainedAt }: Pick<Request, 'step' | 'explanationAskedAt' | 'explainedAt'>): boolean => UNACCEPTED.has(step) || Boolean(explanationAskedAt && !explainedAt);
/** A warning slip can still reach who has it. */
export const canNudge = ({ step }: Pick<Request, 'step'>): boolean => UNACCEPTED.has(step) || step === 'accepted';
/** It can still be given to another unit. */
export const canRedirect = (request: Pick<Request, 'step'>): boolean => canNudge(request) || request.step === 'returned';

/** What a request is about, or what it says when it is about nothing. */
const matterOf = ({ about, title }: Pick<Request, 'about' | 'title'>): string => (about ? `${about.topic}/${about.id}` : title);

/** Requests that wait for somebody: all that bind a unit, and those returned for which nobody else was found yet. */
export function queueOf(live: readonly Request[], returned: readonly Request[]): Request[] {
  const open = live.filter(({ step }) => step !== 'verified' && step !== 'returned');
  const known = new Set(open.map(({ id }) => id));
  const newest = new Map<string, number>();
  for (const request of [...open, ...returned]) newest.set(matterOf(request), Math.max(newest.get(matterOf(request)) ?? 0, request.issuedAt));
  const waiting = [...live.filter(({ step }) => step === 'returned'), ...returned].filter((request) => !known.has(request.id) && newest.get(matterOf(request)) === request.issuedAt && !open.some((one) => matterOf(one) === matterOf(request)));
  return [...open, ...new Map(waiting.map((request) => [request.id, request])).values()];
}

function isIn(pile: Pile, request: Request, now: number): boolean {
  if (pile === 'overdue') return isOverdue(request, now);
  if (pile === 'unanswered') return isUnanswered(request);
  if (pile === 'returned') return request.step === 'returned';
  if (pile === 'doing') return request.step === 'accepted';
  return pile === 'check' ? request.step === 'carried-out' : true;
}

export interface Asked {
  pile: Pile;
  /** Code of a unit; empty for all. */
  unit: string;
  words: string;
}

/** A pile of one unit or of all, due soonest first; words without marks. */
export function listOf(queue: readonly Request[], { pile, unit, words }: Asked, now: number): Request[] {
  const asked = fold(words).split(' ').filter(Boolean);
  return queue
    .filter((request) => (unit === '' || request.unit === unit) && isIn(pile, request, now))
    .filter(({ title, note, id }) => asked.every((word) => fold(`${title} ${note ?? ''} ${id}`).includes(word)))
    .sort((a, b) => a.dueAt - b.dueAt || a.id.localeCompare(b.id));
}

export const countsOf = (queue: readonly Request[], unit: string, now: number): Record<Pile, number> =>
  Object.fromEntries(PILES.map((pile) => [pile, queue.filter((request) => (unit === '' || request.unit === unit) && isIn(pile, request, now)).length])) as Record<Pile, number>;

/** One unit of the queue. */
export interface UnitLoad {
  unit: string;
  open: number;
  overdue: number;
  unanswered: number;
  returned: number;
}

/** Units by what they owe, the most overdue first. */
export function unitsOf(queue: readonly Request[], now: number): UnitLoad[] {
  const byUnit = Map.groupBy(queue, ({ unit }) => unit);
  const count = (all: readonly Request[], holds: (request: Request) => boolean) => all.filter(holds).length;
  return [...byUnit]
    .map(([unit, all]) => ({
      unit,
      open: count(all, ({ step }) => step !== 'returned'),
      overdue: count(all, (request) => isOverdue(request, now)),
      unanswered: count(all, isUnanswered),
      returned: count(all, ({ step }) => step === 'returned'),
    }))
    .sort((a, b) => b.overdue - a.overdue || b.unanswered - a.unanswered || b.open - a.open || a.unit.localeCompare(b.unit));
}
