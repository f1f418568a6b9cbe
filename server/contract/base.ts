import Type, { type Static, type TSchema } from 'typebox';

/** How many pictures one act or one report may carry. */
export const MOST_PICTURES = 10;

/** A moment. Shape: integer. Units: epoch ms UTC. */
export const EpochMs = Type.Integer({ minimum: 0, maximum: 8640000000000000, description: 'epoch ms UTC' });

/** A place on Earth. Shape: [lon, lat]. Units: degrees WGS84. */
export const Position = Type.Tuple([Type.Number({ minimum: -180, maximum: 180 }), Type.Number({ minimum: -90, maximum: 90 })], {
  description: '[lon, lat] WGS84',
});
export type Position = [number, number];

/** Where a value comes from: measured, simulated, or typed by a person. */
export const Provenance = Type.Union([Type.Literal('real'), Type.Literal('simulated'), Type.Literal('manual')]);
export type Provenance = Static<typeof Provenance>;

/** Provenance of a tile that may show several sources. */
export type MixedProvenance = Provenance | 'mixed';

/** Priority of an alert; 1 is shown as ĐỎ. */
export const Level = Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)]);
export type Level = Static<typeof Level>;

/** Official code of a unit of the organisation (ward, commune, special zone, agency). */
export const UnitCode = Type.String({ minLength: 1, maxLength: 32, pattern: '^[A-Za-z0-9.-]+$' });

/** Name of one message of one source: the idempotency key. */
export const MessageKey = Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000-\\u001f]+$' });

/** Identity given by the store: `<topic prefix>-<number>`. */
export const Id = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });

/** A line of text written by a person or a source; always shown as text. */
export const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength });

/** Closed object: unknown properties are refused. */
export const Closed = <P extends Record<string, TSchema>>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) });

/** A value that may be unknown. */
export const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** What every item at the door carries. `at` is when it happened in the source. */
export const itemBase = {
  key: MessageKey,
  ref: Type.Optional(MessageKey),
  at: EpochMs,
  provenance: Type.Optional(Provenance),
  unit: Type.Optional(UnitCode),
  position: Type.Optional(Position),
};
