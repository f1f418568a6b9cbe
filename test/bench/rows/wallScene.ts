import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { openScreens, untilState } from '../../support/screens.ts';
import { resultOf, type Row } from '../row.ts';

const WALL = 'w9x3';
const CHANGES = 4;
const SCENES = ['kinh-te-xa-hoi', 'dich-vu-cong'];
const AIM_MS = 1000;

/** From the command to the frame in which the page of the whole 27-output wall shows the next scene. */
export const row: Row = {
  name: 'wall.scene.w9x3',
  async measure({ rounds }) {
    const [browser, product] = await Promise.all([openBrowser(), startProduct()]);
    try {
      const cookie = await signIn(product.url);
      await keepScene(product.url, cookie, WALL);
      const screens = await openScreens(browser, product);
      const { page } = await screens.open(`/wall/${WALL}`, { width: 1920, height: 360 });
      await untilState(page, 'live');
      const taken: number[] = [];
      for (let turn = 0; turn < CHANGES * rounds; turn++) {
        const scene = SCENES[turn % SCENES.length]!;
        const { tiles } = (await call<{ variants?: Record<string, { tiles: { id: string; widget: string }[] }>; tiles: { id: string; widget: string }[] }>(product.url, cookie, `/api/v1/scenes/${scene}`)).variants?.[WALL] ?? (await call<{ tiles: { id: string; widget: string }[] }>(product.url, cookie, `/api/v1/scenes/${scene}`));
        const startedAt = performance.now();
        await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: { do: 'scene', scene } });
        await page.waitForFunction((wanted) => wanted.every(({ id, widget }) => [...document.querySelectorAll(`[data-tile="${id}"][data-widget="${widget}"]`)].some((tile) => getComputedStyle(tile).visibility !== 'hidden')), tiles, { polling: 'raf', timeout: 60_000 });
        taken.push(performance.now() - startedAt);
      }
      await screens.close();
      return [resultOf('wall.scene.w9x3', 'ms', taken, { against: 'one second', peer: AIM_MS, aim: 'reported: 200 ms of it are the common moment' })];
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
