import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fontPx, TEXT_ARC_MINUTES } from '../../layouts/arcMinutes.ts';
import { loadLayouts } from '../../layouts/load.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { findSmallText } from '../support/legible.ts';
import { sharedProduct } from '../support/shared.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const { walls, scenes } = await loadLayouts(join(ROOT, 'layouts'));
const widgets = readdirSync(join(ROOT, 'client/widgets'), { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('_')).map(({ name }) => name);
/** The room that the gallery draws its tiles for. */
const GALLERY_ROOM = { farthestViewerM: 2, pitchMm: 0.62 };
const pairs = [...walls.values()].flatMap((wall) => [...scenes.keys()].map((scene) => ({ wall, scene, name: `${scene} on ${wall.id}` })));

let browser: Browser;
let product: { url: string };
let screens: Screens;
let cookie: string;
let wallWindow: Watched;
let gallery: Watched;

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('quiet')]);
  cookie = await signIn(product.url);
  const at = Date.now();
  await post(product.url, 'alert', Array.from({ length: 8 }, (_, n) => ({ key: `legible-${n}`, at, kind: 'accident', level: 2 + (n % 3), title: `Va chạm ${2 + n} xe trên đường Nguyễn Văn Linh, đoạn qua cầu Rồng`, position: [108.16 + n / 100, 16.03] })));
  await post(product.url, 'feedback', Array.from({ length: 8 }, (_, n) => ({ key: `legible-${n}`, at, service: 'urban-order', description: `Lấn chiếm vỉa hè trước nhà số ${n}`, position: [108.21 + n / 300, 16.05] })));
  await post(product.url, 'camera', Array.from({ length: 8 }, (_, n) => ({ key: `legible-${n}`, at, name: `Nút giao số ${n}`, position: [108.2 + n / 300, 16.07], azimuth: 45 * n, fieldOfView: 60, rangeM: 80, streams: [{ role: 'sub', kind: 'loop', url: 'loop:avenue-day' }] })));
  for (const id of walls.keys()) await keepScene(product.url, cookie, id);
  screens = await openScreens(browser, product);
  wallWindow = await screens.open('/', { width: 1280, height: 720 });
  gallery = await screens.open('/gallery/clock', { width: 1600, height: 1200 });
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

/** The gallery's still city names cameras that this server has never heard of; their tiles are labelled, which is what is shown there. */
const isMadeUpCamera = (fault: string) => fault.startsWith('/gallery') && (/404 http\S+\/media\/cam-/.test(fault) || /status of 404/.test(fault));

async function windowOf(wall: string): Promise<Page> {
  const { page } = wallWindow;
  const address = `${product.url}/wall/${wall}`;
  if (page.url() !== address) await page.goto(address);
  return page;
}

test.each(pairs)('$name: every text can be read by the farthest viewer', async ({ wall, scene }) => {
  const page = await windowOf(wall.id);
  await untilState(page, 'live');
  const { rev } = await call<{ rev: number }>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: wall.id, act: { do: 'scene', scene } });
  expect(rev).toBeGreaterThan(0);
  const wanted = new Set(scenes.get(scene)!.variants?.[wall.id]?.tiles.map(({ id }) => id) ?? scenes.get(scene)!.tiles.map(({ id }) => id));
  await page.waitForFunction((ids) => ids.every((id) => [...document.querySelectorAll(`[data-tile="${id}"]`)].some((tile) => getComputedStyle(tile).visibility !== 'hidden' && (tile as HTMLElement).dataset.state !== 'loading')), [...wanted], { timeout: 30_000 });
  // A tile that two scenes share is measured anew in the frame after it moved.
  await expect.poll(() => findSmallText(page, fontPx(TEXT_ARC_MINUTES.floor, wall)), { timeout: 5000 }).toEqual([]);
});

test('a label of 9 pixels is noticed', async () => {
  const page = await windowOf('w9x3');
  await page.evaluate(() => {
    const label = document.createElement('span');
    label.textContent = 'chữ quá nhỏ';
    label.style.setProperty('font-size', '9px');
    const seen = [...document.querySelectorAll('[data-tile]')].find((tile) => getComputedStyle(tile).visibility !== 'hidden' && tile.getAttribute('data-widget') !== 'map');
    seen!.append(label);
  });
  const found = await findSmallText(page, fontPx(TEXT_ARC_MINUTES.floor, walls.get('w9x3')!));
  expect(found).toEqual([expect.objectContaining({ text: 'chữ quá nhỏ', fontPx: 9 })]);
});

test.each(widgets)('%s stands in the gallery with every example, legible', async (name) => {
  const { page } = gallery;
  await page.goto(`${product.url}/gallery/${name}`);
  await page.locator(`[data-widget="${name}"]`).first().waitFor();
  await page.waitForFunction(() => [...document.querySelectorAll<HTMLElement>('[data-tile]')].some(({ dataset }) => dataset.state !== 'loading'));
  expect(await findSmallText(page, fontPx(TEXT_ARC_MINUTES.floor, GALLERY_ROOM))).toEqual([]);
});

test('no window complained', () => {
  expect(screens.faults().filter((fault) => !isMadeUpCamera(fault))).toEqual([]);
});
