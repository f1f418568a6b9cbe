import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Nullable } from '#contract/base.ts';
import { NoticeChannel, QuietHours } from '#contract/notice.ts';

/**
 * A way out of the building as an administrator declares it, without its secret. Shape: `address` is `smtp(s)://host:port` for
 * e-mail and `http(s)://…` for the others; `from`, `user` and `requireTls` are of e-mail only.
 */
export const ChannelText = Closed({
  isOn: Type.Boolean(),
  address: Type.String({ minLength: 1, maxLength: 2000, pattern: '^\\S+$' }),
  from: Type.String({ maxLength: 200, pattern: '^[^\\r\\n]*$' }),
  user: Type.String({ maxLength: 200, pattern: '^[^\\r\\n]*$' }),
  requireTls: Type.Boolean(),
});
export type ChannelText = Static<typeof ChannelText>;

/** A declaration as it is sent. An absent secret keeps the one in use; `rev` is the one that was read, 0 for the first. */
export const ChannelWritten = Closed({ ...ChannelText.properties, secret: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })), rev: Type.Integer({ minimum: 0 }) });
export type ChannelWritten = Static<typeof ChannelWritten>;

/** Why a message did not leave. */
export const ChannelFlaw = Type.Union([
  Type.Literal('unreachable'),
  Type.Literal('timeout'),
  Type.Literal('sign-in'),
  Type.Literal('certificate'),
  Type.Literal('address'),
  Type.Literal('refused'),
]);
export type ChannelFlaw = Static<typeof ChannelFlaw>;

/** What came of a test message. `detail`: what the other side said. Units: ms. */
export const ChannelTest = Closed({ at: EpochMs, to: Type.String(), ms: Type.Integer(), flaw: Nullable(ChannelFlaw), detail: Nullable(Type.String()) });
export type ChannelTest = Static<typeof ChannelTest>;

/** A way out with how it does. `origin`: declared here, in `notification.yaml`, or nowhere. Counts are of the last day. */
export const ChannelState = Closed({
  channel: NoticeChannel,
  origin: Type.Union([Type.Literal('form'), Type.Literal('file'), Type.Literal('none')]),
  text: Nullable(ChannelText),
  hasSecret: Type.Boolean(),
  rev: Type.Integer(),
  changedAt: Nullable(EpochMs),
  changedBy: Nullable(Type.String()),
  test: Nullable(ChannelTest),
  sent: Type.Integer(),
  waiting: Type.Integer(),
  failed: Type.Integer(),
});
export type ChannelState = Static<typeof ChannelState>;

/** All ways out, and the quiet hours of whoever chose none of their own. */
export const ChannelBoard = Closed({ items: Type.Array(ChannelState), quiet: Nullable(QuietHours) });
export type ChannelBoard = Static<typeof ChannelBoard>;
