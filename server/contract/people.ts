import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Nullable, UnitCode } from '#contract/base.ts';
import { Responsible } from '#contract/topics/case.ts';

/** Whom a unit is spoken to through (đầu mối): an account of the unit with its position. */
export const FocalPoint = Closed({ unit: UnitCode, unitName: Type.String(), person: Responsible, chosenBy: Type.String(), chosenAt: EpochMs });
export type FocalPoint = Static<typeof FocalPoint>;

/** `GET /api/v1/focal-points`. `people`: open accounts that may be named, by name. */
export const FocalPointsAnswer = Closed({ items: Type.Array(FocalPoint), people: Type.Array(Responsible) });
export type FocalPointsAnswer = Static<typeof FocalPointsAnswer>;

/** Names a person by account; null = nobody. */
export const ChoosePerson = Closed({ account: Nullable(Id) });
export type ChoosePerson = Static<typeof ChoosePerson>;

/** `PUT /api/v1/assignments/:id/responsible`. */
export const AssignmentPerson = Closed({ assignment: Id, responsible: Nullable(Responsible) });
export type AssignmentPerson = Static<typeof AssignmentPerson>;
