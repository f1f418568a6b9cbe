import type { NoticeChannel } from '#contract/notice.ts';
import type { ChannelText } from '#contract/noticeChannel.ts';
import type { NotificationSettings } from './settings.ts';

const LEAST_SECRET = 16;
/** A user and a password do not belong into an address: it is shown. */
const isSmtp = /^smtps?:\/\/[^/\s@]+$/;
const isWeb = /^https?:\/\/[^/\s@]+(\/[^\s]*)?$/;

/** The part of a declaration that its channel can not work with, or undefined. */
export function wrongPart(channel: NoticeChannel, { address, from, user }: ChannelText, secret: string | null): 'address' | 'from' | 'secret' | undefined {
  if (!(channel === 'email' ? isSmtp : isWeb).test(address) || !URL.canParse(address)) return 'address';
  if (channel !== 'email') return (secret?.length ?? 0) < LEAST_SECRET ? 'secret' : undefined;
  if (!from.includes('@')) return 'from';
  return user !== '' && secret === null ? 'secret' : undefined;
}

/** A declaration as its channel is opened with. */
export function settingsOf({ channel, text, secret }: { channel: NoticeChannel; text: ChannelText; secret: string | null }): NotificationSettings {
  if (channel === 'webhook') return { webhook: { url: text.address, secret: secret ?? '' } };
  if (channel !== 'email') return { [channel]: { url: text.address, bearer: secret ?? '' } };
  const server = new URL(text.address);
  if (text.user !== '') [server.username, server.password] = [encodeURIComponent(text.user), encodeURIComponent(secret ?? '')];
  return { email: { server: server.href, from: text.from, requireTls: text.requireTls } };
}
