import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import type { OutgoingMessage } from '../../domain/ports/notices.ts';
import { createChannels } from './channels.ts';
import type { NotificationSettings } from './settings.ts';

const MESSAGE: OutgoingMessage = { id: 'nd-7', address: 'can-bo@example.org', kind: 'request-sent', title: 'Kiểm tra điểm ngập\nđường Nguyễn Văn Linh', isUrgent: true, at: Date.UTC(2026, 9, 5, 3) };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function channelOf(settings: NotificationSettings) {
  const [channel] = createChannels(settings, fetch);
  closing.push(() => channel!.close?.());
  return channel!;
}

async function startMail(refuses = false): Promise<{ url: string; mails: string[] }> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refuses ? new Error('no such mailbox') : null),
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => done(null, void mails.push(Buffer.concat(parts).toString('utf8')) as never));
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails };
}

async function startGate(status = 200): Promise<{ url: string; calls: { headers: Record<string, unknown>; body: Record<string, unknown> }[] }> {
  const calls: { headers: Record<string, unknown>; body: Record<string, unknown> }[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      calls.push({ headers: request.headers, body: JSON.parse(body) as Record<string, unknown> });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/gate`, calls };
}

test('an e-mail arrives with its Vietnamese subject on one line and an id of its own', async () => {
  const { url, mails } = await startMail();
  const email = await channelOf({ email: { server: url, from: 'Toàn Cảnh <ioc@example.org>' } });
  await email.send(MESSAGE);
  expect(mails).toHaveLength(1);
  const subject = /^Subject: ([\s\S]*?)\r?\n(?! )/m.exec(mails[0]!)![1]!.replace(/\?=\s+=\?UTF-8\?Q\?/gi, '');
  const words = decodeURIComponent(subject.replace(/^=\?UTF-8\?Q\?|\?=$/gi, '').replaceAll('_', ' ').replaceAll('=', '%'));
  expect(words).toBe('[Toàn Cảnh] Yêu cầu xử lý mới: Kiểm tra điểm ngập đường Nguyễn Văn Linh');
  expect(mails[0]).toMatch(/Message-ID: <nd-7\.\d+@toan-canh>/i);
});

test('a mail server that refuses is a failure, not a message that left', async () => {
  const { url, mails } = await startMail(true);
  const email = await channelOf({ email: { server: url, from: 'ioc@example.org' } });
  await expect(email.send(MESSAGE)).rejects.toThrow();
  expect(mails).toEqual([]);
});

test('a webhook is signed and carries the same id every time', async () => {
  const { url, calls } = await startGate();
  const webhook = await channelOf({ webhook: { url, secret: 'a-secret-of-the-test' } });
  await webhook.send(MESSAGE);
  await webhook.send(MESSAGE);
  expect(calls.map(({ headers }) => headers['idempotency-key'])).toEqual(['nd-7', 'nd-7']);
  expect(calls[0]!.headers['x-ioc-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(calls[0]!.body).toEqual({ id: 'nd-7', kind: 'request-sent', title: MESSAGE.title, isUrgent: true, at: MESSAGE.at });
});

test.each(['sms', 'zalo'] as const)('the gateway takes %s with a bearer; a refusal is a failure', async (name) => {
  const open = await startGate();
  const channel = await channelOf({ [name]: { url: open.url, bearer: 'bearer-of-the-test' } });
  await channel.send({ ...MESSAGE, address: '+84900000000' });
  expect(open.calls[0]).toMatchObject({ headers: { authorization: 'Bearer bearer-of-the-test' }, body: { channel: name, to: '+84900000000' } });
  const shut = await startGate(500);
  await expect((await channelOf({ [name]: { url: shut.url, bearer: 'bearer-of-the-test' } })).send(MESSAGE)).rejects.toThrow('HTTP 500');
});
