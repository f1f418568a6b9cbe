import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { Responsible } from '#contract/topics/case.ts';

/** Why something stands on the agenda of the weekly meeting. */
export const AgendaReason = Type.Union([
  Type.Literal('escalated'),
  Type.Literal('red'),
  Type.Literal('blocked'),
  Type.Literal('obstacle-overdue'),
  Type.Literal('promise-broken'),
  Type.Literal('no-plan'),
]);
export type AgendaReason = Static<typeof AgendaReason>;

/** One item of the agenda. `exceeds`: it is beyond the authority of its unit (vượt thẩm quyền) and asks for a decision from above. Units: `sinceAt` epoch ms. */
export const AgendaItem = Closed({
  id: Type.String(),
  reason: AgendaReason,
  title: Type.String(),
  unit: Nullable(UnitCode),
  unitName: Type.String(),
  sinceAt: EpochMs,
  detail: Nullable(Type.String()),
  caseId: Nullable(Id),
  exceeds: Type.Boolean(),
  provenance: Nullable(Provenance),
});
export type AgendaItem = Static<typeof AgendaItem>;

/** `GET /api/v1/meetings/agenda`. What exceeds a unit's authority first, then by reason and age. */
export const AgendaAnswer = Closed({ at: EpochMs, items: Type.Array(AgendaItem) });
export type AgendaAnswer = Static<typeof AgendaAnswer>;

/** `POST /api/v1/meetings/minutes`: every conclusion becomes an assignment of its unit that traces to the minutes. */
export const Minutes = Closed({
  number: Line(120),
  title: Line(500),
  heldOn: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' }),
  issuer: Line(200),
  conclusions: Type.Array(Closed({ unit: UnitCode, title: Line(300), dueAt: EpochMs, /** Account of the person who answers for it. */ responsible: Type.Optional(Id) }), { minItems: 1, maxItems: 100 }),
});
export type Minutes = Static<typeof Minutes>;
export const MinutesAnswer = Closed({ directive: Id, assignments: Type.Array(Id) });
export type MinutesAnswer = Static<typeof MinutesAnswer>;

/** Assignments of one directive, as the rules judge them. */
export const TracedAssignment = Closed({ id: Id, title: Type.String(), unit: Nullable(UnitCode), unitName: Type.String(), dueAt: EpochMs, level: Type.String(), progress: Nullable(Type.Integer()), responsible: Nullable(Responsible) });
/** `GET /api/v1/directives/trace`. `unknown`: numbers that assignments name but nobody entered; `untraced`: assignments that name none. */
export const TraceAnswer = Closed({
  directives: Type.Array(Closed({ id: Id, number: Type.String(), title: Type.String(), issuedOn: Type.String(), assignments: Type.Array(TracedAssignment) })),
  unknown: Type.Array(Closed({ number: Type.String(), assignments: Type.Array(TracedAssignment) })),
  untraced: Type.Array(TracedAssignment),
});
export type TraceAnswer = Static<typeof TraceAnswer>;
