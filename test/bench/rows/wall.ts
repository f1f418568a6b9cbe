import type { Page } from 'playwright-core';
import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { openScreens, OUTPUTS, untilMapsDrawn, untilState } from '../../support/screens.ts';
import { resultOf, type Row } from '../row.ts';

const CHANGES = 8;
const FRAME_MS = 1000 / 60;

const watchMark = (page: Page) =>
  page.evaluate(() => {
    const shown: Record<string, number> = {};
    Object.assign(window, { shown });
    let last = document.querySelector('.identify') !== null;
    let turns = 0;
    const step = () => {
      const now = document.querySelector('.identify') !== null;
      if (now !== last) shown[`${++turns}`] = performance.timeOrigin + performance.now();
      last = now;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  });
const shownAt = (page: Page, turn: number) => page.waitForFunction((name) => (window as unknown as { shown: Record<string, number> }).shown[name], String(turn), { polling: 20, timeout: 15_000 }).then((handle) => handle.jsonValue() as Promise<number>);

/** How far apart four outputs show the same change, and how late after its moment. */
export const row: Row = {
  name: 'wall.spread',
  async measure({ rounds }) {
    const [browser, product] = await Promise.all([openBrowser(), startProduct()]);
    try {
      const cookie = await signIn(product.url);
      await keepScene(product.url, cookie, 'w2x2');
      const screens = await openScreens(browser, product);
      const pages: Page[] = [];
      for (const output of OUTPUTS) pages.push((await screens.open(`/wall/w2x2/${output}`)).page);
      await Promise.all(pages.map((page) => untilState(page, 'live')));
      await untilMapsDrawn(pages[0]!);
      await Promise.all(pages.map(watchMark));
      const spread: number[] = [];
      const late: number[] = [];
      for (let turn = 1; turn <= CHANGES * rounds; turn++) {
        const { applyAt } = await call<{ applyAt: number }>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: { do: 'identify', on: turn % 2 === 1 } });
        const moments = await Promise.all(pages.map((page) => shownAt(page, turn)));
        spread.push(Math.max(...moments) - Math.min(...moments));
        late.push(...moments.map((at) => at - applyAt));
      }
      await screens.close();
      return [
        resultOf('wall.spread', 'ms', spread, { against: 'one frame at 60 Hz', peer: FRAME_MS, aim: '≤ 1 frame with a graphics card; software drawing here' }),
        resultOf('wall.late', 'ms', late, { against: 'one frame at 60 Hz', peer: FRAME_MS, aim: 'reported' }),
      ];
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
