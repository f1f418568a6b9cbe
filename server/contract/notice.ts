import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Nullable } from '#contract/base.ts';

/** Why somebody is told something. */
export const NoticeKind = Type.Union([
  Type.Literal('alert-red'),
  Type.Literal('alert-escalated'),
  Type.Literal('shelve-asked'),
  Type.Literal('step-skipped'),
  Type.Literal('request-sent'),
  Type.Literal('request-nudged'),
  Type.Literal('explanation-asked'),
  Type.Literal('explained'),
  Type.Literal('request-returned'),
  Type.Literal('request-carried-out'),
  Type.Literal('result-refused'),
  Type.Literal('reminder'),
  Type.Literal('reminder-late'),
  Type.Literal('promise-broken'),
  Type.Literal('beyond-authority'),
  Type.Literal('authority-answered'),
]);
export type NoticeKind = Static<typeof NoticeKind>;

/** One thing a person is told; reading it is the receipt. */
export const Notice = Closed({ id: Id, kind: NoticeKind, topic: Type.String(), thing: Id, title: Type.String(), isUrgent: Type.Boolean(), at: EpochMs, readAt: Nullable(EpochMs) });
export type Notice = Static<typeof Notice>;

/** Ways out of the building. */
export const NoticeChannel = Type.Union([Type.Literal('email'), Type.Literal('webhook'), Type.Literal('sms'), Type.Literal('zalo')]);
export type NoticeChannel = Static<typeof NoticeChannel>;

const Hour = Type.Integer({ minimum: 0, maximum: 23 });

/** Hours in which what can wait is held back, of Asia/Ho_Chi_Minh: `from` to before `to`, over midnight when `from` is later. */
export const QuietHours = Closed({ from: Hour, to: Hour });
export type QuietHours = Static<typeof QuietHours>;

/** How a person wants to be told. Urgent notices come through quiet hours; without own ones (null) those of the house hold. */
export const NoticeWish = Closed({
  email: Type.Optional(Type.String({ maxLength: 200, pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' })),
  sms: Type.Optional(Type.String({ maxLength: 20, pattern: '^\\+?[0-9]{8,15}$' })),
  zalo: Type.Optional(Type.String({ maxLength: 64, pattern: '^[A-Za-z0-9]+$' })),
  webhook: Type.Optional(Type.Boolean()),
  isUrgentOnly: Type.Boolean(),
  quiet: Nullable(QuietHours),
});
export type NoticeWish = Static<typeof NoticeWish>;

/** Who was told about a thing, by which way, and whether it arrived. */
export const NoticeReceipt = Closed({
  id: Id,
  name: Type.String(),
  kind: NoticeKind,
  at: EpochMs,
  readAt: Nullable(EpochMs),
  deliveries: Type.Array(Closed({ channel: NoticeChannel, state: Type.String(), sentAt: Nullable(EpochMs), fault: Nullable(Type.String()) })),
});
export type NoticeReceipt = Static<typeof NoticeReceipt>;
