import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, UnitCode } from '#contract/base.ts';
import { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { Name } from '#contract/wall.ts';

/** A decision taken in front of a wall, given to one unit with a deadline. */
export const MakeDecision = Closed({
  wall: Name,
  unit: UnitCode,
  text: Type.String({ minLength: 1, maxLength: 1000 }),
  dueAt: EpochMs,
  caseId: Type.Optional(Id),
});
export type MakeDecision = Static<typeof MakeDecision>;

/** A decision as the briefing tells it: the task is the handling request. `rev` names what the wall showed. */
export const Decision = Closed({ id: Id, wall: Name, rev: Type.Integer(), at: EpochMs, by: Type.String(), request: HandlingRequestState });
export type Decision = Static<typeof Decision>;
