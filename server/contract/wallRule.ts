import Type, { type Static } from 'typebox';
import { Closed, Id, Level, Position } from '#contract/base.ts';
import { AlertKind } from '#contract/topics/alert.ts';
import { Name, Rect, Words } from '#contract/wall.ts';

/** What a composition may show of an alert. `cameras` is cut into one tile for each camera, those that see the place first. */
export const ComposedPart = Type.Union([
  Type.Literal('map'),
  Type.Literal('alert'),
  Type.Literal('cameras'),
  Type.Literal('procedure'),
  Type.Literal('feedback'),
  Type.Literal('response'),
]);
export type ComposedPart = Static<typeof ComposedPart>;

/** How an alert stands on one wall. `tiles` are measured from the corner of the zone. Units: wall pixels. */
export const Composition = Closed({
  zone: Rect,
  tiles: Type.Array(Closed({ part: ComposedPart, rect: Rect, most: Type.Optional(Type.Integer({ minimum: 1, maximum: 12 })) }), { minItems: 1, maxItems: 12 }),
});
export type Composition = Static<typeof Composition>;

const ClockTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });

/** When a rule acts: an alert that policy lets through, a time of the week (1 = Monday, Asia/Ho_Chi_Minh), or a service whose source falls into one of these states. */
export const RuleEvent = Type.Union([
  Closed({ event: Type.Literal('alert'), levels: Type.Array(Level, { minItems: 1, maxItems: 4 }), kinds: Type.Optional(Type.Array(AlertKind, { minItems: 1, maxItems: 8 })) }),
  Closed({ event: Type.Literal('schedule'), days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }), at: ClockTime }),
  Closed({ event: Type.Literal('service'), source: Type.String({ minLength: 1, maxLength: 64 }), states: Type.Array(Type.Union([Type.Literal('stale'), Type.Literal('down')]), { minItems: 1, maxItems: 2 }) }),
]);
export type RuleEvent = Static<typeof RuleEvent>;

/** An event and what the wall then shows: a composition for alerts, a scene for times. Units: degrees of zoom, seconds. */
export const WallRule = Closed({
  schema: Type.Literal(1),
  id: Name,
  name: Words,
  isOn: Type.Boolean(),
  when: RuleEvent,
  scene: Type.Optional(Closed({ scene: Name, walls: Type.Array(Name, { minItems: 1, maxItems: 50 }) })),
  compose: Type.Optional(
    Closed({
      zoom: Type.Number({ minimum: 8, maximum: 20 }),
      releaseAfterS: Type.Integer({ minimum: 10, maximum: 86_400 }),
      walls: Type.Record(Name, Composition),
      /** Steps to take, one per line, by the kind of the alert. */
      procedures: Type.Record(Name, Words),
    }),
  ),
});
export type WallRule = Static<typeof WallRule>;

/** A camera found for a place. Units: metres. */
export const FoundCamera = Closed({ id: Id, distanceM: Type.Number({ minimum: 0 }) });
export type FoundCamera = Static<typeof FoundCamera>;

/** What a composition is made of, gathered before the wall is changed. Same facts, same layout. */
export const AlertFacts = Closed({
  id: Id,
  level: Level,
  kind: AlertKind,
  title: Type.String(),
  position: Type.Union([Position, Type.Null()]),
  raisedAt: Type.Integer(),
  isOpen: Type.Boolean(),
  /** Cameras whose view contains the place, nearest first. */
  seeing: Type.Array(FoundCamera),
  /** The nearest cameras, whether they see the place or not. */
  near: Type.Array(FoundCamera),
});
export type AlertFacts = Omit<Static<typeof AlertFacts>, 'position'> & { position: [number, number] | null };
