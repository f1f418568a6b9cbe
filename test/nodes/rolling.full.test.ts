import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogAnswer } from '#contract/http.ts';
import { ensureClientBuilt } from '../../server/start/clientBuild.ts';
import { openListener, type Listener } from '../delivery/listener.ts';
import { createSender, type Sender } from '../delivery/sender.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { noteCount } from '../faults/counts.ts';
import { call, signIn } from '../support/door.ts';
import { startSite, type Site } from '../support/nodes.ts';
import { startProduct, type Product } from '../support/product.ts';
import { nextTree } from '../support/release.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';
import { createTcpProxy, type TcpProxy } from '../support/tcpProxy.ts';
import { expectNeverEmpty, runsServedBuild, untilStanding, watchWall } from '../support/watchedWall.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const SIZE = { width: 1280, height: 720 };
const NEXT = '0.2.0';
/** Alerts come all the while. Units: ms. */
const EVERY_MS = 500;

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-rolling-'));
let site: Site;
let servers: Product[];
let balancer: TcpProxy;
let browser: Browser;
let screens: Screens;
let page: Page;
let sender: Sender;
let listeners: Listener[];
let root: string;

const portOf = ({ url }: Product) => Number(new URL(url).port);
const versionOf = async ({ url }: Product) => ((await (await fetch(`${url}/readyz`)).json()) as { version: string }).version;
const missing = () =>
  listeners.map((listener) => {
    const shown = listener.shown();
    return [...sender.answered.keys()].filter((key) => !shown.has(key)).length;
  });
const isHandedOver = () => page.evaluate(() => document.querySelectorAll('body > div').length === 1);

/** Ends one server, starts the next version in its place, on its folder and port, as an administrator does. Returns how long it was away. Units: ms. */
async function renew(at: number): Promise<number> {
  const old = servers[at]!;
  const startedAt = performance.now();
  await old.kill('SIGTERM');
  servers[at] = await startProduct({ root, dataFolder: old.dataFolder, environment: { DATABASE_URL: site.cluster.url, REDIS_URL: site.redis.url, IOC_PORT: String(portOf(old)) } });
  await expect.poll(async () => (await fetch(`${servers[at]!.url}/readyz`).catch(() => undefined))?.status).toBe(200);
  return performance.now() - startedAt;
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  root = nextTree(join(folder, 'tree'), NEXT);
  await ensureClientBuilt(root, () => undefined);
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  servers = [await site.add(), await site.add()];
  const cookie = await signIn(servers[0]!.url);
  const token = cookie.slice(cookie.indexOf('=') + 1);
  balancer = await createTcpProxy(portOf(servers[0]!));
  listeners = servers.map(({ url }) => openListener(url, token));
  /** The source speaks to the balancer, as the pages do. */
  sender = createSender(() => `http://127.0.0.1:${balancer.port}`, 'r');
  screens = await openScreens(browser, { url: `http://127.0.0.1:${balancer.port}` });
  ({ page } = await screens.open('/wall/w2x2', SIZE));
  await page.evaluate(() => performance.setResourceTimingBufferSize(10_000));
  await untilState(page, 'live');
  await untilStanding(page);
}, 1_200_000);

afterAll(async () => {
  for (const listener of listeners ?? []) listener.close();
  await screens?.close();
  await browser?.close();
  await balancer?.close();
  await Promise.all((servers ?? []).map((server) => server.kill('SIGKILL')));
  await site?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('two servers are renewed one after the other under old pages: nothing is lost, the wall is never empty and ends on the new build', async () => {
  const openedAt = await page.evaluate(() => performance.timeOrigin);
  const was = await versionOf(servers[0]!);
  let isOver = false;
  const sending = (async () => {
    while (!isOver) {
      await sender.burst(1);
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
  })();
  const away: number[] = [];
  const told: string[] = [];
  screens.expectAway(true);

  const watch = await watchWall(page, async () => {
    balancer.leadTo(portOf(servers[1]!));
    away.push(await renew(0));
    await untilState(page, 'live');
    told.push(`${await versionOf(servers[0]!)} beside ${await versionOf(servers[1]!)}`);
    expect(await runsServedBuild(page, servers[1]!.url)).toBe(true);

    balancer.leadTo(portOf(servers[0]!));
    await untilState(page, 'live');
    await expect.poll(() => runsServedBuild(page, servers[0]!.url), { timeout: 120_000 }).toBe(true);
    await expect.poll(isHandedOver, { timeout: 120_000 }).toBe(true);
    away.push(await renew(1));
    await untilState(page, 'live');
  });
  isOver = true;
  await sending;
  screens.expectAway(false);
  await page.screenshot({ path: join(SHOTS, 'rolling-renewed.png') });

  expect(told).toEqual([`${NEXT} beside ${was}`]);
  expect(await Promise.all(servers.map(versionOf))).toEqual([NEXT, NEXT]);
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(openedAt);
  await expect.poll(missing, { timeout: 60_000 }).toEqual([0, 0]);
  const log = await call<LogAnswer>(servers[1]!.url, await signIn(servers[1]!.url), '/api/v1/log?topic=alert&limit=1000');
  const keys = log.entries.map(({ key }) => key).filter((key) => key.startsWith('r-'));
  expect([...keys].sort()).toEqual([...sender.answered.keys()].sort());
  expectNeverEmpty('rolling', watch);
  expect(screens.faults()).toEqual([]);
  noteCount('two servers renewed one after the other', `${keys.length} alerts in ${sender.tries} requests: 0 lost, 0 twice; each server away ${away.map((ms) => `${Math.round(ms / 1000)} s`).join(' and ')}; the wall never less than its six tiles`);
});
