import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Compile } from 'typebox/compile';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Feed, FeedKind } from '../domain/ports/feeds.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createRandom } from '../kernel/random.ts';
import { createTestClock } from './testing/clock.ts';
import { createTestDoor } from './testing/door.ts';
import type { FeedCase, OpenedCase } from './testing/feedCase.ts';

const ROOT = fileURLToPath(new URL('.', import.meta.url));
const folders = readdirSync(ROOT).filter((name) => existsSync(join(ROOT, name, 'index.ts')));
const PATIENCE = { timeout: 20_000, interval: 40 };
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(name: string) {
  const { feed: kind } = (await import(join(ROOT, name, 'index.ts'))) as { feed: FeedKind };
  const { feedCase } = (await import(join(ROOT, name, 'testing', 'case.ts'))) as { feedCase: FeedCase };
  const data = mkdtempSync(join(tmpdir(), 'feed-'));
  closing.push(() => rmSync(data, { recursive: true, force: true }));
  const folder = join(data, 'feed-state', name);
  mkdirSync(folder, { recursive: true });
  const clock = createTestClock();
  const door = createTestDoor(clock.now);
  const source: OpenedCase = await feedCase.open({ folder, door });
  closing.push(() => source.close());
  const start = async (): Promise<Feed> => {
    const feed = await kind.create({ id: name, send: door.send, clock, random: createRandom(1), log: createSilentLog(), folder, fetch }, source.settings);
    closing.push(() => feed.close());
    return feed;
  };
  return { kind, feedCase, clock, door, source, start };
}

describe.each(folders)('feed %s', (name) => {
  test('is named by its folder and its settings are checked', async () => {
    const { kind, source } = await open(name);
    const check = Compile(kind.settings);
    expect(kind.name).toBe(name);
    expect(check.Check(source.settings)).toBe(true);
    expect(check.Check({ ...(source.settings as object), unheardOf: 1 })).toBe(false);
  });

  test('takes its good fixture whole and is live', async () => {
    const { door, source, start } = await open(name);
    await source.offer('good');
    const feed = await start();
    await vi.waitFor(() => expect(feed.health()).toMatchObject({ state: 'live', id: name }), PATIENCE);
    expect(door.accepted.length).toBeGreaterThan(0);
    expect(door.faults).toEqual([]);
    expect(feed.health()).toMatchObject({ accepted: door.accepted.length, rejected: 0 });
  });

  test('refuses each bad row and takes the good ones beside them', async () => {
    const { door, source, start, feedCase } = await open(name);
    await source.offer('bad');
    const feed = await start();
    await vi.waitFor(() => expect(feed.health().lastAt).not.toBeNull(), PATIENCE);
    expect(feed.health().rejected).toBe(feedCase.badRows);
    expect(door.accepted.length).toBeGreaterThanOrEqual(feedCase.goodRowsBesideBad);
    for (const { fault } of door.faults) expect(fault.code).toMatch(/^[A-Z]+_[A-Z_]+$/);
  });

  test('is stale at its promise, not before', async () => {
    const { clock, source, start, feedCase } = await open(name);
    await source.offer('good');
    const feed = await start();
    await vi.waitFor(() => expect(feed.health().state).toBe('live'), PATIENCE);
    const { ageMs } = feed.health();
    clock.advance(feedCase.promiseMs - ageMs!);
    expect(feed.health().state).toBe('live');
    clock.advance(1);
    expect(feed.health().state).toBe('stale');
  });

  test('survives its source being down and comes back', async () => {
    const { clock, source, start } = await open(name);
    await source.offer('good');
    const feed = await start();
    await vi.waitFor(() => expect(feed.health().state).toBe('live'), PATIENCE);
    await source.cut();
    await vi.waitFor(() => {
      clock.advance(1000);
      expect(feed.health().reason).toBeTruthy();
    }, PATIENCE);
    await source.offer('good');
    await vi.waitFor(() => {
      clock.advance(1000);
      expect(feed.health()).toMatchObject({ state: 'live' });
      expect(feed.health().reason).toBeUndefined();
    }, PATIENCE);
  });
});
