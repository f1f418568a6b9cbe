import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LogEntry } from '#contract/entry.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { LogPage } from '../../domain/ports/log.ts';
import type { Outcome } from '#contract/faults.ts';
import { scopeOf, wholeScope } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { alertTable } from '../topics/alert.ts';
import { alertItem, createTestStore, testUnits, TEST_NOW, type TestStore } from '../topics/testStore.ts';
import { appendEntries, entryOf } from './append.ts';
import { createLog, renewEpoch } from './log.ts';

const all = wholeScope('test');
const wardScope = (code: string) => scopeOf({ kind: 'person', id: 'u', name: 'u', roles: ['unit-officer'], units: [code] }, testUnits.subtree);

function valueOf(outcome: Outcome<LogPage>): LogPage {
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}

/** Resolves once the follower has been given `count` entries. */
function collect(log: Awaited<ReturnType<typeof createLog>>, count: number): Promise<LogEntry[]> {
  const got: LogEntry[] = [];
  return new Promise((resolve) => {
    const stop = log.follow((entries) => {
      got.push(...entries);
      if (got.length < count) return;
      stop();
      resolve(got);
    });
  });
}

describe.each(testEngineKinds())('the log on %s', (kind) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await createTestStore(kind);
  });
  afterAll(() => store.close());
  beforeEach(() => store.test.empty(['event_head']));

  const open = (engine: Engine = store.engine) => createLog(engine, { log: createSilentLog(), pollMs: 20 });
  const deaf = (): Engine => ({ ...store.engine, listen: async () => ({ close: () => {} }) });
  const items = (prefix: string, count: number, more: object = {}) => Array.from({ length: count }, (_, i) => alertItem({ key: `${prefix}-${i}`, ...more }));

  test('an accepted alert is one entry that can be read with its whole state', async () => {
    const log = await open();
    const [result] = await store.send('alert', [alertItem()]);
    expect(result).toMatchObject({ status: 'accepted', epoch: log.epoch(), key: 'a-1' });
    const page = await log.read({ topics: ['alert'], after: null, limit: 10, scope: all });
    expect(page).toMatchObject({
      ok: true,
      value: { head: result!.seq, entries: [{ seq: result!.seq, topic: 'alert', key: 'a-1', id: result!.id, rev: 1, at: TEST_NOW }] },
    });
    const [kept] = await alertTable.read(store.engine, [result!.id!]);
    const { comments, attachments, procedure, shelveAsk, rehearsal, ...whole } = kept!.state;
    expect([comments, attachments, procedure, shelveAsk, rehearsal]).toEqual([null, null, null, null, null]);
    expect(valueOf(page).entries[0]!.body).toEqual(whole);
    await log.close();
  });

  test('free text is not in the log, and follows the row when it is erased', async () => {
    const log = await open();
    const [{ id } = { id: '' }] = await store.send('alert', [alertItem()]);
    const [row] = await store.engine.query<{ body: object }>('select body from event_log');
    expect(row!.body).not.toHaveProperty('title');
    expect(row!.body).not.toHaveProperty('text');
    await store.engine.query(`update alert set text = null, title = '(đã xóa)'`);
    expect(valueOf(await log.read({ topics: null, after: null, limit: 1, scope: all })).entries[0]!.body).toMatchObject({ id, title: '(đã xóa)', text: null });
    await store.engine.query('delete from alert');
    expect(valueOf(await log.read({ topics: null, after: null, limit: 1, scope: all })).entries[0]!.body).toMatchObject({ id, title: '' });
    await log.close();
  });

  test('eight writers, some of whom fail, leave one order without gaps that every node follows whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.record({ count: fc.integer({ min: 1, max: 5 }), fails: fc.boolean() }), { maxLength: 4 }), { minLength: 8, maxLength: 8 }), async (plans) => {
        await store.test.empty(['event_head']);
        const [woken, dull] = [await open(), await open(deaf())];
        const start = woken.head();
        const expected = plans.flat().reduce((sum, { count, fails }) => sum + (fails ? 0 : count), 0);
        const seen = expected === 0 ? [[], []] : [collect(woken, expected), collect(dull, expected)];
        const answers = await Promise.all(
          plans.map(async (batches, writer) => {
            const seqs: number[] = [];
            for (const [index, { count, fails }] of batches.entries()) {
              const source = { ...store.source, id: `w${writer}` };
              if (!fails) seqs.push(...(await store.send('alert', items(`w${writer}-${index}`, count), source)).map(({ seq }) => seq!));
              else await expect(failingWrite()).rejects.toThrow('changed my mind');
            }
            return seqs;
          }),
        );
        const order = Array.from({ length: expected }, (_, i) => start + i + 1);
        for (const got of await Promise.all(seen)) expect(got.map(({ seq }) => seq)).toEqual(order);
        expect(answers.flat().sort((a, b) => a - b)).toEqual(order);
        expect(woken.heads()['alert']).toBe(expected === 0 ? 0 : start + expected);
        await Promise.all([woken.close(), dull.close()]);
      }),
      { numRuns: 12 },
    );
  });

  const failingWrite = () =>
    store.engine.tx(async (tx) => {
      const [id] = await alertTable.nextIds(tx, 1);
      const state = { id: id!, unit: null, ward: null } as AlertState;
      await appendEntries(tx, [entryOf('alert', 'doomed', TEST_NOW, { rev: 1, state })]);
      throw new Error('changed my mind');
    });

  test('reading on from a cursor gives every entry once, by any page size and topic', async () => {
    const log = await open();
    await store.send('alert', items('a', 7));
    await store.send('feedback', [{ key: 'f', at: TEST_NOW, service: 'other', description: 'x' }]);
    await store.send('alert', items('b', 3));
    const keys: string[] = [];
    let after = { epoch: log.epoch(), seq: 0 };
    for (;;) {
      const { entries } = valueOf(await log.read({ topics: ['alert'], after, limit: 4, scope: all }));
      if (entries.length === 0) break;
      keys.push(...entries.map(({ key }) => key));
      after = { ...after, seq: entries.at(-1)!.seq };
    }
    expect(keys).toEqual([...items('a', 7), ...items('b', 3)].map(({ key }) => key));
    await log.close();
  });

  test('a snapshot and the entries after it make the present, whoever writes meanwhile', async () => {
    const log = await open();
    await store.send('alert', items('a', 5));
    const writing = Promise.all([1, 2, 3, 4].map((round) => store.send('alert', items('a', 5, { title: `lần ${round}` }).map((item) => ({ ...item, key: `${item.key}-${round}`, ref: item.key })), store.source)));
    const snapshot = valueOf(await log.snapshot('alert', all));
    await writing;
    const state = new Map(snapshot.entries.map((entry) => [entry.id, entry]));
    expect(Math.max(...snapshot.entries.map(({ seq }) => seq))).toBe(snapshot.head);
    const rest = valueOf(await log.read({ topics: ['alert'], after: { epoch: snapshot.epoch, seq: snapshot.head }, limit: 1000, scope: all }));
    for (const entry of rest.entries) {
      expect(entry.rev).toBe((state.get(entry.id)?.rev ?? 0) + 1);
      state.set(entry.id, entry);
    }
    expect([...state.values()].map(({ rev }) => rev)).toEqual([5, 5, 5, 5, 5]);
    await log.close();
  });

  test('a snapshot leaves out what is closed', async () => {
    const log = await open();
    const [{ id } = { id: '' }] = await store.send('alert', items('a', 2));
    await store.engine.query(`update alert set state = 'closed' where n = $1`, [alertTable.numberOf(id!)]);
    expect(valueOf(await log.snapshot('alert', all)).entries).toHaveLength(1);
    await log.close();
  });

  test('a unit reads only what is its own or lies in it', async () => {
    const log = await open();
    await store.send('alert', [alertItem({ key: 'west' }), alertItem({ key: 'east', position: [108.24, 16.06] }), alertItem({ key: 'east-for-west', position: [108.24, 16.06], unit: '20242' }), alertItem({ key: 'nowhere', position: undefined })]);
    const keys = async (code: string) => valueOf(await log.read({ topics: null, after: null, limit: 10, scope: wardScope(code) })).entries.map(({ key }) => key);
    expect(await keys('20242')).toEqual(['west', 'east-for-west']);
    expect(await keys('48')).toEqual(['west', 'east', 'east-for-west']);
    expect(valueOf(await log.snapshot('alert', wardScope('20263'))).entries.map(({ key }) => key)).toEqual(['east', 'east-for-west']);
    await log.close();
  });

  test('a cursor of another epoch, ahead of the head or before what is kept is refused', async () => {
    const log = await open();
    await store.send('alert', items('a', 3));
    const read = (after: { epoch: string; seq: number }) => log.read({ topics: null, after, limit: 10, scope: all });
    expect(await read({ epoch: 'another-epoch', seq: 0 })).toMatchObject({ ok: false, fault: { code: 'LOG_EPOCH' } });
    expect(await read({ epoch: log.epoch(), seq: 1e9 })).toMatchObject({ ok: false, fault: { code: 'LOG_EPOCH' } });
    await store.engine.query('update event_head set first_kept_seq = seq');
    expect(await read({ epoch: log.epoch(), seq: 0 })).toMatchObject({ ok: false, fault: { code: 'LOG_TOO_OLD' } });
    await store.engine.query('update event_head set first_kept_seq = 1');
    await log.close();
  });

  test('after a restore every node takes the new epoch and goes on', async () => {
    const log = await open();
    const before = log.epoch();
    const epoch = await renewEpoch(store.engine);
    expect(epoch).not.toBe(before);
    await expect.poll(() => log.epoch()).toBe(epoch);
    const next = collect(log, 1);
    await store.send('alert', [alertItem()]);
    expect((await next)[0]).toMatchObject({ key: 'a-1' });
    await log.close();
  });

  test('a database that dies and returns costs no entry', async () => {
    const log = await open();
    const sent = await store.send('alert', items('a', 2));
    await expect.poll(() => log.heads()['alert']).toBe(sent.at(-1)!.seq);
    const next = collect(log, 2);
    await store.test.crash();
    await expect.poll(() => store.door.ingest(store.source, 'alert', items('b', 2)), { timeout: 15_000 }).toMatchObject({ ok: true });
    expect((await next).map(({ key }) => key)).toEqual(['b-0', 'b-1']);
    await log.close();
  });
});
