import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { freePort } from '../support/freePort.ts';
import { ADMIN_PASSWORD, INGEST_KEY } from '../support/product.ts';
import { makeTwoReleases } from '../support/release.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';
import { expectNeverEmpty, runsServedBuild, untilStanding, watchWall } from '../support/watchedWall.ts';

const run = promisify(execFile);
const SHOTS = join(ROOT, 'test/report/screenshots');
const SIZE = { width: 1280, height: 720 };

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-nang-cap-'));
const [home, data] = [join(folder, 'opt'), join(folder, 'data')];
let releases: { first: string; second: string };
let url: string;
let port: number;
let browser: Browser;
let screens: Screens;
let page: Page;
let openedAt: number;
let first: Awaited<ReturnType<typeof look>>;

const install = (release: string) => run(join(release, 'install.sh'), ['--to', home, '--data', data, '--port', String(port), '--no-service'], { maxBuffer: 2 ** 26 });
const versionServed = async () => ((await (await fetch(`${url}/readyz`)).json()) as { version: string }).version;

/** Where every tile stands, and the version that the styles of the page name. */
const look = () =>
  page.evaluate(() => ({
    tiles: [...document.querySelectorAll('[data-tile]')].map((tile) => {
      const { x, y, width, height } = tile.getBoundingClientRect();
      return { id: tile.getAttribute('data-tile'), x, y, width, height };
    }),
    release: getComputedStyle(document.documentElement).getPropertyValue('--release').replaceAll(/["']/g, ''),
  }));

/** Does something to the server; then the page of the build it serves stands, and the other is gone. */
const handedOver = async (work: () => Promise<unknown>) => {
  const after = await page.evaluate(() => performance.now());
  await work();
  await untilState(page, 'live');
  await expect.poll(() => runsServedBuild(page, url, after)).toBe(true);
  await page.locator('[data-tile]').first().waitFor();
  await expect.poll(() => page.evaluate(() => document.querySelectorAll('body > div').length)).toBe(1);
};

const alertOf = (name: string) => ({ key: name, at: Date.now(), kind: 'flood', level: 3, title: name, position: [108.2123, 16.0612] });
const alertsNamed = async (name: string) => {
  const { items } = await call<{ items: { title: string }[] }>(url, await signIn(url), '/api/v1/alerts?limit=200');
  return items.filter(({ title }) => title === name).length;
};

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  mkdirSync(home, { recursive: true });
  port = await freePort();
  url = `http://127.0.0.1:${port}`;
  writeFileSync(join(home, 'environment'), `IOC_DATA=${data}\nIOC_PORT=${port}\nIOC_HOST=127.0.0.1\nIOC_SAMPLE=on\nIOC_ADMIN_PASSWORD=${ADMIN_PASSWORD}\nIOC_INGEST_KEY=${INGEST_KEY}\n`, { mode: 0o600 });
  releases = await makeTwoReleases(folder, console.log);
  await install(releases.first);
  browser = await openBrowser();
  screens = await openScreens(browser, { url });
  await keepScene(url, await signIn(url), 'w2x2');
  ({ page } = await screens.open('/wall/w2x2', SIZE));
  await untilState(page, 'live');
  await untilStanding(page);
  openedAt = await page.evaluate(() => {
    performance.setResourceTimingBufferSize(10_000);
    return performance.timeOrigin;
  });
  first = await look();
  await post(url, 'alert', [alertOf('trước khi nâng cấp')]);
}, 1_200_000);
afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await run(join(home, 'toan-canh.sh'), ['stop']);
  rmSync(folder, { recursive: true, force: true });
});

test('a wall goes through an upgrade: never empty, never reloaded, and it ends on the new build', async () => {
  const before = await versionServed();
  screens.expectAway(true);
  const seen = await watchWall(page, () => handedOver(() => install(releases.second)));
  screens.expectAway(false);
  await page.screenshot({ path: join(SHOTS, 'upgraded-wall.png') });
  expect(await versionServed()).toBe('0.2.0');
  expect(before).not.toBe('0.2.0');
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(openedAt);
  expectNeverEmpty('upgrade', seen);
  expect(await look()).toEqual({ tiles: first.tiles, release: '0.2.0' });
  await post(url, 'alert', [alertOf('sau khi nâng cấp')]);
  expect([await alertsNamed('trước khi nâng cấp'), await alertsNamed('sau khi nâng cấp')]).toEqual([1, 1]);
}, 1_200_000);

test('and through the way back, to the data and the pages it had before; what was written since is set aside and named', async () => {
  let said = '';
  screens.expectAway(true);
  const seen = await watchWall(page, () =>
    handedOver(async () => {
      said = (await run(join(home, 'rollback.sh'), [], { maxBuffer: 2 ** 26 })).stdout;
    }),
  );
  screens.expectAway(false);
  await page.screenshot({ path: join(SHOTS, 'rolled-back-wall.png') });
  expect(await versionServed()).not.toBe('0.2.0');
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(openedAt);
  expectNeverEmpty('rollback', seen);
  expect(await look()).toEqual(first);
  expect([await alertsNamed('trước khi nâng cấp'), await alertsNamed('sau khi nâng cấp')]).toEqual([1, 0]);
  const aside = readdirSync(data).find((name) => name.startsWith('store.before-'))!;
  expect(said).toContain(aside);
  expect(screens.faults()).toEqual([]);
}, 1_200_000);
