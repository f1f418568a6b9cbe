import Type, { type Static } from 'typebox';
import { Closed, Nullable, UnitCode } from '#contract/base.ts';

/** Fields of an assignment that a column of the office system (iOffice) may fill. */
export const OFFICE_FIELDS = ['ref', 'directive', 'title', 'unit', 'responsible', 'startAt', 'dueAt', 'progress', 'done', 'blocked', 'at'] as const;
export type OfficeField = (typeof OFFICE_FIELDS)[number];

const Field = Type.Unsafe<OfficeField>(Type.Union(OFFICE_FIELDS.map((name) => Type.Literal(name))));

/** One row as it would be, or was, taken in. `changes` says what differs from what stands here; `field` null = the whole row. */
export const OfficeRow = Closed({
  line: Type.Integer(),
  ref: Type.String(),
  title: Type.String(),
  unit: Nullable(UnitCode),
  unitName: Type.String(),
  outcome: Type.Union([Type.Literal('new'), Type.Literal('changed'), Type.Literal('same'), Type.Literal('refused')]),
  field: Nullable(Field),
  reason: Nullable(Type.String()),
  changes: Type.Array(Closed({ field: Field, from: Type.String(), to: Type.String() })),
});
export type OfficeRow = Static<typeof OfficeRow>;

/** What a sheet of assignments would do, or did. `columns` names the head each field was read from; `rows` holds the first ones, refused ones before others. */
export const OfficeOutcome = Closed({
  isDone: Type.Boolean(),
  columns: Type.Partial(Closed(Object.fromEntries(OFFICE_FIELDS.map((name) => [name, Type.String()])) as Record<OfficeField, Type.TString>)),
  unused: Type.Array(Type.String()),
  total: Type.Integer(),
  fresh: Type.Integer(),
  changed: Type.Integer(),
  same: Type.Integer(),
  refused: Type.Integer(),
  rows: Type.Array(OfficeRow),
});
export type OfficeOutcome = Static<typeof OfficeOutcome>;
