import type { Page } from 'playwright-core';
import type { ScheduledWall } from '#contract/wall.ts';
import { stateHash } from '../../../server/domain/wall/stateHash.ts';
import { openBrowser } from '../../support/browser.ts';
import { call, post, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { openScreens, OUTPUTS, untilState } from '../../support/screens.ts';
import { resultOf, type Row } from '../row.ts';

const ALERTS = 4;
const AIM_MS = 1000;

/** Tiles of the alarm are made ready behind the picture first: only what is seen counts. */
const showsAlarm = (): boolean => [...document.querySelectorAll('[data-tile^="composed-"]')].some((tile) => getComputedStyle(tile).visibility !== 'hidden');

/** Six frames in a row without a long one: what came before is drawn. */
const atRest = (pages: readonly Page[]): Promise<unknown> =>
  Promise.all(
    pages.map((page) =>
      page.evaluate(
        ({ quickMs, frames }) =>
          new Promise<void>((done) => {
            let [last, quick] = [performance.now(), 0];
            const step = () => {
              const now = performance.now();
              quick = now - last < quickMs ? quick + 1 : 0;
              last = now;
              if (quick < frames) requestAnimationFrame(step);
              else done();
            };
            requestAnimationFrame(step);
          }),
        { quickMs: 60, frames: 6 },
      ),
    ),
  );

/** From the door to a composed wall on four outputs at rest, and back: the state given back must be the state taken away. */
export const row: Row = {
  name: 'wall.compose',
  async measure({ rounds, say }) {
    const [browser, product] = await Promise.all([openBrowser(), startProduct()]);
    try {
      const cookie = await signIn(product.url);
      const screens = await openScreens(browser, product);
      const pages = [];
      for (const output of OUTPUTS) pages.push((await screens.open(`/wall/w2x2/${output}`)).page);
      await Promise.all(pages.map((page) => untilState(page, 'live')));
      const hashNow = async () => stateHash((await call<ScheduledWall>(product.url, cookie, '/api/v1/walls/w2x2/state')).state);
      const before = await hashNow();
      const taken: number[] = [];
      await atRest(pages);
      for (let turn = 0; turn < ALERTS * rounds; turn++) {
        const startedAt = performance.now();
        await post(product.url, 'alert', [{ key: `compose-${turn}`, at: Date.now(), kind: 'flood', level: 1, title: `Ngập sâu lần ${turn}`, position: [108.2123, 16.0612] }]);
        await Promise.all(pages.map((page) => page.waitForFunction(showsAlarm, undefined, { polling: 'raf', timeout: 60_000 })));
        taken.push(performance.now() - startedAt);
        await atRest(pages);
        await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: { do: 'release', all: true } });
        await Promise.all(pages.map((page) => page.waitForFunction(() => document.querySelector('[data-tile^="composed-"]') === null, undefined, { polling: 'raf', timeout: 60_000 })));
        await atRest(pages);
        if ((await hashNow()) !== before) throw new Error('the wall was not given back as it was');
      }
      say(`wall.compose: ${taken.length} of ${taken.length} states given back exactly`);
      await screens.close();
      return [resultOf('wall.compose', 'ms', taken, { against: 'one second', peer: AIM_MS, aim: 'p95 ≤ 1,000 ms on 4 outputs' })];
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
