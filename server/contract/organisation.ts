import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable, UnitCode } from '#contract/base.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });

/** A unit as it stood on a day. `successors`: today's units in its place; `validUntil` the day after its last, null = still in force. */
export const TimedUnit = Closed({ id: Type.String(), name: Type.String(), province: UnitCode, validFrom: Nullable(Day), validUntil: Nullable(Day), successors: Type.Array(Closed({ code: UnitCode, name: Type.String() })) });

/** `GET /api/v1/organisation?on&province`. */
export const OrganisationAnswer = Closed({ on: Day, era: Type.Union([Type.Literal('districts'), Type.Literal('two-levels')]), units: Type.Array(TimedUnit) });
export type OrganisationAnswer = Static<typeof OrganisationAnswer>;

/** What is counted by place. */
export const PlaceFigure = Type.Union([Type.Literal('feedback'), Type.Literal('feedback-overdue'), Type.Literal('alerts')]);
export type PlaceFigure = Static<typeof PlaceFigure>;

/** `GET /api/v1/organisation/totals?figure&on&province`. The rows and `unplaced` always add up to `sum`; `isEstimate` rows hold a share of a unit that lies in several. */
export const TotalsAnswer = Closed({
  at: EpochMs,
  on: Day,
  figure: PlaceFigure,
  sum: Type.Integer(),
  unplaced: Type.Integer(),
  rows: Type.Array(Closed({ id: Type.String(), name: Type.String(), total: Type.Integer(), isEstimate: Type.Boolean() })),
});
export type TotalsAnswer = Static<typeof TotalsAnswer>;

/** `GET /api/v1/organisation/map?on&province`: outlines of the units in force on a day; empty for a province whose outlines the product has not. */
export const OrganisationMap = Closed({ on: Day, areas: Type.Array(Closed({ id: Type.String(), name: Type.String(), rings: Type.Array(Type.Array(Type.Tuple([Type.Number(), Type.Number()]))) })) });
export type OrganisationMap = Static<typeof OrganisationMap>;

/** `GET /api/v1/data-sets/:id/map`: outlines of the areas of a data set, with what the letter says of each. Positions `[lon, lat]`. */
export const PilotMap = Closed({
  id: Type.String(),
  name: Type.String(),
  areas: Type.Array(Closed({ name: Type.String(), vendor: Nullable(Type.String()), level: Type.String(), text: Nullable(Closed({ vi: Type.String(), en: Type.String() })), rings: Type.Array(Type.Array(Type.Tuple([Type.Number(), Type.Number()]))) })),
});
export type PilotMap = Static<typeof PilotMap>;
