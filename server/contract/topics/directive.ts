import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, MessageKey, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { defineOwnTopic } from '#contract/topic.ts';

const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });

/** What an assignment comes from: a letter, a conclusion, the minutes of a meeting. */
export const DirectiveKind = Type.Union([Type.Literal('letter'), Type.Literal('conclusion'), Type.Literal('minutes'), Type.Literal('plan')]);

/** A directive (văn bản chỉ đạo). `number` is its number and symbol as written on it; `unit` the one that issued it, null = the province. */
export const DirectiveState = Closed({
  id: Id,
  ref: MessageKey,
  source: Type.String(),
  unit: Nullable(UnitCode),
  ward: Nullable(UnitCode),
  number: Type.String(),
  kind: DirectiveKind,
  issuedOn: day,
  issuer: Type.String(),
  title: Type.String(),
  attachments: Type.Array(Id),
  enteredBy: Type.String(),
  updatedAt: EpochMs,
  provenance: Provenance,
});
export type DirectiveState = Static<typeof DirectiveState>;

export const directiveTopic = defineOwnTopic({ name: 'directive', state: DirectiveState, delivery: 'logged', prefix: 'dr' });

/** `POST /api/v1/directives`. */
export const NewDirective = Closed({
  number: Line(120),
  kind: DirectiveKind,
  issuedOn: day,
  issuer: Line(200),
  title: Line(500),
  unit: Type.Optional(UnitCode),
  attachments: Type.Optional(Type.Array(Id, { maxItems: 20 })),
});
export type NewDirective = Static<typeof NewDirective>;
