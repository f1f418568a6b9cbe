import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { Bilingual } from '#contract/red.ts';

/** What may go beyond the authority of its unit: a case, or an assignment or indicator by its status. */
export const EscalationTopic = Type.Union([Type.Literal('case'), Type.Literal('red-status')]);
export type EscalationTopic = Static<typeof EscalationTopic>;

/** One person on a rung: told, and whether they read it. */
export const EscalationReceipt = Closed({ name: Type.String(), at: EpochMs, readAt: Nullable(EpochMs) });

/** One rung of the ladder. Shape: `reachedAt` null = it did not climb so far. */
export const EscalationRung = Closed({ level: Type.Integer(), name: Bilingual, reachedAt: Nullable(EpochMs), dueAt: Nullable(EpochMs), receipts: Type.Array(EscalationReceipt) });
export type EscalationRung = Static<typeof EscalationRung>;

/** A matter beyond the authority of its unit (vượt thẩm quyền). `level` is the rung it stands on; `mayAnswer` and `mayRaise` say what the reader can do. */
export const Escalation = Closed({
  id: Id,
  topic: EscalationTopic,
  thing: Id,
  title: Type.String(),
  unit: UnitCode,
  unitName: Type.String(),
  provenance: Provenance,
  reason: Type.String(),
  askedBy: Type.String(),
  askedAt: EpochMs,
  level: Type.Integer(),
  rungs: Type.Array(EscalationRung),
  answer: Nullable(Type.String()),
  answeredBy: Nullable(Type.String()),
  answeredAt: Nullable(EpochMs),
  mayAnswer: Type.Boolean(),
  mayRaise: Type.Boolean(),
});
export type Escalation = Static<typeof Escalation>;

/** `GET /api/v1/escalations?thing`. What waits first, then the newest answers. */
export const EscalationsAnswer = Closed({ at: EpochMs, items: Type.Array(Escalation) });
export type EscalationsAnswer = Static<typeof EscalationsAnswer>;

/** `POST /api/v1/escalations`. */
export const NewEscalation = Closed({ topic: EscalationTopic, thing: Id, reason: Line(1000) });
export type NewEscalation = Static<typeof NewEscalation>;

/** `POST /api/v1/escalations/:id/raise`: to the next rung, with a reason. */
export const RaiseEscalation = Closed({ reason: Line(1000) });

/** `POST /api/v1/escalations/:id/answer`: what is decided; it goes back to the unit. */
export const AnswerEscalation = Closed({ answer: Line(1000) });
