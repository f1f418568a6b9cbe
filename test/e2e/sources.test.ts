import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScheduledWall } from '#contract/wall.ts';
import { openBrowser } from '../support/browser.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { sharedProduct } from '../support/shared.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const TILE = 'cameras';

let browser: Browser;
let product: { url: string };
let screens: Screens;
let cookie: string;
let wall: Page;

const act = (change: object) => call<ScheduledWall>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: change });
const tileNow = async () => (await call<ScheduledWall>(product.url, cookie, '/api/v1/walls/w2x2/state')).state.tiles.find(({ id }) => id === TILE);

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('quiet')]);
  cookie = await signIn(product.url);
  await keepScene(product.url, cookie, 'w2x2');
  await act({ do: 'scene', scene: 'an-ninh-giao-thong' });
  screens = await openScreens(browser, product);
  wall = (await screens.open('/wall/w2x2/r1c2')).page;
  await untilState(wall, 'live');
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

test('a picture shared in one browser plays on the wall, is given back exactly, and says so when it stops', async () => {
  const { page } = await screens.open('/share', { width: 1200, height: 900 });
  await page.locator('[data-field="label"]').fill('Máy tính phòng họp');
  await page.locator('[data-act="share-device"]').click();
  await page.locator('[data-sharing]').waitFor();
  const before = await tileNow();
  await page.locator('[data-pick="tile"]').selectOption(TILE);
  await page.locator('[data-act="show-share"]').click();
  await wall.locator('[data-widget="shared-screen"][data-state="live"]').waitFor();
  await wall.waitForFunction(() => (document.querySelector<HTMLVideoElement>('[data-widget="shared-screen"] video')?.currentTime ?? 0) > 0);
  await page.locator('[data-act="return-share"]').click();
  await wall.locator(`[data-tile="${TILE}"][data-widget="camera-matrix"]`).waitFor();
  expect(await tileNow()).toEqual(before);
  await act({ do: 'undo' });
  await wall.locator('[data-widget="shared-screen"][data-state="live"]').waitFor();
  await page.locator('[data-act="stop-share"]').click();
  await wall.locator('[data-widget="shared-screen"][data-state="empty"]').waitFor();
  await act({ do: 'return', tile: TILE });
});

test('a video device of the wall’s own machine is opened there', async () => {
  await act({ do: 'push', tile: TILE, widget: 'capture-card', settings: { device: 'fake' } });
  await wall.locator('[data-widget="capture-card"][data-state="live"]').waitFor();
  await act({ do: 'return', tile: TILE });
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
