import type { Page } from 'playwright-core';
import { loadServices } from '../../../server/start/catalogue.ts';
import { readSampleLines, sampleHistory } from '../../../server/start/sample/history.ts';
import { createRandom } from '../../../server/kernel/random.ts';
import { ROOT } from '../../../server/start/root.ts';
import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { INGEST_KEY, startProduct } from '../../support/product.ts';
import { openScreens, untilState } from '../../support/screens.ts';
import { resultOf, type Row } from '../row.ts';

const WALL = 'w2x2';
const BATCH = 500;
const AIM_MS = 1000;
/** Widgets whose tile begins with its title. */
const TITLED: ReadonlySet<string> = new Set(['indicator-board', 'sensor-board', 'coverage-board', 'dossier-board', 'document-list', 'feedback-list']);

interface Shown {
  id: string;
  widget: string;
  title: { vi: string };
}

/** Three years of every indicator that has a line, through the public door. Returns how many values. */
async function tellHistory(url: string): Promise<number> {
  const { catalogue } = loadServices(ROOT).read;
  const values = sampleHistory(readSampleLines(ROOT), catalogue!, Date.now(), createRandom(1));
  for (let start = 0; start < values.length; start += BATCH) {
    const answer = await fetch(`${url}/api/v1/ingest/indicator`, { method: 'POST', headers: { authorization: `Bearer ${INGEST_KEY}`, 'content-type': 'application/json' }, body: JSON.stringify(values.slice(start, start + BATCH).map(({ item }) => item)) });
    if (!answer.ok) throw new Error(`the door answered ${answer.status}`);
  }
  if (values.length === 0) throw new Error('no sample history was read');
  return values.length;
}

/** Resolves in the frame after every tile of a scene is shown with its data; scenes share ids and widgets, so their titles tell them apart. */
const untilPaintedWith = (page: Page, tiles: readonly Shown[]) =>
  page.waitForFunction(
    (wanted) => wanted.every(({ id, widget, said }) => [...document.querySelectorAll<HTMLElement>(`[data-tile="${id}"][data-widget="${widget}"]`)].some((tile) => getComputedStyle(tile).visibility !== 'hidden' && tile.dataset.state !== 'loading' && (said === '' || tile.textContent.includes(said)))),
    tiles.map(({ id, widget, title }) => ({ id, widget, said: TITLED.has(widget) ? title.vi : '' })), { polling: 'raf', timeout: 60_000 },
  );

/** From the command to the frame in which a wall shows the scene of a service with 36 months of every indicator behind it. */
export const row: Row = {
  name: 'service.scene',
  async measure({ rounds, say }) {
    const [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_SAMPLE: 'on' } })]);
    try {
      say(`${await tellHistory(product.url)} values of 36 months`);
      const cookie = await signIn(product.url);
      await keepScene(product.url, cookie, WALL);
      const screens = await openScreens(browser, product);
      const { page } = await screens.open(`/wall/${WALL}`);
      await untilState(page, 'live');
      await page.locator('.maplibregl-canvas').first().waitFor();
      const scenes = [...loadServices(ROOT).read.packs.values()].flatMap(({ scene }) => scene ?? []);
      const taken: number[] = [];
      const show = async (scene: string): Promise<number> => {
        const { tiles } = await call<{ tiles: Shown[] }>(product.url, cookie, `/api/v1/scenes/${scene}`);
        const startedAt = performance.now();
        await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: { do: 'scene', scene } });
        await untilPaintedWith(page, tiles);
        return performance.now() - startedAt;
      };
      say(`the first scene of a fresh page, not counted: ${Math.round(await show(scenes[0]!))} ms`);
      for (const scene of Array.from({ length: rounds }, () => scenes.toReversed()).flat()) {
        const ms = await show(scene);
        say(`${scene}: ${Math.round(ms)} ms`);
        taken.push(ms);
      }
      await screens.close();
      return [resultOf('service.scene', 'ms', taken, { against: 'one second', peer: AIM_MS, aim: 'p95 ≤ 1000 ms, of which 200 are the common moment' })];
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
