import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable, UnitCode } from '#contract/base.ts';

/** Registers that two systems may both keep. */
export const SharedTopic = Type.Union([Type.Literal('dossier'), Type.Literal('document'), Type.Literal('indicator'), Type.Literal('assignment')]);
export type SharedTopic = Static<typeof SharedTopic>;

/** One record as each of two systems has it. Shape: `a` or `b` null = that system does not have it; `name` says which record it is. */
export const ReconciledRow = Closed({ name: Type.String(), unit: Nullable(UnitCode), a: Nullable(Type.String()), b: Nullable(Type.String()) });
export type ReconciledRow = Static<typeof ReconciledRow>;

/** `GET /api/v1/reconciliation?topic&a&b`: records of one system and not of the other, and those told differently. `rows` holds the first thousand. */
export const Reconciliation = Closed({ at: EpochMs, topic: SharedTopic, a: Type.String(), b: Type.String(), inBoth: Type.Integer(), same: Type.Integer(), onlyA: Type.Integer(), onlyB: Type.Integer(), differing: Type.Integer(), rows: Type.Array(ReconciledRow) });
export type Reconciliation = Static<typeof Reconciliation>;

/** Dossiers of a period by one side. Units: `overdueShare` 0 to 1 of what was finished; null without any. `before` is the period of the same length before. */
export const DossierLine = Closed({ key: Type.String(), name: Type.String(), received: Type.Integer(), onTime: Type.Integer(), overdue: Type.Integer(), overdueShare: Nullable(Type.Number()), before: Nullable(Type.Number()) });
export const DossierSide = Type.Union([Type.Literal('unit'), Type.Literal('procedure'), Type.Literal('level')]);
export type DossierSide = Static<typeof DossierSide>;
/** `GET /api/v1/dossiers/board?by&from&to`. The highest share overdue first. */
export const DossierBoard = Closed({ at: EpochMs, by: DossierSide, from: Type.String(), to: Type.String(), lines: Type.Array(DossierLine) });
export type DossierBoard = Static<typeof DossierBoard>;
