import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';

const Address = Type.String({ pattern: '^https?://', maxLength: 2000 });
const Secret = Type.String({ minLength: 16, maxLength: 500 });

/** Ways out of the building, as written in `<data>/notification.yaml`; what is absent is not used. */
export const NotificationSettings = Closed({
  email: Type.Optional(Closed({ server: Type.String({ pattern: '^smtps?://' }), from: Type.String({ maxLength: 200 }), requireTls: Type.Optional(Type.Boolean()) })),
  webhook: Type.Optional(Closed({ url: Address, secret: Secret })),
  /** A gateway of the centre's own operator: one address, one bearer, `channel` says SMS or Zalo. */
  sms: Type.Optional(Closed({ url: Address, bearer: Secret })),
  zalo: Type.Optional(Closed({ url: Address, bearer: Secret })),
});
export type NotificationSettings = Static<typeof NotificationSettings>;
