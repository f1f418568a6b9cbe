import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readElementaryStream } from '../../server/media/annexB.ts';
import { createLoopLibrary } from '../../server/media/loopLibrary.ts';
import { startRtspCamera, type RtspCamera } from '../../server/media/testing/rtspCamera.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, type Screens } from '../support/screens.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const WALL = 'w2x2';
const TILES = 36;
/** What a page decodes at most; the rest are stills. */
const MOST_VIDEOS = 16;
const LOOP = 'market-day';
/** Units: ms. A picture that stands this long must not be called live, one as old as this no still: three seconds are for a page that comes late to its own clock. */
const [WATCH_MS, LOOK_MS, STANDS_MS, OLDEST_STILL_MS, HOLD_MS] = [60_000, 1000, 4000, 13_000, 5000];

/** What a tile says, and what is true of it. */
interface Look {
  state: string;
  frames: number;
  ageMs: number;
}

let browser: Browser;
let product: Product;
let screens: Screens;
let camera: RtspCamera;
let page: Page;

const figures = '[data-tile="cameras"] figure';
const look = (): Promise<Look[]> =>
  page.evaluate((selector) => {
    const tiles = [...document.querySelectorAll<HTMLElement>(selector)];
    return tiles.map((tile) => ({ state: tile.dataset.state ?? '', frames: tile.querySelector('video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0, ageMs: Date.now() - Number(tile.dataset.asOf) }));
  }, figures);
/** A page with more work than it can do calls a still late that it did not get to, which is true. */
const TRUE_OF_A_BUSY_PAGE = ['live', 'still', 'loading', 'late'];
const isShown = ({ state }: Look) => state !== 'loading' && TRUE_OF_A_BUSY_PAGE.includes(state);
const stateOfLast = async () => (await look()).at(-1)?.state;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  const { sps, pps } = readElementaryStream(readFileSync(join(ROOT, `server/media/loops/${LOOP}.h264`)));
  camera = await startRtspCamera({ loop: createLoopLibrary().get(LOOP)!, sps, pps });
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  const at = Date.now();
  const streamOf = (n: number) => (n === TILES - 1 ? { role: 'sub', kind: 'rtsp', url: camera.url } : { role: 'sub', kind: 'loop', url: `loop:${LOOP}` });
  await post(product.url, 'camera', Array.from({ length: TILES }, (_, n) => ({ key: `wall-${n}`, at, name: `Nút giao số ${String(n + 1).padStart(2, '0')}`, position: [108.2 + n / 1000, 16.07], azimuth: 10 * n, fieldOfView: 60, rangeM: 80, streams: [streamOf(n)] })));
  const cookie = await signIn(product.url);
  const act = (change: object) => call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: change });
  await keepScene(product.url, cookie, WALL);
  await act({ do: 'scene', scene: 'an-ninh-giao-thong' });
  await act({ do: 'push', tile: 'cameras', widget: 'camera-matrix', settings: { most: TILES } });
  screens = await openScreens(browser, product);
  ({ page } = await screens.open(`/wall/${WALL}/r1c2`));
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
  await camera?.close();
});

test('a matrix of 36 on the wall is video as far as the page decodes, and stills beyond', async () => {
  await expect.poll(async () => (await look()).filter(isShown).length, { timeout: 120_000, interval: 500 }).toBe(TILES);
  await page.screenshot({ path: join(SHOTS, 'camera-wall-36.png') });
  const states = (await look()).map(({ state }) => state);
  expect(states.filter((state) => state === 'live').length).toBeLessThanOrEqual(MOST_VIDEOS);
  expect(states.filter((state) => state === 'still' || state === 'late').length).toBeGreaterThanOrEqual(TILES - MOST_VIDEOS);
  expect(states).toContain('still');
  const empty = await page.evaluate((selector) => {
    const isEmpty = (canvas: HTMLCanvasElement) => canvas.getContext('2d')!.getImageData(canvas.width >> 1, canvas.height >> 1, 1, 1).data[3] === 0;
    return [...document.querySelectorAll<HTMLCanvasElement>(`${selector}[data-state="still"] canvas`)].filter(isEmpty).length;
  }, figures);
  expect(empty).toBe(0);
});

test('for a minute no tile says live without new pictures, and none is called anything it is not', async () => {
  const [untrue, words] = [new Set<string>(), new Set<string>()];
  const moved: { frames: number; at: number }[] = [];
  for (const startedAt = performance.now(); performance.now() - startedAt < WATCH_MS; await page.waitForTimeout(LOOK_MS)) {
    const at = performance.now();
    for (const [tile, { state, frames, ageMs }] of (await look()).entries()) {
      words.add(state);
      if (moved[tile]?.frames !== frames || state !== 'live') moved[tile] = { frames, at };
      if (at - moved[tile].at > STANDS_MS) untrue.add(`${tile} live, no new picture`);
      if (state === 'still' && ageMs > OLDEST_STILL_MS) untrue.add(`${tile} still of ${ageMs} ms`);
    }
  }
  expect([...untrue]).toEqual([]);
  expect([...words].filter((word) => !TRUE_OF_A_BUSY_PAGE.includes(word))).toEqual([]);
});

test('the one camera whose picture stands is named within ten seconds, and back within fifteen', async () => {
  camera.freeze(true);
  await expect.poll(stateOfLast, { timeout: 10_000, interval: 100 }).toMatch(/frozen|lost|late/);
  const held = new Set<string | undefined>();
  for (const until = performance.now() + HOLD_MS; performance.now() < until; await page.waitForTimeout(200)) held.add(await stateOfLast());
  expect([...held].filter((state) => state === 'live' || state === 'still')).toEqual([]);
  expect((await look()).slice(0, -1).every(({ state }) => TRUE_OF_A_BUSY_PAGE.includes(state))).toBe(true);
  camera.freeze(false);
  await expect.poll(stateOfLast, { timeout: 15_000, interval: 100 }).toMatch(/live|still/);
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
