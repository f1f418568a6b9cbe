import type { Browser, Page } from 'playwright-core';
import { fitScene } from '../../layouts/fit.ts';
import { loadLayouts } from '../../layouts/load.ts';
import { toWorldPx } from '../../geo/mercator.ts';
import { openPage, type Watched } from './browser.ts';
import { signIn } from './door.ts';
import type { Product } from './product.ts';
import { ROOT } from '../house/tree.ts';
import { join } from 'node:path';

/** Outputs of the shipped 2 × 2 wall, in reading order. */
export const OUTPUTS = ['r1c1', 'r1c2', 'r2c1', 'r2c2'] as const;
export const OUTPUT_SIZE = { width: 1920, height: 1080 };

/** One person or device with all its windows on one product. */
export interface Screens {
  open(path: string, size?: { width: number; height: number }, cookie?: string): Promise<Watched>;
  /** From here on the server is away on purpose: refused connections are no fault. */
  expectAway(isAway: boolean): void;
  /** Console errors, page errors and failed requests of every window, with the window they belong to. */
  faults(): string[];
  close(): Promise<void>;
}

const AWAY = /ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_SOCKET|ERR_FAILED|WebSocket|Failed to fetch|NetworkError|TimeoutError|signal timed out|answer: 503/;

/** Windows on a product, signed in as its first admin unless another cookie is given. */
export async function openScreens(browser: Browser, product: Pick<Product, 'url'>): Promise<Screens> {
  const admin = await signIn(product.url);
  const windows: Watched[] = [];
  let isAway = false;
  return {
    async open(path, size = OUTPUT_SIZE, cookie = admin) {
      const window = await openPage(browser, { ...size, cookie, url: product.url, isExpected: (fault) => isAway && AWAY.test(fault) });
      windows.push(window);
      await window.page.goto(`${product.url}${path}`);
      return window;
    },
    expectAway(next) {
      isAway = next;
    },
    faults: () => windows.flatMap(({ faults }) => faults),
    async close() {
      for (const window of windows.splice(0)) if (!window.page.isClosed()) await window.close();
    },
  };
}

/** Waits until a page says it is in this state. */
export async function untilState(page: Page, state: string, withinMs = 150_000): Promise<void> {
  try {
    await page.waitForFunction((wanted) => document.documentElement.dataset.state === wanted, state, { timeout: withinMs, polling: 100 });
  } catch (error) {
    const shown = await page.evaluate(() => document.documentElement.dataset.state);
    throw new Error(`${page.url()} says ${shown}, not ${state}`, { cause: error });
  }
}

/** Waits until every map of a page says that all its tiles and names are drawn, and what lies above them stands still. */
export async function untilMapsDrawn(page: Page, withinMs = 60_000): Promise<void> {
  await page.locator('.maplibregl-canvas').first().waitFor({ timeout: withinMs });
  const areDrawn = () => page.evaluate(() => [...document.querySelectorAll('.maplibregl-map')].every((map) => (map as HTMLElement).dataset.drawn === ''));
  let last = '';
  let same = 0;
  const startedAt = performance.now();
  while (same < 3) {
    if (performance.now() - startedAt > withinMs) throw new Error('the map never stood still');
    const picture = (await page.locator('.maplibregl-canvas').first().screenshot({ timeout: withinMs })).toString('base64');
    same = picture === last && picture.length > 20_000 && (await areDrawn()) ? same + 1 : 0;
    last = picture;
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
  }
}

/** Resolves when the page has drawn once more after an element of this selector exists. */
export async function untilPainted(page: Page, selector: string, withinMs = 30_000): Promise<void> {
  await page.locator(selector).first().waitFor({ state: 'visible', timeout: withinMs });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(undefined))));
}

/** Where a place on Earth is drawn on a shipped wall. Units: wall pixels. */
export async function placeOnWall(wall: string, scene: string, position: [number, number]): Promise<{ x: number; y: number; output: string; inOutput: { x: number; y: number } }> {
  const layouts = await loadLayouts(join(ROOT, 'layouts'));
  const profile = layouts.walls.get(wall)!;
  const { tiles, camera } = fitScene(layouts.scenes.get(scene)!, profile);
  const map = tiles.find(({ widget }) => widget === 'map')!.rect;
  const [east, south] = toWorldPx(position, camera!.zoom);
  const [midEast, midSouth] = toWorldPx(camera!.center as [number, number], camera!.zoom);
  const x = map.x + map.width / 2 + east - midEast;
  const y = map.y + map.height / 2 + south - midSouth;
  const output = profile.outputs.find(({ rect }) => x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height)!;
  return { x, y, output: output.id, inOutput: { x: x - output.rect.x, y: y - output.rect.y } };
}
