import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelWritten } from '#contract/noticeChannel.ts';
import type { Principal } from '#contract/roles.ts';
import { createTestApp, type TestApp } from '../http/testing/app.ts';
import { asPerson } from '../http/testing/people.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createLog } from '../store/log/log.ts';
import { createNotices } from '../store/notices/notices.ts';
import { createNoticeOutbox } from '../store/notices/outbox.ts';
import { createTeller } from '../store/notices/teller.ts';
import { alertItem, createTestStore, testSeal, testUnits, type TestStore } from '../store/topics/testStore.ts';
import { createWork } from '../store/work/work.ts';
import { openNoticeChannels, type NoticeHouse } from './noticeChannels.ts';

const log = createSilentLog();
const PASSWORD = 'mat-khau-may-thu';
const OPERATOR: Principal = { kind: 'person', id: 'ac-1', name: 'Trực ban', roles: ['operator'], units: null };
const mail = (port: number, more: Partial<ChannelWritten> = {}): ChannelWritten => ({ isOn: true, address: `smtp://127.0.0.1:${port}`, from: 'Toàn Cảnh <ioc@example.org>', user: 'ioc', requireTls: false, secret: PASSWORD, rev: 0, ...more });

describe('ways out that an administrator declares', () => {
  let store: TestStore;
  let house: NoticeHouse;
  let http: TestApp;
  let smtp: SMTPServer;
  let mails: string[];
  let port: number;

  const ask = async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, body?: object, person = 'admin') => {
    const answer = await http.app.inject({ method, url, headers: asPerson(person), ...(body ? { payload: body } : {}) });
    return { status: answer.statusCode, body: answer.json(), text: answer.body };
  };
  const put = (body: object, channel = 'email') => ask('PUT', `/api/v1/notice-channels/${channel}`, body);
  const test = (to: string, channel = 'email') => ask('POST', `/api/v1/notice-channels/${channel}/test`, { to });

  beforeAll(async () => {
    store = await createTestStore('embedded');
    smtp = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => (username === 'ioc' && password === PASSWORD ? done(null, { user: username }) : done(new Error('535 wrong'))),
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('khong-co') ? new Error('no such mailbox') : null),
      onData(stream, _session, done) {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => done(null, void mails.push(Buffer.concat(parts).toString('utf8')) as never));
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    port = (smtp.server.address() as AddressInfo).port;
    house = await openNoticeChannels({ engine: store.engine, seal: testSeal, clock: { now: store.clock.now, realNow: store.clock.now }, log, file: { zalo: { url: 'https://cong-zalo.example', bearer: 'bearer-trong-tep-0001' } }, fetchIt: fetch });
    http = await createTestApp((deps) => ({ ...deps, noticeChannels: house.port }));
  });
  beforeEach(async () => {
    mails = [];
    await house.port.remove(OPERATOR, 'email');
  });
  afterAll(async () => {
    await http.close();
    await house.close();
    await new Promise<void>((resolve) => smtp.close(resolve));
    await store.close();
  });

  it('is written once, tried, and never says its secret again', async () => {
    const written = await put(mail(port));
    expect(written.body, written.text).toMatchObject({ channel: 'email', origin: 'form', hasSecret: true, rev: 1, text: { isOn: true, user: 'ioc' } });
    const tried = await test('can-bo@example.org');
    expect(tried.body).toMatchObject({ to: 'can-bo@example.org', flaw: null, detail: null });
    expect(mails).toHaveLength(1);
    expect((await put(mail(port, { secret: undefined as never, rev: 1, from: 'ioc@example.org' }))).body).toMatchObject({ rev: 2, hasSecret: true });
    expect((await test('can-bo@example.org')).body.flaw).toBeNull();
    const board = await ask('GET', '/api/v1/notice-channels');
    expect(board.body.items.map(({ channel, origin }: { channel: string; origin: string }) => `${channel} ${origin}`)).toEqual(['email form', 'webhook none', 'sms none', 'zalo file']);
    expect(board.body.items[0].test).toMatchObject({ flaw: null });
    expect([written.text, board.text, tried.text].join()).not.toContain(PASSWORD);
    expect(board.text).not.toContain('bearer-trong-tep');
    const [row] = await store.engine.query<{ sealed: Uint8Array; body: string }>('select sealed, body::text as body from notice_channel');
    expect(Buffer.from(row!.sealed).toString('latin1') + row!.body).not.toContain(PASSWORD);
    const acts = await store.engine.query<{ action: string }>(`select distinct action from audit_log where action like 'notice-channel.%' order by action`);
    expect(acts.map(({ action }) => action)).toEqual(expect.arrayContaining(['notice-channel.test', 'notice-channel.write']));
  });

  it.each([
    ['a wrong password', { secret: 'khong-phai-mat-khau' }, 'can-bo@example.org', 'sign-in'],
    ['a mailbox that is not there', {}, 'khong-co@example.org', 'address'],
    ['a server without encryption when it is required', { requireTls: true }, 'can-bo@example.org', 'certificate'],
    ['nobody listening', { address: 'smtp://127.0.0.1:1' }, 'can-bo@example.org', 'unreachable'],
  ])('says of %s what is wrong', async (_name, change, to, flaw) => {
    expect((await put(mail(port, change))).status).toBe(200);
    const tried = await test(to);
    expect([tried.status, tried.body.flaw]).toEqual([200, flaw]);
    expect(tried.body.detail).not.toContain(PASSWORD);
    expect(mails).toEqual([]);
    expect((await ask('GET', '/api/v1/notice-channels')).body.items[0].test).toMatchObject({ flaw, to });
  });

  it.each([
    ['email', { address: 'https://mail.example' }, '/address'],
    ['email', { from: 'Toàn Cảnh' }, '/from'],
    ['email', { secret: undefined }, '/secret'],
    ['webhook', { address: 'smtp://mail.example:25' }, '/address'],
    ['sms', { address: 'https://cong-sms.example', secret: 'ngan' }, '/secret'],
  ])('refuses %s with %j and keeps what was there', async (channel, change, pointer) => {
    const answer = await put({ ...mail(port), ...change }, channel);
    expect([answer.status, answer.body.fault.code, answer.body.fault.pointer]).toEqual([422, 'NOTICE_CHANNEL', pointer]);
    expect((await ask('GET', '/api/v1/notice-channels')).body.items[0]).toMatchObject({ origin: 'none', rev: 0 });
  });

  it('is for an administrator of the whole house, and a change by another is not overwritten', async () => {
    for (const person of ['operator', 'ward-officer', 'leader']) expect((await ask('GET', '/api/v1/notice-channels', undefined, person)).status, person).toBe(403);
    expect((await put(mail(port))).status).toBe(200);
    expect((await put(mail(port, { from: 'khac@example.org' }))).body.fault.code).toBe('STATE_CONFLICT');
    expect((await test('ai@example.org', 'sms')).body.fault.code).toBe('NOT_FOUND');
  });

  it('a webhook and a gateway take their test with signature and bearer', async () => {
    const calls: { headers: NodeJS.Dict<string | string[]>; body: { channel?: string; kind?: string } }[] = [];
    const gate = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => (calls.push({ headers: request.headers, body: JSON.parse(body) }), response.writeHead(request.headers.authorization === 'Bearer sai-ma-bearer-0001' ? 401 : 204).end()));
    });
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(gate.address() as AddressInfo).port}/tin`;
    await put(mail(0, { address, secret: 'khoa-ky-cua-webhook' }), 'webhook');
    await put(mail(0, { address, secret: 'ma-bearer-cua-cong-1' }), 'sms');
    expect([(await test('webhook', 'webhook')).body.flaw, (await test('+84900000000', 'sms')).body.flaw]).toEqual([null, null]);
    expect(calls.map(({ body }) => body.kind ?? body.channel)).toEqual(['test', 'sms']);
    expect(calls[0]!.headers['x-ioc-signature']).toMatch(/^sha256=/);
    await put(mail(0, { address, secret: 'sai-ma-bearer-0001', rev: 1 }), 'sms');
    expect((await test('+84900000000', 'sms')).body).toMatchObject({ flaw: 'sign-in', detail: 'HTTP 401' });
    await Promise.all((['webhook', 'sms'] as const).map((channel) => house.port.remove(OPERATOR, channel)));
    gate.close();
  });

  it('takes messages from the moment it is declared, and holds back in the quiet hours of the house, without a restart', async () => {
    const eventLog = await createLog(store.engine, { log, pollMs: 20 });
    const teller = createTeller({ engine: store.engine, log: eventLog, ways: house, subtree: testUnits.subtree, logger: log, lookMs: 1e9 });
    const outbox = createNoticeOutbox({ engine: store.engine, channels: house.open, clock: store.clock, logger: log, lookMs: 1e9 });
    const notices = createNotices({ engine: store.engine, clock: store.clock, ways: house });
    const [row] = await store.engine.query<{ id: number }>(`insert into account (login, name, position, roles, units, password_hash, created_at) values ('can-bo', 'can-bo', 'Cán bộ', '{unit-officer}', '{20242}', 'x', 0) returning id`);
    await notices.setWish(`ac-${row!.id}`, { email: 'can-bo@example.org', isUrgentOnly: false, quiet: null });
    await teller.look();
    const assign = async (key: string, level = 2) => {
      const [taken] = await store.send('alert', [alertItem({ key, level })]);
      const done = await createWork({ engine: store.engine, clock: store.clock, log, units: testUnits })['alert.assign']!(OPERATOR, { id: taken!.id!, unit: '20242' });
      if (!done.ok) throw new Error(done.fault.code);
      const [head] = await store.engine.query<{ seq: number }>('select seq from event_head');
      await expect.poll(() => eventLog.head()).toBe(head!.seq);
      await teller.look();
    };
    await assign('kenh-1');
    expect(await outbox.look()).toBe(0);
    await put(mail(port));
    await assign('kenh-2');
    expect(await outbox.look()).toBe(1);
    const hour = (Math.floor(store.clock.now() / 3_600_000) + 7) % 24;
    expect((await ask('PUT', '/api/v1/notice-quiet', { quiet: { from: hour, to: (hour + 2) % 24 } })).status).toBe(200);
    await assign('kenh-3');
    await assign('kenh-4', 1);
    expect(await outbox.look()).toBe(1);
    store.clock.move({ at: store.clock.now() + 2 * 3_600_000 });
    expect(await outbox.look()).toBe(1);
    expect(mails).toHaveLength(3);
    await ask('PUT', '/api/v1/notice-quiet', { quiet: null });
    await Promise.all([teller.close(), outbox.close(), eventLog.close()]);
  });
});
