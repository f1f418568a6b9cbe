import Type, { type Static } from 'typebox';

/**
 * How one field of an item is made from a record. A plain string with `{column}` is a text template, another plain string
 * names a column or a JSON path; the object form adds what the value needs.
 */
export const Rule = Type.Union([
  Type.String({ minLength: 1, maxLength: 500 }),
  Type.Object({ value: Type.Union([Type.String(), Type.Number(), Type.Boolean()]) }, { additionalProperties: false, description: 'a constant' }),
  Type.Object(
    { lon: Type.String({ minLength: 1 }), lat: Type.String({ minLength: 1 }) },
    { additionalProperties: false, description: 'a position from two columns' },
  ),
  Type.Object(
    {
      from: Type.String({ minLength: 1, maxLength: 200 }),
      number: Type.Optional(Type.Union([Type.Literal('point'), Type.Literal('comma')])),
      scale: Type.Optional(Type.Number()),
      time: Type.Optional(Type.String({ minLength: 1, maxLength: 60, description: 'iso, ms, seconds, or a form such as dd/MM/yyyy HH:mm' })),
      zone: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
      table: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
      else: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
      geometry: Type.Optional(Type.Union([Type.Literal('position'), Type.Literal('area')])),
    },
    { additionalProperties: false },
  ),
]);
export type Rule = Static<typeof Rule>;

/** Rules of a source, by field of the item. `key` is a template that names one message. */
export const Mapping = Type.Object(
  {
    key: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    map: Type.Record(Type.String({ pattern: '^[a-zA-Z]+$' }), Rule),
  },
  { additionalProperties: false },
);
export type Mapping = Static<typeof Mapping>;
