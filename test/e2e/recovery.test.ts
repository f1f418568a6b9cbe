import pixelmatch from 'pixelmatch';
import type { Browser, Page } from 'playwright-core';
import type { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page as Listing } from '#contract/http.ts';
import type { OutputHealth, ScheduledWall } from '#contract/wall.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { pictureOf } from '../support/pixels.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilMapsDrawn, untilState, type Screens } from '../support/screens.ts';

const AT = '2026-11-20T01:00:00.000Z';
const WALL = 'w2x2';
const OUTPUTS = ['r1c1', 'r1c2'] as const;
/** The map of this output in the overview scene, without what tells the time. */
const MAP = { x: 0, y: 0, width: 1920, height: 1000 };
/** Of 1,920,000: what a letter may lose at another sub-pixel. */
const MOST_DIFFERENT_PX = 50;
/** A change is applied in the frame of its moment; reports are rounded. Units: ms. */
const IN_STEP_MS = 2;

let browser: Browser;
let product: Product;
let screens: Screens;
let cookie: string;
const windows = new Map<string, Watched>();

const act = (change: object) => call<ScheduledWall>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: change });
const wallNow = () => call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`);
const health = async () => (await call<Listing<OutputHealth>>(product.url, cookie, '/api/v1/outputs')).items.filter(({ wall, connected }) => wall === WALL && connected);

/** Takes every drawing context of a page away, as a driver that is reset does. */
const loseContexts = (page: Page) =>
  page.evaluate(() => {
    const contexts = [...document.querySelectorAll('canvas')].flatMap((canvas) => canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context') ?? []);
    for (const context of contexts) context.loseContext();
    return contexts.length;
  });
const differing = (a: PNG, b: PNG) => pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.1, includeAA: true });

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_CLOCK: AT } })]);
  cookie = await signIn(product.url);
  await call(product.url, cookie, '/api/v1/clock', { rate: 0 });
  await keepScene(product.url, cookie, WALL);
  await post(product.url, 'alert', [{ key: 'recovery', at: Date.parse(AT), kind: 'flood', level: 2, title: 'Ngập đường Bạch Đằng', position: [108.21, 16.06] }]);
  screens = await openScreens(browser, product);
  for (const output of OUTPUTS) windows.set(output, await screens.open(`/wall/${WALL}/${output}`));
  await Promise.all([...windows.values()].map(({ page }) => untilState(page, 'live')));
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('an output whose graphics were reset draws the same picture again by itself, and says that it happened', async () => {
  const { page } = windows.get('r1c1')!;
  await untilMapsDrawn(page, 120_000);
  const before = await pictureOf(page, MAP);
  expect(await loseContexts(page)).toBe(2);
  await expect.poll(async () => (await health()).find(({ output }) => output === 'r1c1')?.contextLosses).toBeGreaterThanOrEqual(2);
  await expect.poll(async () => differing(before, await pictureOf(page, MAP)), { timeout: 120_000 }).toBeLessThanOrEqual(MOST_DIFFERENT_PX);
});

test('a server that falls during a tour comes back to the same stop, and the outputs go on in step', async () => {
  const pages = [...windows.values()].map(({ page }) => page);
  await act({ do: 'tour', tour: 'vong-chinh' });
  await act({ do: 'tour-next' });
  const before = (await wallNow()).state;
  screens.expectAway(true);
  const { port } = new URL(product.url);
  await product.kill('SIGKILL');
  await Promise.all(pages.map((page) => untilState(page, 'offline')));
  product = await startProduct({ dataFolder: product.dataFolder, environment: { IOC_PORT: port, IOC_CLOCK: AT } });
  await Promise.all(pages.map((page) => untilState(page, 'live')));
  screens.expectAway(false);
  const after = (await wallNow()).state;
  expect(after.tour).toMatchObject({ id: 'vong-chinh', isPaused: false });
  expect(after.tour!.index).toBeGreaterThanOrEqual(before.tour!.index);
  const next = await act({ do: 'tour-next' });
  await expect.poll(async () => (await health()).filter(({ rev }) => rev === next.rev).length).toBe(OUTPUTS.length);
  for (const { appliedAt, applyErrorMs } of await health()) expect(Math.abs(appliedAt - applyErrorMs - next.applyAt)).toBeLessThanOrEqual(IN_STEP_MS);
  await act({ do: 'tour-stop' });
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
