import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';

/** Topics of the broker that carry one kind of measurement. `+` and `#` as MQTT has them. */
const Subscription = Closed({
  filter: Type.String({ minLength: 1, maxLength: 200 }),
  kind: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9-]+$' }),
  unitOfMeasure: Type.String({ minLength: 1, maxLength: 32 }),
});
export type Subscription = Static<typeof Subscription>;

/** Settings of one broker, as written in `<data>/feeds/<id>.yaml`. */
export const Settings = Closed({
  url: Type.String({ pattern: '^mqtts?://', maxLength: 500 }),
  user: Type.Optional(Type.String({ maxLength: 200 })),
  password: Type.Optional(Type.String({ maxLength: 500 })),
  subscriptions: Type.Array(Subscription, { minItems: 1, maxItems: 100 }),
  /** After this long without a message the source is stale. Units: seconds. */
  promiseS: Type.Number({ minimum: 1, maximum: 864_000 }),
});
export type Settings = Static<typeof Settings>;
