import type { TSchema } from 'typebox';

/** `logged` topics have a sequence number and are never lost; `telemetry` topics keep the latest value and short history. */
export type Delivery = 'logged' | 'telemetry';

/** One row of the door: what may be sent, what is shown, and one valid example for the documentation and the kit. */
export interface Topic<Name extends string = string, Item extends TSchema = TSchema, State extends TSchema = TSchema, How extends Delivery = Delivery> {
  name: Name;
  delivery: How;
  /** What a source sends. */
  item: Item;
  /** The whole public state of the thing, as screens and the log show it. */
  state: State;
  /** Prefix of ids the store gives, e.g. `al` in `al-17`. */
  prefix: string;
  /** One valid item; `at` is set to the present by who posts it. */
  example: object;
}

/** Keeps the exact types of a topic's schemas. */
export function defineTopic<Name extends string, Item extends TSchema, State extends TSchema, How extends Delivery>(
  topic: Topic<Name, Item, State, How>,
): Topic<Name, Item, State, How> {
  return topic;
}

/** A topic that the product writes itself: joined and logged like the others, closed to the door. */
export interface OwnTopic<Name extends string = string, State extends TSchema = TSchema> {
  name: Name;
  delivery: 'logged';
  state: State;
  prefix: string;
}

/** Keeps the exact type of an own topic's state. */
export function defineOwnTopic<Name extends string, State extends TSchema>(topic: OwnTopic<Name, State>): OwnTopic<Name, State> {
  return topic;
}
