import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wholeScope } from '../../domain/scope.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { testEngineKinds } from '../engine/testEngines.ts';
import { alertItem, createTestStore, TEST_NOW, type TestStore } from '../topics/testStore.ts';
import { createLog } from './log.ts';

describe.each(testEngineKinds())('the log on %s', (kind) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await createTestStore(kind);
  });
  afterAll(() => store.close());

  test('an accepted alert is one entry that can be read with its whole state', async () => {
    const log = await createLog(store.engine, { log: createSilentLog() });
    const [result] = await store.send('alert', [alertItem()]);
    expect(result).toMatchObject({ status: 'accepted', epoch: log.epoch(), key: 'a-1' });
    const page = await log.read({ topics: ['alert'], after: null, limit: 10, scope: wholeScope('test') });
    expect(page).toMatchObject({ ok: true, value: { head: result!.seq, entries: [{ seq: result!.seq, topic: 'alert', key: 'a-1', id: result!.id, rev: 1, at: TEST_NOW,
      body: { title: 'Ngập sâu tại nút giao', text: 'Xe máy đi chậm', state: 'raised', ward: '20242', position: [108.2123, 16.0612], provenance: 'real' } }] } });
    await log.close();
  });
});
