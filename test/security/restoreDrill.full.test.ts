import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { noteCount, spreadOf } from '../faults/counts.ts';
import { call, post, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';

const BEFORE = 2000;
const AFTER = 100;
const BATCH = 500;

const work = mkdtempSync(join(tmpdir(), 'toan-canh-drill-'));
const folder = join(work, 'data');
const copy = join(work, 'copy');
const opened: Product[] = [];
afterAll(async () => {
  for (const product of opened) await product.close();
  rmSync(work, { recursive: true, force: true });
});

const command = (name: string, argument: string) => {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', `server/commands/${name}.ts`, argument], { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env.PATH, HOME: process.env.HOME, IOC_DATA: folder } });
  expect(status, `${stdout}${stderr}`).toBe(0);
  return performance.now() - startedAt;
};
const start = async () => {
  const product = await startProduct({ dataFolder: folder });
  opened.push(product);
  return product;
};
async function send(url: string, from: number, count: number): Promise<void> {
  for (let at = from; at < from + count; at += BATCH) {
    const items = Array.from({ length: Math.min(BATCH, from + count - at) }, (_, n) => ({ key: `drill-${at + n}`, at: Date.now(), kind: 'flood', level: 3, title: `Diễn tập ${at + n}`, position: [108.2 + ((at + n) % 100) / 1000, 16.05] }));
    expect((await post(url, 'alert', items)).every(({ status }) => status === 'accepted')).toBe(true);
  }
}

test('a lost machine is back from its backup: what is lost is what came after it, and how long it takes is said', async () => {
  const first = await start();
  await send(first.url, 0, BEFORE);
  const { log: before } = (await (await fetch(`${first.url}/readyz`)).json()) as { log: { epoch: string; head: number } };
  const backupMs = command('backup', copy);
  await send(first.url, BEFORE, AFTER);
  await first.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });

  const lostAt = performance.now();
  const restoreMs = command('restore', copy);
  const again = await start();
  const cookie = await signIn(again.url);
  const { log: after } = (await (await fetch(`${again.url}/readyz`)).json()) as { log: { epoch: string; head: number } };
  const rtoMs = performance.now() - lostAt;
  expect(after.head).toBeGreaterThanOrEqual(before.head);
  expect(after.epoch).not.toBe(before.epoch);
  const { items } = await call<{ items: { title: string }[] }>(again.url, cookie, '/api/v1/alerts?limit=200');
  expect(items.length).toBeGreaterThan(0);
  expect(items.some(({ title }) => Number(title.split(' ').at(-1)) >= BEFORE)).toBe(false);
  const [resent] = await post(again.url, 'alert', [{ key: 'drill-0', at: Date.now(), kind: 'flood', level: 3, title: 'Diễn tập lại', position: [108.2, 16.05] }]);
  expect(resent?.status).toBe('conflict');
  noteCount('a lost machine restored from its backup', `${BEFORE} alerts before the backup, ${AFTER} after it; backup ${spreadOf([backupMs])}, restore ${spreadOf([restoreMs])}, signed in again after ${spreadOf([rtoMs])}; lost: the ${AFTER} since the backup`);
});
