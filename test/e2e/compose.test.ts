import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScheduledWall } from '#contract/wall.ts';
import { stateHash } from '../../server/domain/wall/stateHash.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { call, post, signIn } from '../support/door.ts';
import { stitch } from '../support/pixels.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const WALL = 'w3x2';
const SIZE = { width: 1440, height: 540 };
const FRAMES = join(ROOT, 'test/report/compose');

let browser: Browser;
let product: Product;
let screens: Screens;
let cookie: string;
let page: Page;

const wallNow = async () => (await call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`)).state;
const act = (change: object) => call<ScheduledWall>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: change });
const composed = '[data-tile^="composed-"]';

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  cookie = await signIn(product.url);
  screens = await openScreens(browser, product);
  await act({ do: 'scene', scene: 'toan-canh' });
  ({ page } = await screens.open(`/wall/${WALL}`, SIZE));
  await untilState(page, 'live');
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('an alarm composes the wall, says why of every tile, and gives it back exactly; the frames are kept', async () => {
  await act({ do: 'rules', on: true });
  const before = stateHash(await wallNow());
  mkdirSync(FRAMES, { recursive: true });
  const frame = (name: string) => page.screenshot({ path: join(FRAMES, `${name}.png`) });
  const frames = [await frame('1-before')];
  await post(product.url, 'alert', [{ key: `compose-${before.slice(0, 8)}`, at: Date.now(), kind: 'flood', level: 1, title: 'Ngập sâu trước cổng chợ', position: [108.2123, 16.0612] }]);
  await page.locator(composed).first().waitFor();
  frames.push(await frame('2-composed'));
  const shown = await wallNow();
  expect(shown.composed).toMatchObject({ title: 'Ngập sâu trước cổng chợ' });
  expect(shown.tiles.filter(({ id }) => id.startsWith('composed-')).every(({ why }) => why !== undefined && why.length > 0)).toBe(true);
  await act({ do: 'release', all: true });
  await page.waitForFunction((selector) => document.querySelector(selector) === null, composed);
  frames.push(await frame('3-released'));
  const after = stateHash(await wallNow());
  writeFileSync(join(FRAMES, 'contact-sheet.png'), PNG.sync.write(stitch(SIZE.width, SIZE.height * frames.length, frames.map((one, index) => ({ picture: PNG.sync.read(one), x: 0, y: index * SIZE.height })))));
  writeFileSync(join(FRAMES, 'states.json'), `${JSON.stringify({ before, composed: stateHash(shown), after })}\n`);
  expect(after).toBe(before);
  expect(frames[1]!.equals(frames[0]!)).toBe(false);
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
