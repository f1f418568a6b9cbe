import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, itemBase, Line, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';
import { defineTopic } from '#contract/topic.ts';

/** What moves. */
export const VehicleKind = Type.Union([
  Type.Literal('motorbike'),
  Type.Literal('car'),
  Type.Literal('bus'),
  Type.Literal('truck'),
  Type.Literal('police'),
  Type.Literal('ambulance'),
  Type.Literal('fire-engine'),
]);
export type VehicleKind = Static<typeof VehicleKind>;

/** One position of one vehicle; `ref` names the vehicle. Units: km/h, degrees clockwise from north. */
export const VehicleItem = Closed({
  ...itemBase,
  position: Position,
  speedKmh: Type.Number({ minimum: 0, maximum: 400 }),
  headingDeg: Type.Number({ minimum: 0, maximum: 360 }),
  kind: VehicleKind,
});
export type VehicleItem = Static<typeof VehicleItem>;

/** Latest known state of a vehicle. */
export const VehicleState = Closed({
  ref: Type.String(),
  slot: Type.Integer({ minimum: 0 }),
  kind: VehicleKind,
  position: Position,
  speedKmh: Type.Number(),
  headingDeg: Type.Number(),
  unit: Nullable(UnitCode),
  at: EpochMs,
  provenance: Provenance,
});
export type VehicleState = Static<typeof VehicleState>;

export const vehicleTopic = defineTopic({
  name: 'vehicle',
  delivery: 'telemetry',
  item: VehicleItem,
  state: VehicleState,
  prefix: 've',
  example: { key: 'example-vehicle-1', ref: 'bus-01', at: 0, position: [108.2206, 16.0678], speedKmh: 24, headingDeg: 180, kind: 'bus' },
});

/** Speed measured on one road segment of the map. */
export const TrafficItem = Closed({
  ...itemBase,
  segment: Type.String({ minLength: 1, maxLength: 64 }),
  speedKmh: Type.Number({ minimum: 0, maximum: 200 }),
});
export type TrafficItem = Static<typeof TrafficItem>;

/** Latest speed of a segment. `ratio` is speed over free-flow speed. */
export const TrafficState = Closed({
  segment: Type.String(),
  speedKmh: Type.Number(),
  ratio: Type.Number(),
  at: EpochMs,
  provenance: Provenance,
});
export type TrafficState = Static<typeof TrafficState>;

export const trafficTopic = defineTopic({
  name: 'traffic',
  delivery: 'telemetry',
  item: TrafficItem,
  state: TrafficState,
  prefix: 'tr',
  example: { key: 'example-traffic-1', at: 0, segment: 'w35950897.0', speedKmh: 18 },
});

/** One reading of one sensor; `ref` names the sensor. */
export const SensorItem = Closed({
  ...itemBase,
  kind: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9-]+$' }),
  value: Type.Number({ minimum: -1e9, maximum: 1e9 }),
  unitOfMeasure: Line(32),
  name: Type.Optional(Line(200)),
});
export type SensorItem = Static<typeof SensorItem>;

/** From where on a reading is unusual (amber) and grave (red), in its own unit of measure; `worse` says on which side. `isQuiet`: while usual it stays off maps that did not ask for its kind. */
export const SensorBounds = Closed({ worse: Type.Union([Type.Literal('above'), Type.Literal('below')]), amber: Type.Number(), red: Type.Number(), isQuiet: Type.Optional(Type.Boolean()) });
export type SensorBounds = Static<typeof SensorBounds>;

/** Latest reading of a sensor. */
export const SensorState = Closed({
  ref: Type.String(),
  name: Type.String(),
  kind: Type.String(),
  value: Type.Number(),
  unitOfMeasure: Type.String(),
  position: Nullable(Position),
  unit: Nullable(UnitCode),
  at: EpochMs,
  provenance: Provenance,
  /** Absent while no service watches its kind. */
  bounds: Type.Optional(SensorBounds),
  /** The rehearsal that made it up. */
  rehearsal: Type.Optional(Id),
});
export type SensorState = Static<typeof SensorState>;

export const sensorTopic = defineTopic({
  name: 'sensor',
  delivery: 'telemetry',
  item: SensorItem,
  state: SensorState,
  prefix: 'se',
  example: { key: 'example-sensor-1', ref: 'rain-01', at: 0, kind: 'rain', value: 12.5, unitOfMeasure: 'mm/h', position: [108.2, 16.05] },
});
