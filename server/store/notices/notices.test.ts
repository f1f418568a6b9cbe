import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NoticeWish, QuietHours } from '#contract/notice.ts';
import type { Principal } from '#contract/roles.ts';
import type { Channel, NoticeWays, OutgoingMessage } from '../../domain/ports/notices.ts';
import { wholeScope } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createLog } from '../log/log.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { alertItem, createTestStore, testUnits, type TestStore } from '../topics/testStore.ts';
import { createWork } from '../work/work.ts';
import { createNotices } from './notices.ts';
import { createNoticeOutbox } from './outbox.ts';
import { createTeller } from './teller.ts';

const logger = createSilentLog();
const OPERATOR: Principal = { kind: 'person', id: 'ac-1', name: 'Trực ban', roles: ['operator'], units: null };

describe.each(testEngineKinds())('notices on %s', (kind) => {
  let store: TestStore;
  let log: Awaited<ReturnType<typeof createLog>>;
  let officer: string;
  let sent: OutgoingMessage[];
  const houseQuiet: QuietHours | null = null;

  const person = async (name: string, roles: string[], units: string[] | null) => {
    const [row] = await store.engine.query<{ id: number }>(`insert into account (login, name, position, roles, units, password_hash, created_at) values ($1, $1, 'Cán bộ', $2, $3, 'x', 0) returning id`, [name, roles, units]);
    return `ac-${row!.id}`;
  };
  const channel = (more: Partial<Channel> = {}): Channel => ({ name: 'email', isRepeatable: false, send: async (message) => void sent.push(message), ...more });
  const ways: NoticeWays = { names: () => ['email', 'webhook'], quiet: () => houseQuiet };
  const teller = () => createTeller({ engine: store.engine, log, ways, subtree: testUnits.subtree, logger, lookMs: 1e9 });
  const outbox = (one: Channel) => createNoticeOutbox({ engine: store.engine, channels: () => [one], clock: store.clock, logger, lookMs: 1e9 });
  const notices = () => createNotices({ engine: store.engine, clock: store.clock, ways });
  const wish = (more: Partial<NoticeWish>) => notices().setWish(officer, { isUrgentOnly: false, quiet: null, ...more });
  const caughtUp = async () => {
    const [row] = await store.engine.query<{ seq: number }>('select seq from event_head');
    await expect.poll(() => log.head()).toBe(row!.seq);
  };
  const assign = async (key: string, level = 2) => {
    const [taken] = await store.send('alert', [alertItem({ key, level })]);
    const work = createWork({ engine: store.engine, clock: store.clock, log: logger, units: testUnits });
    const done = await work['alert.assign']!(OPERATOR, { id: taken!.id!, unit: '20242' });
    if (!done.ok) throw new Error(done.fault.code);
    await caughtUp();
    return done.value.request.id;
  };
  const states = () => store.engine.query<{ state: string; tries: number }>('select state, tries from notice_delivery order by n');

  beforeAll(async () => {
    store = await createTestStore(kind);
    log = await createLog(store.engine, { log: logger, pollMs: 20 });
    await person('truc-ban', ['operator'], null);
    officer = await person('can-bo', ['unit-officer'], ['20242']);
    await person('can-bo-khac', ['unit-officer'], ['20263']);
    await teller().look();
  });
  beforeEach(async () => {
    sent = [];
    await store.engine.query('delete from notice');
  });
  afterAll(async () => {
    await log.close();
    await store.close();
  });

  it('tells exactly the officers of the unit, once, whoever looks and however often', async () => {
    const request = await assign('a-1');
    const told = await Promise.all([teller().look(), teller().look()]);
    expect(told.reduce((sum, count) => sum + count)).toBe(1);
    expect(await teller().look()).toBe(0);
    const list = await notices().list(officer, 10);
    expect(list).toMatchObject({ ok: true, value: { unread: 1, items: [{ kind: 'request-sent', topic: 'handling-request', thing: request, readAt: null }] } });
  });

  it('keeps the receipt of who read it', async () => {
    const request = await assign('a-2');
    await teller().look();
    const list = await notices().list(officer, 10);
    const id = list.ok ? list.value.items[0]!.id : '';
    expect(await notices().read('ac-999', id)).toMatchObject({ fault: { code: 'NOT_FOUND' } });
    expect(await notices().read(officer, id)).toMatchObject({ ok: true, value: { readAt: store.clock.now() } });
    expect(await notices().receipts(wholeScope('test'), 'handling-request', request)).toMatchObject({ ok: true, value: [{ name: 'can-bo', kind: 'request-sent', readAt: store.clock.now() }] });
    expect(await notices().receipts(wholeScope('test'), 'handling-request', 'hr-999')).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  });

  it('sends one message, and none again after a restart', async () => {
    await wish({ email: 'can-bo@example.org' });
    await assign('a-3');
    await teller().look();
    const first = outbox(channel());
    expect(await first.look()).toBe(1);
    await first.close();
    expect(await outbox(channel()).look()).toBe(0);
    expect(sent).toMatchObject([{ address: 'can-bo@example.org', kind: 'request-sent' }]);
    expect(await states()).toEqual([{ state: 'sent', tries: 1 }]);
  });

  it('after a crash between sending and noting, an e-mail is not sent twice, and a webhook is sent under the same id', async () => {
    await wish({ email: 'can-bo@example.org' });
    await assign('a-4');
    await teller().look();
    const dying = channel({ send: async (message) => void (sent.push(message), await new Promise(() => undefined)) });
    void outbox(dying).look();
    await expect.poll(() => sent.length).toBe(1);
    store.clock.move({ at: store.clock.now() + 6 * 60_000 });
    expect(await outbox(channel()).look()).toBe(0);
    expect(await states()).toEqual([{ state: 'unknown', tries: 1 }]);
    expect(sent).toHaveLength(1);

    await store.engine.query(`update notice_delivery set state = 'sending', channel = 'webhook', due_at = 0`);
    expect(await outbox(channel({ name: 'webhook', isRepeatable: true })).look()).toBe(1);
    expect(sent[1]!.id).toBe(sent[0]!.id);
  });

  it('two nodes never send the same message', async () => {
    await wish({ email: 'can-bo@example.org' });
    await assign('a-5');
    await assign('a-6');
    await teller().look();
    await Promise.all([outbox(channel()).look(), outbox(channel()).look()]);
    expect(sent.map(({ id }) => id).sort()).toEqual([...new Set(sent.map(({ id }) => id))].sort());
    expect(sent).toHaveLength(2);
  });

  it('tries again later when the other side is down, and gives up in the end', async () => {
    await wish({ email: 'can-bo@example.org' });
    await assign('a-7');
    await teller().look();
    const down = outbox(channel({ send: () => Promise.reject(new Error('ECONNREFUSED')) }));
    for (let turn = 0; turn < 8; turn += 1) {
      expect(await down.look()).toBe(0);
      store.clock.move({ at: store.clock.now() + 2 * 3_600_000 });
    }
    expect(await states()).toEqual([{ state: 'failed', tries: 8 }]);
  });

  it('waits for the end of quiet hours, but not with what is urgent', async () => {
    const hour = (Math.floor(store.clock.now() / 3_600_000) + 7) % 24;
    await wish({ email: 'can-bo@example.org', quiet: { from: hour, to: (hour + 2) % 24 } });
    await assign('a-8');
    await assign('a-9', 1);
    await teller().look();
    expect(await outbox(channel()).look()).toBe(1);
    expect(sent[0]!.isUrgent).toBe(true);
    store.clock.move({ at: store.clock.now() + 2 * 3_600_000 });
    expect(await outbox(channel()).look()).toBe(1);
  });
});
