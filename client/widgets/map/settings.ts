import Type, { type Static } from 'typebox';

const Shown = (byDefault: boolean) => Type.Optional(Type.Boolean({ default: byDefault }));

/** What the map shows besides the ground. Everything is shown unless switched off. */
export const settings = Type.Object(
  {
    alerts: Shown(true),
    /** Kinds of alert that are drawn; all without it. */
    alertKinds: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 })),
    feedback: Shown(true),
    cameras: Shown(true),
    sensors: Shown(true),
    /** Layers of readings at places: beds, visitors, air. Without it all of them, quiet kinds only past their bounds. */
    sensorKinds: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 })),
    vehicles: Shown(true),
    traffic: Shown(true),
    /** Incidents, closures, flooded streets, planned events. */
    streets: Shown(true),
    /** Codes of units hatched as ĐỎ. */
    redUnits: Type.Optional(Type.Array(Type.String({ maxLength: 32 }), { maxItems: 500 })),
    inset: Shown(true),
    /** A place in question. Units: degrees [lon, lat]. */
    highlight: Type.Optional(Type.Tuple([Type.Number(), Type.Number()])),
    /** Where to look when the wall has no camera of its own. */
    center: Type.Optional(Type.Tuple([Type.Number(), Type.Number()])),
    zoom: Type.Optional(Type.Number({ minimum: 0, maximum: 22 })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
