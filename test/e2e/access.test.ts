import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { call, post, signIn } from '../support/door.ts';
import { makeOfficer } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const UNIT = '20242';
const GRAVE = new Set(['serious', 'critical']);

let browser: Browser;
let product: Product;
let screens: Screens;
let officer: { cookie: string };

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  const cookie = await signIn(product.url);
  officer = await makeOfficer(product.url, cookie, 'can-bo-truy-cap', UNIT);
  const at = Date.now();
  const alerts = await post(product.url, 'alert', [1, 2, 3, 4].map((level) => ({ key: `a${level}`, at, kind: 'flood', level, title: `Cảnh báo mức ${level}`, position: [108.21 + level / 200, 16.06] })));
  await post(product.url, 'camera', [{ key: 'c1', at, name: 'Nút giao Nguyễn Văn Linh – Lê Duẩn', position: [108.2123, 16.0612], azimuth: 90, fieldOfView: 60, rangeM: 80, streams: [{ role: 'sub', kind: 'loop', url: 'loop:avenue-day' }] }]);
  await post(product.url, 'feedback', [{ key: 'f1', at, service: 'urban-order', description: 'Lấn chiếm vỉa hè', position: [108.2223, 16.0652] }]);
  await call(product.url, cookie, '/api/v1/commands/alert.acknowledge', { id: alerts[1]!.id });
  await call(product.url, cookie, '/api/v1/commands/alert.assign', { id: alerts[1]!.id, unit: UNIT });
  screens = await openScreens(browser, product);
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
  ['/desk', 'admin', '[data-thing]'],
  ['/inbox', 'officer', '[data-thing]'],
  ['/gallery', 'admin', '[data-tile]'],
  ['/pair', 'admin', 'main'],
  ['/cases', 'admin', 'main'],
  ['/leader', 'admin', 'main'],
  ['/reports', 'admin', 'main'],
  ['/report', 'admin', 'main'],
])('%s has no serious fault of access', async (path, who, sign) => {
  const { page, context } = await screens.open(path, { width: 1920, height: 1080 }, who === 'officer' ? officer.cookie : undefined);
  await untilState(page, 'live');
  await page.locator(sign).first().waitFor();
  expect(await graveFaults(page)).toEqual([]);
  await context.close();
});

test('an alert opened on the desk has no serious fault of access', async () => {
  const { page, context } = await screens.open('/desk');
  await untilState(page, 'live');
  await page.locator('[data-thing] button').first().click();
  await page.locator('[data-act="push"]').first().waitFor();
  expect(await graveFaults(page)).toEqual([]);
  await context.close();
});

test('a fault of access is noticed', async () => {
  const { page } = await screens.open('/login');
  await page.locator('form').waitFor();
  await page.evaluate(() => document.querySelector('main')!.insertAdjacentHTML('beforeend', '<button></button>'));
  expect(await graveFaults(page)).toEqual([expect.stringMatching(/^button-name: /)]);
});

test('no window complained', () => {
  const isMadeUpCamera = (fault: string) => fault.startsWith('/gallery') && /404/.test(fault);
  expect(screens.faults().filter((fault) => !isMadeUpCamera(fault))).toEqual([]);
});
