import type { Browser, Page as Window } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from '#contract/http.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { VehicleState } from '#contract/topics/telemetry.ts';
import { openBrowser } from '../support/browser.ts';
import { isForDocuments, keepPicture } from '../support/docImages.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const LARGEST_IMAGE_BYTES = 400 * 1024;
const LEAST_VEHICLES = 300;
/** Pictures for the documents are taken at the size of the wall; a run that only looks paints a quarter of it. */
const SHARE = isForDocuments ? 1 : 0.5;

let browser: Browser;
let product: Product;
let screens: Screens;
let cookie: string;

const keep = (page: Window, name: string, width: number) => keepPicture(page, name, { width, largestBytes: LARGEST_IMAGE_BYTES });
const decodedFrames = (page: Window) => page.evaluate(() => [...document.querySelectorAll('video')].reduce((sum, video) => sum + video.getVideoPlaybackQuality().totalVideoFrames, 0));

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_SAMPLE: 'on' } })]);
  cookie = await signIn(product.url);
  for (const wall of ['w2x2', 'w3x2']) {
    await keepScene(product.url, cookie, wall);
    // An alert of the living city may have composed the wall before.
    await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall, act: { do: 'scene', scene: 'toan-canh' } });
  }
  screens = await openScreens(browser, product);
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('vehicles drive, alerts arrive, and all of it says that it is simulated', async () => {
  const vehicles = async () => new Map((await call<Page<VehicleState>>(product.url, cookie, '/api/v1/vehicles')).items.map((vehicle) => [vehicle.ref, vehicle]));
  await expect.poll(async () => (await vehicles()).size).toBeGreaterThanOrEqual(LEAST_VEHICLES);
  const before = await vehicles();
  const moved = async () => [...(await vehicles()).values()].filter(({ ref, position }) => before.get(ref)?.position.join() !== position.join()).length;
  await expect.poll(moved).toBeGreaterThan(LEAST_VEHICLES / 4);
  const { items: alerts } = await call<Page<AlertState>>(product.url, cookie, '/api/v1/alerts?limit=100');
  expect(alerts.length).toBeGreaterThan(0);
  expect(new Set(alerts.map(({ provenance }) => provenance))).toEqual(new Set(['simulated']));
  const { items: cameras } = await call<Page<{ id: string }>>(product.url, cookie, '/api/v1/cameras?limit=200');
  expect(cameras.length).toBeGreaterThanOrEqual(48);
});

test('the wall shows map, alerts and playing cameras, marked MÔ PHỎNG', async () => {
  const { page, close } = await screens.open('/wall/w2x2', { width: 3840 * SHARE, height: 2160 * SHARE });
  await untilState(page, 'live');
  await page.locator('[data-widget="alert-list"] li').first().waitFor();
  await page.locator('[data-widget="map"] .maplibregl-canvas').first().waitFor();
  expect(await page.locator('[data-widget="map"]').first().getAttribute('data-provenance')).toBe('simulated');
  expect(await page.getByText('MÔ PHỎNG').count()).toBeGreaterThan(2);
  await expect.poll(() => decodedFrames(page)).toBeGreaterThan(0);
  const before = await decodedFrames(page);
  await expect.poll(() => decodedFrames(page)).toBeGreaterThan(before + 15);
  await expect.poll(() => page.locator('[data-tile="cameras"] figure[data-state="live"]').count()).toBeGreaterThan(0);
  await keep(page, 'wall-w2x2', 1920);
  await close();
});

test('a wide wall shows the same city', async () => {
  const { page, close } = await screens.open('/wall/w3x2', { width: 5760 * SHARE, height: 2160 * SHARE });
  await untilState(page, 'live');
  await page.locator('[data-widget="alert-list"] li').first().waitFor();
  await expect.poll(() => decodedFrames(page)).toBeGreaterThan(0);
  await keep(page, 'wall-w3x2', 1920);
  await close();
});

test('the desk shows the city and the wall', async () => {
  const { page } = await screens.open('/desk');
  await untilState(page, 'live');
  await page.locator('[data-thing^="al-"] button').first().click();
  await page.locator('[data-act="push"]').first().waitFor();
  expect(await page.getByText('MÔ PHỎNG').count()).toBeGreaterThan(0);
  await keep(page, 'desk', 1920);
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
