import type { ScheduledWall, WallAct } from '#contract/wall.ts';
import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { openScreens, untilState } from '../../support/screens.ts';
import { resultOf, type Row } from '../row.ts';

const WALL = 'w2x2';
const SIZE = { width: 1920, height: 1080 };
/** The past shows another scene than the present, so that nothing of it can be used again. */
const SCENES = { past: 'phan-anh-hien-truong', present: 'toan-canh' };
const RETURNS = 10;
const AIM_MS = 1000;
const CALM_MS = 2000;

/** No tile that is seen waits for anything, no camera of the wall either. */
const isWhole = (): boolean =>
  document.documentElement.dataset.state === 'live' &&
  [...document.querySelectorAll<HTMLElement>('[data-tile], [data-tile] figure[data-state]')].every((part) => getComputedStyle(part).visibility === 'hidden' || !['loading', 'recorded', 'no-recording'].includes(part.dataset.state ?? ''));

/** From the key to the page of a whole wall that shows the present again, maps, figures and living cameras. */
export const row: Row = {
  name: 'looking-back',
  async measure({ rounds }) {
    const [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_SAMPLE: 'on' } })]);
    try {
      const cookie = await signIn(product.url);
      const act = (what: WallAct) => call<ScheduledWall>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: what });
      await keepScene(product.url, cookie, WALL);
      const screens = await openScreens(browser, product);
      const { applyAt } = await act({ do: 'scene', scene: SCENES.past });
      const { page } = await screens.open(`/wall/${WALL}`, SIZE);
      await untilState(page, 'live');
      await act({ do: 'scene', scene: SCENES.present });
      await page.waitForFunction(isWhole, undefined, { polling: 'raf', timeout: 120_000 });
      const taken: number[] = [];
      for (let turn = 0; turn < RETURNS * rounds; turn++) {
        await act({ do: 'replay', at: applyAt + 500, rate: 0 });
        await untilState(page, 'replay');
        await page.waitForTimeout(CALM_MS);
        const startedAt = performance.now();
        await act({ do: 'live' });
        await page.waitForFunction(isWhole, undefined, { polling: 'raf', timeout: 60_000 });
        taken.push(performance.now() - startedAt);
      }
      await screens.close();
      return [resultOf('looking-back.live', 'ms', taken, { against: 'one second', peer: AIM_MS, aim: 'p95 ≤ 1,000 ms; 200 ms of it are the common moment' })];
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
