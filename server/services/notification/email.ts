import { createTransport } from 'nodemailer';
import type { Channel } from '../../domain/ports/notices.ts';
import { bodyOf, subjectOf } from './message.ts';
import type { NotificationSettings } from './settings.ts';

const TIMEOUT_MS = 15_000;

/** E-mail by SMTP. Its id is the Message-ID, but nobody promises to look at it: a message of unknown fate is not sent again. */
export function createEmail({ server, from, requireTls = false }: NonNullable<NotificationSettings['email']>): Channel {
  const { hostname, port, username, password, protocol } = new URL(server);
  const transport = createTransport({
    host: hostname,
    port: Number(port) || (protocol === 'smtps:' ? 465 : 587),
    secure: protocol === 'smtps:',
    requireTLS: requireTls,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'email',
    isRepeatable: false,
    async send(message) {
      await transport.sendMail({ from, to: message.address, subject: subjectOf(message), text: bodyOf(message), messageId: `<${message.id}.${message.at}@toan-canh>`, headers: message.isUrgent ? { importance: 'high' } : {} });
    },
    close: () => transport.close(),
  };
}
