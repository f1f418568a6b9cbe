import Type, { type Static } from 'typebox';

/** What this widget may be told by a scene. */
export const settings = Type.Object(
  {
    rows: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code: Type.String({ maxLength: 64 }),
            label: Type.Optional(Type.String({ maxLength: 120 })),
            unitOfMeasure: Type.Optional(Type.String({ maxLength: 24 })),
            target: Type.Optional(Type.Number()),
            sum: Type.Optional(Type.Boolean({ description: 'adds the units up; else their mean' })),
          },
          { additionalProperties: false },
        ),
        { maxItems: 12 },
      ),
    ),
    unit: Type.Optional(Type.String({ maxLength: 32 })),
    list: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('red'), Type.Literal('low')], { description: 'everything, what is ĐỎ, or the list of low achievement' })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof settings>;
