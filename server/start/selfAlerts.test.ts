import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SelfView } from '../domain/system/ills.ts';
import { createSilentLog } from '../kernel/log.ts';
import { testEngineKinds } from '../store/engine/testEngines.ts';
import { createTestStore, type TestStore } from '../store/topics/testStore.ts';
import { createSelfAlerts } from './selfAlerts.ts';

describe.each(testEngineKinds().slice(0, 1))('alerts about the system on %s', (kind) => {
  let store: TestStore;
  beforeAll(async () => {
    store = await createTestStore(kind);
  });
  afterAll(async () => {
    await store.close();
  });

  it('tells a fault once, ends it when it is over, and does so after a restart too', async () => {
    const view: SelfView = { disk: null, now: 0, backupFault: 'trial', wakeLagMs: 1, line: 'up', clockOffsetMs: 0, cameras: { looked: 0, down: 0 }, feeds: { all: 0, down: 0 }, above: null, lostNodes: [] };
    let isOnDuty = true;
    const open = () => createSelfAlerts({ engine: store.engine, door: store.door, clock: store.clock, log: createSilentLog(), view: async () => view, isOnDuty: () => isOnDuty, lookMs: 1e9 });
    const alerts = () => store.engine.query<{ status: string; title: string }>(`select status, title from alert where source = 'ioc-system' order by n`);
    const first = open();
    expect([await first.look(), await first.look()]).toEqual([1, 0]);
    expect(await alerts()).toEqual([{ status: 'active', title: 'Sao lưu không thành: trial' }]);
    expect(first.standing()).toMatchObject([{ kind: 'backup', figure: 'trial' }]);
    await first.close();

    const second = open();
    view.backupFault = null;
    isOnDuty = false;
    expect(await second.look()).toBe(0);
    isOnDuty = true;
    expect([await second.look(), await second.look()]).toEqual([1, 0]);
    expect(await alerts()).toEqual([{ status: 'ended', title: 'Sao lưu không thành: trial' }]);
    expect(second.standing()).toEqual([]);
    await second.close();
  });
});
