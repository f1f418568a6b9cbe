import type { BoardAnswer } from '#contract/red.ts';
import type { HandlingRequestState, HandlingRequestStep } from '#contract/topics/handlingRequest.ts';

/** Parts of the page; a phone shows one at a time. */
export const PARTS = ['red', 'escalated', 'broken', 'today', 'directions'] as const;
export type Part = (typeof PARTS)[number];

/** Words a leader can send with one tap. */
export const TEMPLATES = ['template-1', 'template-2', 'template-3'] as const;

/** The steps a direction has to climb, with the moment of each taken. A returned one ends there. */
export function climbOf(request: HandlingRequestState): { step: HandlingRequestStep; at: number | null }[] {
  const climbed: { step: HandlingRequestStep; at: number | null }[] = [
    { step: 'sent', at: request.issuedAt },
    { step: 'delivered', at: request.deliveredAt ?? request.readAt ?? request.acceptedAt },
    { step: 'read', at: request.readAt ?? request.acceptedAt },
  ];
  if (request.step === 'returned') return [...climbed, { step: 'returned', at: request.returnedAt }];
  return [...climbed, { step: 'accepted', at: request.acceptedAt }, { step: 'carried-out', at: request.carriedOutAt }];
}

/** Directions of this person and those about a case, the newest first. */
export function directionsOf(requests: readonly HandlingRequestState[], mine: ReadonlySet<string>, name: string | undefined): HandlingRequestState[] {
  return requests
    .filter((request) => mine.has(request.id) || (request.issuedBy !== null && request.issuedBy === name && (request.about === null || request.about.topic === 'case')))
    .sort((a, b) => b.issuedAt - a.issuedAt);
}

/** The figures at the head of the page. */
export const summaryOf = (board: BoardAnswer): { units: number; reds: number; broken: number } => ({ units: board.units.filter(({ redCount }) => redCount > 0).length, reds: board.redCount, broken: board.broken.length });

/** Units in RED in the board's own order. */
export const redUnits = (board: BoardAnswer) => board.units.filter(({ reds }) => reds.length > 0);
