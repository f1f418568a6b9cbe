import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { call, post, signIn } from '../support/door.ts';
import { pictureOf, stitch } from '../support/pixels.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, OUTPUTS, untilMapsDrawn, untilState, type Screens } from '../support/screens.ts';

const AT = '2026-11-20T01:00:00.000Z';
const WALL = { width: 3840, height: 2160 };
const MAP = { width: 2880, height: 1620 };
/** Of 4,665,600: what a letter may lose at another sub-pixel. Measured: 0. */
const MOST_DIFFERENT_PX = 50;

let browser: Browser;
let product: Product;
let screens: Screens;

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_CLOCK: AT } })]);
  const cookie = await signIn(product.url);
  await call(product.url, cookie, '/api/v1/clock', { rate: 0 });
  const at = Date.parse(AT);
  const spot = (n: number): [number, number] => [108.12 + (n % 9) * 0.018, 16.0 + Math.floor(n / 9) * 0.02];
  await post(product.url, 'alert', Array.from({ length: 40 }, (_, n) => ({ key: `a${n}`, at, kind: 'flood', level: 2 + (n % 3), title: `Điểm ngập số ${n}`, position: spot(n) })));
  await post(product.url, 'vehicle', Array.from({ length: 300 }, (_, n) => ({ key: `v${n}`, ref: `xe-${n}`, at, position: [108.1 + (n % 20) * 0.01, 15.99 + Math.floor(n / 20) * 0.01], speedKmh: 20, headingDeg: (n * 37) % 360, kind: n % 10 === 0 ? 'police' : 'car' })));
  screens = await openScreens(browser, product);
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

/** How good its data is, is measured a while after the start; a tile says it from then on. */
const untilQualityIsSaid = (page: Page) => page.locator('[data-widget="map"][data-quality]').first().waitFor();

test('four outputs side by side are the picture of one window', async () => {
  const whole = await screens.open('/wall/w2x2', WALL);
  await untilState(whole.page, 'live');
  await untilMapsDrawn(whole.page, 120_000);
  await untilQualityIsSaid(whole.page);
  const reference = await pictureOf(whole.page, { x: 0, y: 0, ...MAP });
  await whole.close();

  const parts: { picture: PNG; x: number; y: number }[] = [];
  for (const [index, output] of OUTPUTS.entries()) {
    const { page, close } = await screens.open(`/wall/w2x2/${output}`);
    await untilState(page, 'live');
    await untilMapsDrawn(page, 120_000);
    await untilQualityIsSaid(page);
    parts.push({ picture: await pictureOf(page), x: (index % 2) * 1920, y: Math.floor(index / 2) * 1080 });
    await close();
  }
  const stitched = new PNG(MAP);
  PNG.bitblt(stitch(WALL.width, WALL.height, parts), stitched, 0, 0, MAP.width, MAP.height, 0, 0);
  const difference = new PNG(MAP);
  const pixels = pixelmatch(reference.data, stitched.data, difference.data, MAP.width, MAP.height, { threshold: 0.1, includeAA: true });
  const folder = join(ROOT, 'test/report/seams');
  mkdirSync(folder, { recursive: true });
  for (const [name, picture] of Object.entries({ reference, stitched, difference })) writeFileSync(join(folder, `${name}.png`), PNG.sync.write(picture));
  console.log(`seams: ${pixels} of ${MAP.width * MAP.height} px differ`);
  expect(pixels).toBeLessThanOrEqual(MOST_DIFFERENT_PX);
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
