import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id } from '#contract/base.ts';

const Sdp = Type.String({ maxLength: 40_000 });

/** A picture a person sends from a browser inside the network: a screen, a window, or a local video device such as a capture card. */
export const Share = Closed({
  id: Id,
  label: Type.String({ minLength: 1, maxLength: 120 }),
  kind: Type.Union([Type.Literal('screen'), Type.Literal('device')]),
  by: Type.String(),
  since: EpochMs,
});
export type Share = Static<typeof Share>;

/** What the two browsers must tell each other before pictures flow between them directly. */
export const ShareSignal = Type.Union([
  Closed({ kind: Type.Literal('watch') }),
  Closed({ kind: Type.Literal('leave') }),
  Closed({ kind: Type.Literal('offer'), sdp: Sdp }),
  Closed({ kind: Type.Literal('answer'), sdp: Sdp }),
  Closed({ kind: Type.Literal('candidate'), candidate: Type.String({ maxLength: 2000 }), mid: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]), line: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]) }),
]);
export type ShareSignal = Static<typeof ShareSignal>;

/** A signal as it goes through the server. `to` names the window of a watcher; absent, it goes to the one who shares. */
export const ShareLetter = Closed({ share: Id, to: Type.Optional(Type.String({ maxLength: 64 })), signal: ShareSignal });
/** A signal as it arrives. `from` is the window it came from. */
export const ShareSignalled = Closed({ share: Id, from: Type.String(), signal: ShareSignal });
export type ShareSignalled = Static<typeof ShareSignalled>;

/** Commands of shared pictures; they need an open socket, and a share ends with the socket that began it. */
export const SHARE_COMMANDS = {
  'share.open': { request: Closed({ label: Share.properties.label, kind: Share.properties.kind }), reply: Share, policy: 'staff' },
  'share.close': { request: Closed({ id: Id }), reply: Closed({}), policy: 'staff' },
  'share.signal': { request: ShareLetter, reply: Closed({}), policy: 'wall' },
} as const;
