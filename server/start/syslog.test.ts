import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { SECURITY_DEFAULTS } from '../domain/account/securitySettings.ts';
import { openTls } from '../http/tls.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createSyslog, syslogFrame, type Syslog } from './syslog.ts';

const LINE = { n: 7, at: Date.parse('2026-11-22T03:04:05.006Z'), actor: 'ac-1', action: 'session.refuse', object: 'a"b]c\\d' };

const opened: { folder?: string; server?: Server; syslog?: Syslog } = {};
afterEach(async () => {
  await opened.syslog?.close();
  opened.server?.close();
  if (opened.folder) rmSync(opened.folder, { recursive: true, force: true });
});

/** A log server with a certificate of its own authority; keeps whatever it is told. */
async function logServer() {
  const folder = (opened.folder = mkdtempSync(join(tmpdir(), 'toan-canh-syslog-')));
  const { tls, localCa } = openTls({ dataFolder: folder, host: '127.0.0.1', now: Date.now() });
  let told = '';
  const server = (opened.server = createServer({ ...tls, minVersion: 'TLSv1.2' }, (socket) => socket.on('error', () => undefined).setEncoding('utf8').on('data', (text: string) => (told += text))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { told: () => told, target: { host: '127.0.0.1', port: (server.address() as AddressInfo).port, ca: localCa?.certificate ?? '' } };
}

test('a line is written as RFC 5424 wants it, counted in octets, with nothing to break out of', () => {
  const frame = syslogFrame(LINE, 'may-chu').toString();
  const [, length, message] = /^(\d+) ([\s\S]*)$/.exec(frame)!;
  expect(Buffer.byteLength(message!)).toBe(Number(length));
  expect(message).toBe('<108>1 2026-11-22T03:04:05.006Z may-chu toan-canh - session.refuse [ioc@32473 n="7" actor="ac-1" action="session.refuse" object="a\\"b\\]c\\\\d"] \uFEFFsession.refuse a"b]c\\d');
  expect(syslogFrame({ ...LINE, action: 'alert.close' }, 'm').toString()).toContain('<109>1 ');
});

test('every line reaches the log server over TLS, in order, and the page says so', async () => {
  const { told, target } = await logServer();
  const lines = Array.from({ length: 5 }, (_, index) => ({ ...LINE, n: index + 1, action: 'alert.close', object: `al-${index + 1}` }));
  const syslog = (opened.syslog = createSyslog({ settings: async () => ({ ...SECURITY_DEFAULTS, syslog: target }), linesAfter: async (n) => lines.filter((line) => line.n > n), newest: async () => 0, log: createSilentLog() }));
  await expect.poll(syslog.state, { timeout: 15_000 }).toBe('sending');
  await expect.poll(() => [...told().matchAll(/object="(al-\d)"/g)].map(([, object]) => object), { timeout: 15_000 }).toEqual(['al-1', 'al-2', 'al-3', 'al-4', 'al-5']);
});

test('a log server with a foreign certificate is told nothing, and the page says so', async () => {
  const { told, target } = await logServer();
  const syslog = (opened.syslog = createSyslog({ settings: async () => ({ ...SECURITY_DEFAULTS, syslog: { ...target, ca: '' } }), linesAfter: async () => [LINE], newest: async () => 0, log: createSilentLog() }));
  await expect.poll(syslog.state, { timeout: 15_000 }).toBe('failing');
  expect(told()).toBe('');
});
