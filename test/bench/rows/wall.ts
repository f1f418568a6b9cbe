import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { OutputHealth } from '#contract/wall.ts';
import { openBrowser, openPage } from '../../support/browser.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { untilState } from '../../support/screens.ts';
import { resultOf, type Row } from '../row.ts';
import { putFarAway, seenAt, watchMarks } from '../wall/farWindow.ts';

const WALL = 'w9x3';
const CHANGES = 10;
const FRAME_MS = 1000 / 60;
const DELAY_MS = 150;
const WINDOW = { width: 480, height: 270 };
/** Three machines with three windows each; every machine's clock is wrong in its own way. Units: ms. */
const MACHINES = [-3200, 0, 5000];
const COLUMNS = [1, 2, 3];
/** A wall without a map: nine windows on two cores must have time to draw. */
const SCENE = { schema: 2, id: 'dong-ho', name: { vi: 'Đồng hồ', en: 'Clock' }, size: [17_280, 3240], tiles: [{ id: 'clock', widget: 'clock', rect: { x: 0, y: 0, width: 17_280, height: 3240 } }] };

/** A wall hangs for days: its clocks had time to find the server's. Units: ms. */
const CLOCK_WITHIN = { errorMs: 8, waitMs: 30_000, everyMs: 500 };

const rangeOf = (moments: readonly number[]) => Math.max(...moments) - Math.min(...moments);

/** How far apart nine outputs of three browsers show the same change, with wrong clocks and late messages; and how far apart they would have shown it without the common clock. */
export const row: Row = {
  name: 'wall.spread',
  async measure({ rounds }) {
    const product = await startProduct();
    const browsers: Browser[] = [];
    try {
      const cookie = await signIn(product.url);
      const command = <T>(name: string, body: object) => call<T>(product.url, cookie, `/api/v1/commands/${name}`, body);
      await keepScene(product.url, cookie, WALL);
      const { version } = await command<{ version: number }>('scene.save', { scene: SCENE });
      await command('scene.publish', { id: SCENE.id, version });
      await command('wall.apply', { wall: WALL, act: { do: 'scene', scene: SCENE.id } });
      const pages: Page[] = [];
      for (const [machine, skewMs] of MACHINES.entries()) {
        const browser = await openBrowser();
        browsers.push(browser);
        for (const column of COLUMNS) {
          const { page, context } = await openPage(browser, { ...WINDOW, cookie, url: product.url });
          await putFarAway(context, { skewMs, delayMs: DELAY_MS });
          await page.goto(`${product.url}/wall/${WALL}/r${machine + 1}c${column}`);
          pages.push(page);
        }
      }
      await Promise.all(pages.map((page) => untilState(page, 'live')));
      const clockErrors = async () => (await call<{ items: OutputHealth[] }>(product.url, cookie, '/api/v1/outputs')).items.filter(({ wall }) => wall === WALL).map(({ clockErrorMs }) => Math.abs(clockErrorMs));
      const isClose = (errors: readonly number[]) => errors.length === pages.length && errors.every((error) => error <= CLOCK_WITHIN.errorMs);
      for (const from = performance.now(); !isClose(await clockErrors()) && performance.now() - from < CLOCK_WITHIN.waitMs; ) await setTimeout(CLOCK_WITHIN.everyMs);
      await Promise.all(pages.map(watchMarks));
      const [spread, naive, late]: [number[], number[], number[]] = [[], [], []];
      for (let turn = 0; turn < CHANGES * rounds; turn++) {
        const { applyAt } = await command<{ applyAt: number }>('wall.apply', { wall: WALL, act: { do: 'identify', on: turn % 2 === 0 } });
        const seen = await Promise.all(pages.map((page) => seenAt(page, turn)));
        spread.push(rangeOf(seen.map(({ shownAt }) => shownAt)));
        naive.push(rangeOf(seen.map(({ naiveAt }) => naiveAt)));
        late.push(...seen.map(({ shownAt }) => shownAt - applyAt));
      }
      const clock = await clockErrors();
      const naiveMid = naive.toSorted((a, b) => a - b)[Math.floor(naive.length / 2)]!;
      return [
        resultOf('wall.spread', 'ms', spread, { against: 'shown as it comes, same run', peer: naiveMid, aim: 'p50 ≤ 17, p95 ≤ 50, ≤ 0.2 × naive' }),
        resultOf('wall.spread.naive', 'ms', naive, { against: 'one frame at 60 Hz', peer: FRAME_MS, aim: 'reported: what a push without the clock would give' }),
        resultOf('wall.late', 'ms', late, { against: 'one frame at 60 Hz', peer: FRAME_MS, aim: 'reported' }),
        resultOf('wall.clock-error', 'ms', clock, { against: 'one frame at 60 Hz', peer: FRAME_MS, aim: 'reported: as the outputs estimate it' }),
      ];
    } finally {
      for (const browser of browsers) await browser.close();
      await product.close();
    }
  },
};
