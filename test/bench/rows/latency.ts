import type { Page } from 'playwright-core';
import { openBrowser } from '../../support/browser.ts';
import { keepScene, post, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { openScreens, untilState } from '../../support/screens.ts';
import { resultOf, type Result, type Row } from '../row.ts';

/** One window says what the product takes; four, drawn in software on the same cores, what is left when they are busy. */
const WINDOWS = [1, 4];
const ALERTS = 20;
const AIM_MS = 500;

/** Notes the moment one frame after a row of the alert list names each title. Units: epoch ms of the machine. */
const watchTitles = (page: Page) =>
  page.evaluate(() => {
    const painted: Record<string, number> = {};
    Object.assign(window, { painted });
    const note = () => {
      for (const title of document.querySelectorAll('[data-widget="alert-list"] li .title')) {
        const words = title.textContent ?? '';
        if (words in painted) continue;
        painted[words] = 0;
        requestAnimationFrame(() => (painted[words] = performance.timeOrigin + performance.now()));
      }
    };
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
const paintedAt = (page: Page, title: string) => page.waitForFunction((words) => (window as unknown as { painted: Record<string, number> }).painted[words], title, { polling: 20, timeout: 15_000 }).then((handle) => handle.jsonValue() as Promise<number>);

/** From the door's answer to the row painted on every window that shows the list, alert by alert. */
export const row: Row = {
  name: 'latency.alert',
  async measure({ rounds }) {
    const [browser, product] = await Promise.all([openBrowser(), startProduct()]);
    try {
      await keepScene(product.url, await signIn(product.url), 'w2x2');
      const screens = await openScreens(browser, product);
      const pages: Page[] = [];
      const results: Result[] = [];
      for (const windows of WINDOWS) {
        while (pages.length < windows) pages.push((await screens.open('/wall/w2x2/r1c2')).page);
        await Promise.all(pages.map((page) => untilState(page, 'live')));
        await Promise.all(pages.map(watchTitles));
        const times: number[] = [];
        for (let n = 0; n < ALERTS * rounds; n++) {
          const title = `Đo thời gian hiện lần ${n} trên ${windows} cửa sổ`;
          const [result] = await post(product.url, 'alert', [{ key: `bench-${windows}-${n}`, ref: 'bench', at: Date.now(), kind: 'flood', level: 2, title, position: [108.21, 16.06] }]);
          const answeredAt = performance.timeOrigin + performance.now();
          if (result?.status !== 'accepted') throw new Error(`the door answered ${JSON.stringify(result)}`);
          times.push(Math.max(...(await Promise.all(pages.map((page) => paintedAt(page, title))))) - answeredAt);
        }
        results.push(resultOf(windows === 1 ? 'latency.alert.one' : 'latency.alert', 'ms', times, { against: 'aim', peer: AIM_MS, aim: 'p95 ≤ 500 ms' }));
      }
      await screens.close();
      return results;
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
