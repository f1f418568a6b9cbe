import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { ScenarioRun } from '#contract/scenario.ts';
import { loadLayouts } from '../../layouts/load.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { call, signIn } from '../support/door.ts';
import { startProduct } from '../support/product.ts';
import { openScreens, untilState } from '../support/screens.ts';

const argument = (name: string): string | undefined => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);

const WALL = 'w2x2';
/** Share of the wall's own size that is painted: 1 for the record, less for a quick look. */
const SHARE = Number(argument('--share') ?? 1);
const SIZE = { width: 3840 * SHARE, height: 2160 * SHARE };
const SETTLED_WITHIN_MS = 40_000;
const folder = resolve(argument('--out') ?? join(ROOT, 'test/report/chapters'));
const only = argument('--only')?.split(',');

/** Waits until no tile and no picture of a camera on show says that it is loading; returns the tiles that still do when the time is over. */
async function settle(page: Page): Promise<string[]> {
  const loading = () => [...document.querySelectorAll<HTMLElement>('[data-tile][data-state="loading"], [data-tile]:has(figure[data-state="loading"])')].filter((tile) => getComputedStyle(tile).visibility !== 'hidden').map(({ dataset }) => dataset.tile ?? '');
  const until = performance.now() + SETTLED_WITHIN_MS;
  while ((await page.evaluate(loading)).length > 0 && performance.now() < until) await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  return page.evaluate(loading);
}

/** Tiles of the step that show nothing a viewer came for. */
const bareTiles = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-tile]')].filter((tile) => getComputedStyle(tile).visibility !== 'hidden' && !['live', 'still', 'late'].includes(tile.dataset.state ?? '')).map(({ dataset }) => `${dataset.tile}=${dataset.state}`));

mkdirSync(folder, { recursive: true });
const { scenarios } = await loadLayouts(join(ROOT, 'layouts'));
const wanted = [...scenarios.values()].filter(({ id }) => only === undefined || only.includes(id));
if (wanted.length === 0) throw new Error(`there is no such scenario; there are ${[...scenarios.keys()].join(', ')}`);
const given = argument('--url');
const product = given ? { url: given, close: async () => undefined } : await startProduct({ environment: { IOC_SAMPLE: 'on' } });
const browser = await openBrowser();
const screens = await openScreens(browser, product);
const cookie = await signIn(product.url);
const order = <T>(name: string, body: object) => call<T>(product.url, cookie, `/api/v1/commands/${name}`, body);
let bare = 0;
try {
  await order('wall.apply', { wall: WALL, act: { do: 'rules', on: false } });
  const { page } = await screens.open(`/wall/${WALL}`, SIZE);
  await untilState(page, 'live');
  for (const { id, steps, clock } of wanted) {
    const run = await order<ScenarioRun>('scenario.start', { scenario: id, wall: WALL });
    await order('scenario.pause', { run: run.id, on: true });
    for (const [index, step] of steps.entries()) {
      const until = (steps[index + 1]?.at ?? clock.lengthS) - 1;
      await order('scenario.seek', { run: run.id, toS: Math.max(step.at, until) });
      await page.waitForSelector(`[data-story="${step.id}"]`);
      const loading = await settle(page);
      const bares = await bareTiles(page);
      bare += bares.length;
      const name = `${id}-${String(index + 1).padStart(2, '0')}-${step.id}`;
      await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 88, timeout: 120_000 });
      console.log(`${name}${bares.length > 0 ? `  ${bares.join(' ')}` : ''}${loading.length > 0 ? '  still loading' : ''}`);
    }
    await order('scenario.stop', { run: run.id });
    await order('scenario.remove', { run: run.id });
  }
  for (const fault of screens.faults()) console.log(fault);
  console.log(`${folder}: ${bare} tiles without content`);
} finally {
  await screens.close();
  await browser.close();
  await product.close();
}
