import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Level, Line, Nullable, Provenance, UnitCode } from '#contract/base.ts';
import { Bilingual } from '#contract/red.ts';
import { AlertKind } from '#contract/topics/alert.ts';
import { SensorBounds } from '#contract/topics/telemetry.ts';

/** Dự kiến, đang vướng, thử nghiệm, chính thức. */
export const ServiceLife = Type.Union([Type.Literal('planned'), Type.Literal('blocked'), Type.Literal('pilot'), Type.Literal('official')]);
export type ServiceLife = Static<typeof ServiceLife>;

/** Five official services, four on trial, those that follow. */
export const ServiceGroup = Type.Union([Type.Literal('official'), Type.Literal('trial'), Type.Literal('later')]);

/** A system that a service's figures come from. */
export const ServiceSource = Closed({ id: Type.String(), name: Type.String(), vendor: Nullable(Type.String()) });
export type ServiceSource = Static<typeof ServiceSource>;

/** Where a service stands, since when and why. Shape: `by` null = as its folder says. */
export const ServiceStanding = Closed({ is: ServiceLife, since: EpochMs, reason: Type.String(), by: Nullable(Type.String()), approval: Nullable(Type.String()) });
export type ServiceStanding = Static<typeof ServiceStanding>;

/** How many indicators of a service have a value, by how real it is. */
export const ServiceFigures = Closed({ indicators: Type.Integer(), required: Type.Integer(), real: Type.Integer(), manual: Type.Integer(), simulated: Type.Integer(), empty: Type.Integer(), red: Type.Integer() });

/** A required indicator that no real source speaks for. */
export const MissingSource = Closed({ code: Type.String(), name: Bilingual, source: Type.String() });
export type MissingSource = Static<typeof MissingSource>;

/** The alert a gauge raises at its red bound; it ends at `clear`. Units: minutes the bound must hold. */
export const GaugeAlert = Closed({ code: Type.String({ minLength: 3, maxLength: 40, pattern: '^[a-z0-9-]+$' }), title: Line(200), kind: AlertKind, level: Level, clear: Type.Number(), holdMinutes: Type.Integer({ minimum: 0, maximum: 1440 }) });

/** A kind of reading that a service watches at its places: beds, visitors, air, water. Each kind is a layer of its own on the map. */
export const ServiceGauge = Closed({
  kind: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9-]+$' }),
  name: Bilingual,
  unitOfMeasure: Line(32),
  ...SensorBounds.properties,
  alert: Type.Optional(GaugeAlert),
});
export type ServiceGauge = Static<typeof ServiceGauge>;

/** One service as it stands. `approvalNeeded`: the paper without which it stays off. */
export const ServiceState = Closed({
  id: Type.String(),
  name: Bilingual,
  group: ServiceGroup,
  standing: ServiceStanding,
  isOn: Type.Boolean(),
  approvalNeeded: Nullable(Type.String()),
  vendors: Type.Array(Type.String()),
  sources: Type.Array(ServiceSource),
  scene: Nullable(Type.String()),
  alertKinds: Type.Array(Type.String()),
  procedures: Type.Array(Closed({ code: Type.String(), title: Type.String() })),
  mapLayers: Type.Array(Type.String()),
  gauges: Type.Array(ServiceGauge),
  reportFigures: Type.Array(Type.String()),
  figures: ServiceFigures,
  /** Empty when the service may go to trial or become official. */
  missing: Type.Array(MissingSource),
  history: Type.Array(ServiceStanding),
});
export type ServiceState = Static<typeof ServiceState>;

/** A folder of a service that was not taken. Units: lines from 1. `isKept`: the service goes on with the folder as it was before. */
export const RefusedService = Closed({ service: Type.String(), file: Type.String(), line: Type.Integer(), reason: Type.String(), isKept: Type.Boolean() });
export type RefusedService = Static<typeof RefusedService>;

/** `GET /api/v1/services`. `version`: hash of the folders in force. */
export const ServicesAnswer = Closed({ at: EpochMs, version: Type.String(), items: Type.Array(ServiceState), refused: Type.Array(RefusedService) });
export type ServicesAnswer = Static<typeof ServicesAnswer>;

/** `POST /api/v1/services/:id/state`. `approval`: number and day of the paper that allows a service which needs one. */
export const MoveService = Closed({ state: ServiceLife, reason: Line(500), approval: Type.Optional(Line(200)) });
export type MoveService = Static<typeof MoveService>;

/** One figure as each source tells it. `spread`: highest less lowest; `isDiffering` when they do not agree. */
export const ComparedFigure = Closed({
  code: Type.String(),
  name: Bilingual,
  unitOfMeasure: Bilingual,
  unit: UnitCode,
  period: Type.String(),
  said: Type.Array(Closed({ source: Type.String(), value: Nullable(Type.Number()), at: EpochMs, provenance: Provenance })),
  spread: Type.Number(),
  isDiffering: Type.Boolean(),
});
export type ComparedFigure = Static<typeof ComparedFigure>;

/** One source of a service in real use. Units: `latencyMs` median from the end of a period to its value, 0 when it came before; shares 0 to 1, null without anything to measure. */
export const SourceScore = Closed({
  source: Type.String(),
  name: Type.String(),
  values: Type.Integer(),
  indicators: Type.Integer(),
  latencyMs: Nullable(Type.Number()),
  overdueShare: Nullable(Type.Number()),
  uptime: Nullable(Type.Number()),
  lastAt: Nullable(EpochMs),
  provenance: Type.Union([Provenance, Type.Literal('mixed')]),
});
export type SourceScore = Static<typeof SourceScore>;

/** What a service was used for in one month, as acceptance and payment ask. `uptime` 0 to 1 of its sources' days. */
export const ServiceMonth = Closed({ month: Type.String(), values: Type.Integer(), late: Type.Integer(), units: Type.Integer(), uptime: Nullable(Type.Number()), cases: Type.Integer(), casesClosed: Type.Integer() });
export type ServiceMonth = Static<typeof ServiceMonth>;

/** `GET /api/v1/services/:id/vendors?from&to`. */
export const VendorsAnswer = Closed({ at: EpochMs, service: Type.String(), from: EpochMs, to: EpochMs, scores: Type.Array(SourceScore), compared: Type.Array(ComparedFigure), months: Type.Array(ServiceMonth) });
export type VendorsAnswer = Static<typeof VendorsAnswer>;
