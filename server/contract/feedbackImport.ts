import Type, { type Static } from 'typebox';
import { Closed, Nullable } from '#contract/base.ts';

/** Fields of a report a column may fill. A column of names or telephone numbers is never taken in. */
export const IMPORT_FIELDS = ['ref', 'at', 'service', 'description', 'address', 'lon', 'lat'] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

const Column = Type.Optional(Type.String({ maxLength: 200 }));

/** Which column fills which field. */
export const ImportMapping = Closed({ ref: Column, at: Column, service: Column, description: Column, address: Column, lon: Column, lat: Column });
export type ImportMapping = Static<typeof ImportMapping>;

/** One row as it would be, or was, taken in. */
export const ImportRow = Closed({
  line: Type.Integer(),
  ref: Type.String(),
  service: Type.String(),
  description: Type.String(),
  address: Nullable(Type.String()),
  outcome: Type.Union([Type.Literal('new'), Type.Literal('known'), Type.Literal('refused')]),
  reason: Nullable(Type.String()),
});
export type ImportRow = Static<typeof ImportRow>;

/** What a sheet would do, or did. `unused`: columns that fill nothing. */
export const ImportOutcome = Closed({
  isDone: Type.Boolean(),
  columns: Type.Array(Type.String()),
  mapping: ImportMapping,
  unused: Type.Array(Type.String()),
  total: Type.Integer(),
  fresh: Type.Integer(),
  known: Type.Integer(),
  refused: Type.Integer(),
  unknownServices: Type.Array(Type.String()),
  rows: Type.Array(ImportRow),
});
export type ImportOutcome = Static<typeof ImportOutcome>;
