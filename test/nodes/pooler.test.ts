import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogAnswer } from '#contract/http.ts';
import pg from 'pg';
import { openListener, type Listener } from '../delivery/listener.ts';
import { createSender } from '../delivery/sender.ts';
import { call, signIn } from '../support/door.ts';
import { figureOf } from '../support/metrics.ts';
import { startSite, type Site } from '../support/nodes.ts';
import { startPooler, type TestPooler } from '../support/pooler.ts';
import type { Product } from '../support/product.ts';

let site: Site;
let pooler: TestPooler;
let servers: Product[];
let cookie: string;
let screens: Listener[];

beforeAll(async () => {
  site = await startSite();
  pooler = await startPooler(site.cluster.url);
  const settings = { DATABASE_URL: pooler.url, DATABASE_LISTEN_URL: site.cluster.url };
  servers = [await site.add(settings), await site.add(settings)];
  cookie = await signIn(servers[0]!.url);
  screens = servers.map(({ url }) => openListener(url, cookie.slice(cookie.indexOf('=') + 1)));
});

afterAll(async () => {
  for (const screen of screens ?? []) screen.close();
  await Promise.all((servers ?? []).map((server) => server.close()));
  await pooler?.close();
  await site?.close();
});

const ask = async <T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
};

test('the schema came forward through a connection of its own: no lock of it stays behind in the pool', async () => {
  expect(await ask(site.cluster.url, `select objid from pg_locks where locktype = 'advisory' and granted`)).toEqual([]);
  expect(await ask(site.cluster.url, 'select count(*) > 0 as "isThere" from schema_migration')).toEqual([{ isThere: true }]);
});

test('two servers behind a transaction pooler take alerts in one order, and wake each other at once', async () => {
  await expect.poll(() => screens.every(({ isOnline }) => isOnline)).toBe(true);
  const senders = servers.map(({ url }, at) => createSender(() => url, `p${at}`));
  await Promise.all(senders.flatMap((sender) => [sender.burst(20), sender.burst(30)]));
  const sent = senders.flatMap(({ answered }) => [...answered.keys()]).sort();
  expect(sent).toHaveLength(100);
  for (const screen of screens) await expect.poll(() => [...screen.shown().keys()].filter((key) => /^p\d/.test(key)).sort()).toEqual(sent);
  const { entries } = await call<LogAnswer>(servers[1]!.url, cookie, '/api/v1/log?topic=alert&limit=1000');
  expect(entries.map(({ key }) => key).filter((key) => /^p\d/.test(key)).sort()).toEqual(sent);
  for (const { url } of servers) await expect.poll(() => figureOf(url, 'ioc_store_wake_seconds')).toBeGreaterThanOrEqual(0);
  expect(servers.map((server) => server.logged()).join('')).not.toContain('wake-ups of the database do not arrive');
});

test('times are those of UTC, whatever the server of the database thinks', async () => {
  expect(await ask(pooler.url, `select current_setting('timezone') as zone, current_setting('jit') as jit`)).toEqual([{ zone: 'UTC', jit: 'off' }]);
});

test('a pooler that dies is a store that is away: nothing is accepted and lost, and all goes on when it is back', async () => {
  const sender = createSender(() => servers[0]!.url, 'w');
  await sender.burst(10);
  await pooler.kill();
  await expect.poll(async () => (await fetch(`${servers[0]!.url}/readyz`)).status).toBe(503);
  const sending = sender.burst(10);
  await pooler.start();
  await sending;
  await expect.poll(() => [...screens[1]!.shown().keys()].filter((key) => key.startsWith('w')).length).toBe(20);
  const { entries } = await call<LogAnswer>(servers[1]!.url, cookie, '/api/v1/log?topic=alert&limit=1000');
  expect(entries.filter(({ key }) => key.startsWith('w'))).toHaveLength(20);
});
