import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Line, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';

/** Level of service (mức phục vụ) of an urban street, from free (A) to standstill (F). */
export const ServiceLevel = Type.Union([Type.Literal('A'), Type.Literal('B'), Type.Literal('C'), Type.Literal('D'), Type.Literal('E'), Type.Literal('F')]);
export type ServiceLevel = Static<typeof ServiceLevel>;

/** One stretch of street now. `ofTypical`: speed over what is typical for this hour of such a day. */
export const StreetNow = Closed({
  segment: Type.String(),
  name: Nullable(Type.String()),
  ward: Nullable(UnitCode),
  position: Position,
  speedKmh: Type.Number(),
  typicalKmh: Type.Number(),
  hasHistory: Type.Boolean(),
  level: ServiceLevel,
  ofTypical: Type.Number(),
  at: EpochMs,
  provenance: Provenance,
});
export type StreetNow = Static<typeof StreetNow>;

/** Time along the whole of a named street. Units: seconds; `covered` is the measured share of its length. */
export const CorridorNow = Closed({ name: Type.String(), lengthM: Type.Number(), covered: Type.Number(), seconds: Type.Number(), typicalSeconds: Type.Number(), freeSeconds: Type.Number() });
export type CorridorNow = Static<typeof CorridorNow>;

/** Streets in one view: how many at each level, the worst of them, and corridors by their delay. */
export const TrafficBoard = Closed({
  at: EpochMs,
  measured: Type.Integer(),
  levels: Type.Record(Type.String(), Type.Integer()),
  worst: Type.Array(StreetNow),
  corridors: Type.Array(CorridorNow),
  provenance: Type.Union([Provenance, Type.Literal('mixed'), Type.Null()]),
});
export type TrafficBoard = Static<typeof TrafficBoard>;

/** What keeps a street from its use: an incident, a closure, water, or something planned. */
export const TrafficEventKind = Type.Union([Type.Literal('incident'), Type.Literal('closure'), Type.Literal('flooded'), Type.Literal('planned')]);
export const NewTrafficEvent = Closed({ kind: TrafficEventKind, title: Line(300), position: Position, fromAt: EpochMs, toAt: Nullable(EpochMs) });
export type NewTrafficEvent = Static<typeof NewTrafficEvent>;

/** An event with the stretch of street it lies on, and that stretch's line; a closed or flooded one is not driven. */
export const TrafficEvent = Closed({ ...NewTrafficEvent.properties, id: Id, segment: Nullable(Type.String()), street: Nullable(Type.String()), line: Nullable(Type.Array(Position)), ward: Nullable(UnitCode), by: Type.String(), endedAt: Nullable(EpochMs) });
export type TrafficEvent = Static<typeof TrafficEvent>;

/** What a screen draws of an event: no person, no bookkeeping. */
export const StreetSign = Closed({ id: Id, kind: TrafficEventKind, title: Type.String(), position: Position, line: Nullable(Type.Array(Position)), fromAt: EpochMs, toAt: Nullable(EpochMs) });
export type StreetSign = Static<typeof StreetSign>;

/** A patrol and how soon it can be at a place. `seconds` is null where no street is known; then only the distance counts. Units: seconds, metres. */
export const PatrolNear = Closed({ ref: Type.String(), kind: Type.String(), position: Position, distanceM: Type.Number(), seconds: Nullable(Type.Number()), busyWith: Nullable(Id), at: EpochMs, provenance: Provenance });
export type PatrolNear = Static<typeof PatrolNear>;
