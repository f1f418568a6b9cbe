import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SystemState } from '#contract/system.ts';
import type { NativeCopy } from '../../server/store/engine/nativeCluster.ts';
import { FRESH_MS } from '../../server/store/engine/postgres/reader.ts';
import { ROOT } from '../house/tree.ts';
import { call, post, signIn } from '../support/door.ts';
import { startSite, type Site } from '../support/nodes.ts';
import type { Product } from '../support/product.ts';

let site: Site;
let copy: NativeCopy;
let product: Product;
let cookie: string;

beforeAll(async () => {
  site = await startSite();
  copy = await site.cluster.copy();
  product = await site.add({ DATABASE_REPLICA_URL: copy.url });
  cookie = await signIn(product.url);
});

afterAll(async () => {
  await product?.close();
  await copy?.stop();
  await site?.close();
});

const alert = (key: string) => ({ key, at: Date.now() - 1000, kind: 'flood', level: 3, title: `Điểm ngập ${key}`, position: [108.2, 16.05] });
const stateOf = async () => (await call<SystemState>(product.url, cookie, '/api/v1/system')).store.copy;
const exported = async () => (await fetch(`${product.url}/api/v1/export/alerts.csv`, { headers: { cookie } })).text();
const onCopy = async (sql: string) => {
  const client = new pg.Client({ connectionString: copy.url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
};

/** Of feeds, outputs and a centre above, which this server has none of; the last are looked at where a ward has one. */
const isElsewhere = (name: string) => /^ioc_(feed|output|above)_/.test(name);

test('a server with a copy and a line to others tells every figure the dashboard draws', async () => {
  const drawn = [...new Set(readFileSync(join(ROOT, 'docs/deploy/grafana.json'), 'utf8').match(/\b(ioc|process)_[a-z_]+/g))].filter((name) => !isElsewhere(name));
  expect(drawn.length).toBeGreaterThan(12);
  await expect.poll(async () => {
    const told = await (await fetch(`${product.url}/metrics`)).text();
    return drawn.filter((name) => !new RegExp(`^${name}(\\{.*\\})? [-\\d.e]+$`, 'm').test(told));
  }).toEqual([]);
});

test('an export is read from the copy while it is fresh', async () => {
  await expect.poll(async () => (await stateOf())?.state).toBe('fresh');
  await post(product.url, 'alert', [alert('som')]);
  await expect.poll(exported).toContain('Điểm ngập som');
  await onCopy('select pg_wal_replay_pause()');
  await post(product.url, 'alert', [alert('muon')]);
  expect(await exported()).not.toContain('Điểm ngập muon');
});

test('a copy that stands still shows its age, and from ten seconds on the store itself is read', async () => {
  await expect.poll(async () => (await stateOf())?.behindMs ?? 0).toBeGreaterThan(1000);
  await expect.poll(exported).toContain('Điểm ngập muon');
  expect(await stateOf()).toMatchObject({ state: 'late' });
  expect((await stateOf())?.behindMs).toBeGreaterThan(FRESH_MS);
  await onCopy('select pg_wal_replay_resume()');
  await expect.poll(async () => (await stateOf())?.state).toBe('fresh');
});

test('a copy that dies costs no export and no report', async () => {
  await copy.stop();
  const asked = await fetch(`${product.url}/api/v1/export/alerts.csv`, { headers: { cookie } });
  expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining('Điểm ngập muon')]);
  const report = await fetch(`${product.url}/api/v1/reports`, { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify({ kind: 'weekly' }) });
  expect(report.status, await report.clone().text()).toBeLessThan(300);
  await expect.poll(async () => (await stateOf())?.state).toBe('away');
});
