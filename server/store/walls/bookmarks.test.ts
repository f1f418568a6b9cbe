import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Principal } from '#contract/roles.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { migrate } from '../engine/migrate.ts';
import { createTestEngine, testEngineKinds, type TestEngine } from '../engine/testEngines.ts';
import { createPast } from '../log/past.ts';
import { createBookmarkCommands } from './bookmarks.ts';

const operator: Principal = { kind: 'person', id: 'u-1', name: 'Trực ban', roles: ['operator'], units: null };
const NOW = Date.UTC(2026, 9, 1, 3);

describe.each(testEngineKinds())('bookmarks on %s', (kind) => {
  let store: TestEngine;
  beforeAll(async () => {
    store = await createTestEngine(kind);
    await migrate(store.engine, createSilentLog());
  });
  afterAll(() => store.close());

  test('a moment is kept under a name, found again, and removed once', async () => {
    const clock = { now: () => NOW };
    const commands = createBookmarkCommands({ engine: store.engine, clock });
    const past = createPast({ engine: store.engine, clock, segments: [] });
    const added = await commands['bookmark.add']!(operator, { at: NOW - 60_000, name: 'Lúc nước lên', wall: 'w2x2' });
    const kept = added.ok ? added.value : expect.unreachable(added.fault.code);
    expect(kept).toMatchObject({ at: NOW - 60_000, name: 'Lúc nước lên', wall: 'w2x2', madeBy: 'Trực ban', madeAt: NOW });
    expect(await past.bookmarks()).toEqual({ ok: true, value: [kept] });
    expect(await commands['bookmark.remove']!(operator, { id: kept.id })).toEqual({ ok: true, value: {} });
    for (const id of [kept.id, 'bm-x', 'al-1']) expect(await commands['bookmark.remove']!(operator, { id })).toMatchObject({ fault: { code: 'NOT_FOUND' } });
  });
});
