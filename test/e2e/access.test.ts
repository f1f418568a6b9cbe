import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, post, signIn } from '../support/door.ts';
import { makeOfficer } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const UNIT = '20242';
const SIZE = { width: 1920, height: 1080 };
const GRAVE = new Set(['serious', 'critical']);

let browser: Browser;
let product: Product;
let screens: Screens;
let alert: string;
const windows = new Map<string, Watched>();

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  const cookie = await signIn(product.url);
  const officer = await makeOfficer(product.url, cookie, 'can-bo-truy-cap', UNIT);
  const at = Date.now();
  const alerts = await post(product.url, 'alert', [1, 2, 3, 4].map((level) => ({ key: `access-${level}`, at, kind: ['flood', 'fire', 'accident', 'congestion'][level - 1], level, title: `Cảnh báo mức ${level}`, position: [108.21 + level / 200, 16.06] })));
  await post(product.url, 'camera', [{ key: 'access-camera', at, name: 'Nút giao Nguyễn Văn Linh – Lê Duẩn', position: [108.2123, 16.0612], azimuth: 90, fieldOfView: 60, rangeM: 80, streams: [{ role: 'sub', kind: 'loop', url: 'loop:avenue-day' }] }]);
  await post(product.url, 'feedback', [{ key: 'access-feedback', at, service: 'urban-order', description: 'Lấn chiếm vỉa hè', position: [108.2223, 16.0652] }]);
  await call(product.url, cookie, '/api/v1/commands/alert.acknowledge', { id: alerts[1]!.id });
  await call(product.url, cookie, '/api/v1/commands/alert.assign', { id: alerts[1]!.id, unit: UNIT });
  alert = alerts[1]!.id!;
  screens = await openScreens(browser, product);
  windows.set('admin', await screens.open('/login', SIZE));
  windows.set('officer', await screens.open('/login', SIZE, officer.cookie));
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

async function graveFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => GRAVE.has(impact ?? '')).flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

test.each([
  ['/', 'admin', '[data-state]'],
  ['/login', 'admin', 'form'],
  ['/inbox', 'officer', '[data-thing]'],
  ['/coordination', 'admin', '[data-unit]'],
  ['/field', 'officer', 'main'],
  ['/gallery/alert-list', 'admin', '[data-tile]'],
  ['/gallery/indicator-board', 'admin', '[data-tile]'],
  ['/pair', 'admin', 'main'],
  ['/cases', 'admin', 'main'],
  ['/leader', 'admin', 'main'],
  ['/reports', 'admin', 'main'],
  ['/report', 'admin', 'main'],
  ['/report/results', 'admin', 'main'],
  ['/system', 'admin', 'main h2'],
  ['/admin', 'admin', 'main table'],
  ['/cameras', 'admin', '.shelf [data-thing]'],
  ['/present', 'admin', 'main'],
  ['/editor', 'admin', 'main'],
])('%s has no serious fault of access', async (path, who, sign) => {
  const { page } = windows.get(who)!;
  await page.goto(`${product.url}${path}`);
  await untilState(page, 'live');
  await page.locator(sign).first().waitFor();
  await page.screenshot({ path: join(SHOTS, `${path.slice(1).replaceAll('/', '-') || 'home'}.png`) });
  expect(await graveFaults(page)).toEqual([]);
});

test('the desk with an alert opened has no serious fault of access', async () => {
  const { page } = windows.get('admin')!;
  await page.goto(`${product.url}/desk`);
  await untilState(page, 'live');
  await page.locator(`[data-thing="${alert}"] button`).first().click();
  await page.locator('[data-act="push"]').first().waitFor();
  expect(await graveFaults(page)).toEqual([]);
});

test.each([
  ['/cases', 'admin'],
  ['/inbox', 'officer'],
  ['/desk', 'admin'],
  ['/cameras', 'admin'],
  ['/admin', 'admin'],
])('the tabs of %s are gone through by arrows, Home and End', async (path, who) => {
  const { page } = windows.get(who)!;
  await page.goto(`${product.url}${path}`);
  await untilState(page, 'live');
  const tabs = page.locator('[role=tablist]').first().locator('[role=tab]');
  const names = await tabs.evaluateAll((all) => all.map((tab) => (tab as HTMLElement).dataset.tab));
  await page.locator('[role=tab][aria-selected=true]').first().focus();
  for (const [key, at] of [['Home', 0], ['ArrowRight', 1], ['ArrowLeft', 0], ['ArrowLeft', -1], ['ArrowRight', 0], ['End', -1]] as const) {
    await page.keyboard.press(key);
    await page.waitForFunction((name) => (document.activeElement as HTMLElement | null)?.dataset.tab === name && document.activeElement?.getAttribute('aria-selected') === 'true', names.at(at));
  }
});

test('a fault of access is noticed', async () => {
  const { page } = windows.get('admin')!;
  await page.goto(`${product.url}/login`);
  await page.locator('form').waitFor();
  await page.evaluate(() => document.querySelector('main')!.insertAdjacentHTML('beforeend', '<button></button>'));
  expect(await graveFaults(page)).toEqual([expect.stringMatching(/^button-name: /)]);
});

test('no window complained', () => {
  const isMadeUpCamera = (fault: string) => fault.startsWith('/gallery') && /404/.test(fault);
  expect(screens.faults().filter((fault) => !isMadeUpCamera(fault))).toEqual([]);
});
