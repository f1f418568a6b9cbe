import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Nullable, UnitCode } from '#contract/base.ts';

/** Where a spreadsheet stands on its way in. `ready`: checked, waiting for a person; `judging`: its values are in force and statuses follow. */
export const ImportLife = Type.Union([
  Type.Literal('reading'),
  Type.Literal('ready'),
  Type.Literal('writing'),
  Type.Literal('judging'),
  Type.Literal('done'),
  Type.Literal('cancelled'),
  Type.Literal('refused'),
]);
export type ImportLife = Static<typeof ImportLife>;

/** One remark on one row. Shape: `column` null = the whole row or file. */
export const ImportRemark = Closed({
  line: Type.Integer(),
  column: Nullable(Type.Union([Type.Literal('code'), Type.Literal('unit'), Type.Literal('period'), Type.Literal('value')])),
  isFault: Type.Boolean(),
  code: Type.String(),
  text: Type.String(),
  reason: Type.String(),
});

/** `unchanged`: rows whose value is already in force. `refusal`: why the whole file was not read. */
export const IndicatorImport = Closed({
  id: Id,
  fileName: Type.String(),
  state: ImportLife,
  madeBy: Type.String(),
  madeAt: EpochMs,
  updatedAt: EpochMs,
  looked: Type.Integer(),
  total: Nullable(Type.Integer()),
  good: Type.Integer(),
  unchanged: Type.Integer(),
  faulty: Type.Integer(),
  noted: Type.Integer(),
  written: Type.Integer(),
  refusal: Nullable(Type.String()),
});
export type IndicatorImport = Static<typeof IndicatorImport>;

/** `GET /api/v1/indicators/imports/:id`: the first rows and remarks; all remarks come as a file. */
export const IndicatorImportDetail = Closed({
  ...IndicatorImport.properties,
  rows: Type.Array(Closed({ line: Type.Integer(), code: Type.String(), unit: UnitCode, period: Type.String(), value: Type.Number() })),
  remarks: Type.Array(ImportRemark),
});
export type IndicatorImportDetail = Static<typeof IndicatorImportDetail>;

export const IndicatorImports = Closed({ items: Type.Array(IndicatorImport) });
export type IndicatorImports = Static<typeof IndicatorImports>;

/** `POST /api/v1/indicators/imports/:id/take`. `skipFaulty`: a file with refused rows is only taken when a person says so. */
export const TakeImport = Closed({ skipFaulty: Type.Boolean() });

/** `POST /api/v1/indicators/values`: one value entered by hand; its period is written as in a spreadsheet, `10/2026` or `2026-10`. */
export const EnterValue = Closed({
  code: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' }),
  unit: UnitCode,
  period: Type.String({ minLength: 1, maxLength: 40 }),
  value: Type.Number({ minimum: -1e15, maximum: 1e15 }),
});
export type EnterValue = Static<typeof EnterValue>;
