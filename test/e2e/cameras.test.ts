import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { openBrowser, openPage, type Watched } from '../support/browser.ts';
import { signIn } from '../support/door.ts';
import { sharedProduct } from '../support/shared.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
let browser: Browser;
let product: { url: string };
let cookie: string;
let watched: Watched;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('city')]);
  cookie = await signIn(product.url);
  watched = await openPage(browser, { width: 1920, height: 1080, cookie, url: product.url });
  await watched.page.goto(`${product.url}/cameras`);
});

afterAll(async () => {
  await watched?.close();
  await browser?.close();
});

test.each([[16, 'cameras-4x4'], [36, 'cameras-6x6']])('a matrix of %i plays what it can and says which pictures are stills', async (size, name) => {
  const { page } = watched;
  await page.click(`.bar [data-size="${size}"]`);
  await expect.poll(() => page.locator('.shelf [data-thing]').count()).toBeGreaterThan(0);
  const cameras = await page.locator('.shelf [data-thing]').count();
  for (let at = 0; at < cameras && (await page.locator('[data-place] figure').count()) < Math.min(size, cameras); at += 1) await page.locator('.shelf [data-thing]').nth(at).click();
  const told = () => page.locator('[data-place] figure[data-state="live"], [data-place] figure[data-state="still"]').count();
  await expect.poll(told, { timeout: 90_000, interval: 1000 }).toBe(Math.min(size, cameras));
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
});

test('a picture is kept with its reason, and the log names who kept it', async () => {
  const { page } = watched;
  await page.locator('[data-place="0"] .whole').click();
  await page.locator('.hand input').first().fill('Kiểm tra ùn tắc');
  await page.click('[data-act="snapshot"]');
  await expect.poll(() => page.locator('.hand li', { hasText: 'Kiểm tra ùn tắc' }).count()).toBe(1);
  await page.click('.hand [data-act="focus"]');
  await expect.poll(() => page.locator('[data-focus] figure[data-state="live"]').count()).toBe(1);
  await page.screenshot({ path: join(SHOTS, 'cameras-focus.png') });
});

test('the round looks at every camera and the page says how they are', async () => {
  const { page } = watched;
  await page.click('[data-tab="health"]');
  await page.click('[data-act="round"]');
  await expect.poll(() => page.locator('tr[data-state="live"]').count(), { timeout: 120_000 }).toBeGreaterThan(0);
  await page.screenshot({ path: join(SHOTS, 'cameras-health.png') });
  await page.click('[data-tab="register"]');
  await page.locator('[data-act="edit"]').first().click();
  await page.screenshot({ path: join(SHOTS, 'cameras-register.png') });
  expect(watched.faults).toEqual([]);
});
