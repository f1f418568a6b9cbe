import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { IngestAnswer, LogAnswer } from '#contract/http.ts';
import type { NativeCluster } from '../../server/store/engine/nativeCluster.ts';
import { call, post, signIn } from '../support/door.ts';
import { startSite } from '../support/nodes.ts';
import { INGEST_KEY, startProduct } from '../support/product.ts';
import { noteCount, spreadOf } from './counts.ts';

const IS_FULL = process.env.TEST_FULL === '1';
const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const alert = (key: string) => ({ key, at: Date.now() - 1000, kind: 'flood', level: 3, title: `Điểm ngập ${key}`, position: [108.2, 16.05] });
const tryPost = (url: string, items: readonly object[]) =>
  fetch(`${url}/api/v1/ingest/alert`, { method: 'POST', headers: { authorization: `Bearer ${INGEST_KEY}`, 'content-type': 'application/json' }, body: JSON.stringify(items), signal: AbortSignal.timeout(30_000) });

/** In one round: a source that asks without rest is told to wait for another reason. */
const MOST_ASKED = 300;

interface Away {
  leave(cluster: NativeCluster): void | Promise<void>;
  comeBack(cluster: NativeCluster): void | Promise<void>;
  forMs: number;
}
const AWAY: Record<string, Away> = {
  frozen: { leave: (cluster) => cluster.freeze(true), comeBack: (cluster) => cluster.freeze(false), forMs: IS_FULL ? 10_000 : 0 },
  killed: { leave: (cluster) => cluster.end('SIGQUIT'), comeBack: (cluster) => cluster.begin(), forMs: IS_FULL ? 1000 : 0 },
  stopped: { leave: (cluster) => cluster.end('SIGINT'), comeBack: (cluster) => cluster.begin(), forMs: IS_FULL ? 1000 : 0 },
};

test.each(Object.keys(AWAY))('a %s database is said within three seconds, with when to come again, and taken back within ten', async (how) => {
  const { leave, comeBack, forMs } = AWAY[how]!;
  const site = await startSite();
  closing.push(site.close);
  const product = await site.add();
  await post(product.url, 'alert', [alert('truoc')]);
  const [refusedMs, servedMs]: [number[], number[]] = [[], []];
  for (let round = 0; round < (IS_FULL ? 10 : 1); round++) {
    await leave(site.cluster);
    const goneAt = performance.now();
    try {
      do {
        const askedAt = performance.now();
        const refused = await tryPost(product.url, [alert(`vang-mat-${round}`)]);
        refusedMs.push(performance.now() - askedAt);
        expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
      } while (performance.now() - goneAt < forMs && refusedMs.length < (round + 1) * MOST_ASKED);
    } finally {
      await comeBack(site.cluster);
    }
    const backAt = performance.now();
    await expect.poll(async () => (await tryPost(product.url, [alert(`sau-${round}`)]).catch(() => undefined))?.status, { timeout: 30_000 }).toBe(200);
    servedMs.push(performance.now() - backAt);
  }
  noteCount(`database ${how}, ${servedMs.length} times`, `503 with Retry-After after ${spreadOf(refusedMs)}; served again ${spreadOf(servedMs)} after it came back`);
  expect(Math.max(...refusedMs), 'a busy machine is given some more').toBeLessThan(10_000);
});

/** What is left free on a disk that is filled, so that something is still taken before it is full. Units: bytes. */
const ROOM = 3 * 2 ** 20;

/** More than that room could ever hold. */
const MOST_BATCHES = 400;

/** Next to nothing can be written any more from here on, until the filler is removed. */
function fill(pid: number, folder: string): () => void {
  const filler = `/proc/${pid}/root${folder}/filler`;
  const piece = Buffer.alloc(1 << 20);
  for (;;) {
    try {
      writeFileSync(filler, piece, { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') break;
      throw error;
    }
  }
  truncateSync(filler, statSync(filler).size - ROOM);
  return () => rmSync(filler);
}

test('a full disk refuses what is new, goes on showing what is there, and loses nothing it took', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'toan-canh-full-'));
  closing.push(() => rmSync(dataFolder, { recursive: true, force: true }));
  const product = await startProduct({ dataFolder, launcher: ['unshare', '-rm', 'sh', '-c', `mount -t tmpfs -o size=400m tmpfs ${dataFolder} && exec "$@"`, 'sh'] });
  closing.push(() => product.close());
  const cookie = await signIn(product.url);
  const taken: string[] = ['truoc'];
  await post(product.url, 'alert', [alert('truoc')]);

  const makeRoom = fill(product.child.pid!, dataFolder);
  const statuses = new Map<number, number>();
  for (let n = 0; n < MOST_BATCHES; n++) {
    const items = Array.from({ length: 50 }, (_, i) => alert(`day-${n}-${i}`));
    const answer = await tryPost(product.url, items).catch(() => undefined);
    statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
    if (answer?.ok) taken.push(...((await answer.json()) as IngestAnswer).results.filter(({ status }) => status === 'accepted').map(({ key }) => key));
    if (answer?.status === 503 || answer?.status === 507) break;
  }
  expect([...statuses.keys()].filter((status) => ![200, 503, 507].includes(status))).toEqual([]);
  expect(statuses.get(503) ?? statuses.get(507), 'it was full').toBe(1);
  expect((await call<LogAnswer>(product.url, cookie, '/api/v1/log?topic=alert&limit=10')).entries.length, 'reads go on').toBeGreaterThan(0);
  makeRoom();
  await expect.poll(async () => (await tryPost(product.url, [alert('sau')]).catch(() => undefined))?.status, { timeout: 30_000 }).toBe(200);
  taken.push('sau');
  const keys: string[] = [];
  for (let after = ''; ; ) {
    const page = await call<LogAnswer>(product.url, cookie, `/api/v1/log?topic=alert&limit=1000${after}`);
    keys.push(...page.entries.map(({ key }) => key));
    if (page.entries.length < 1000) break;
    after = `&after=${page.epoch}:${page.entries.at(-1)!.seq}`;
  }
  expect(taken.filter((key) => !keys.includes(key))).toEqual([]);
  expect(new Set(keys).size).toBe(keys.length);
  noteCount('disk full', `answers by status ${JSON.stringify(Object.fromEntries(statuses))}; 0 of ${taken.length} taken lost, 0 twice, served again when there was room`);
});
