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
/** A camera of a wall flies no longer. */
const LONGEST_FLIGHT_MS = 1700;
/** A map with moving vehicles never says that it stands. */
const DRAWN_WITHIN_MS = 8000;
const folder = resolve(argument('--out') ?? join(ROOT, 'test/report/chapters'));
const only = argument('--only')?.split(',');
/** Steps by their place, as `3-7`; all without it. */
const [firstStep = 1, lastStep = Infinity] = argument('--steps')?.split('-').map(Number) ?? [];

/** Waits until the wall's camera has arrived, the maps had time to draw what it sees, and no tile and no picture of a camera on show says that it is loading; returns the tiles that still do when the time is over. */
async function settle(page: Page): Promise<string[]> {
  const loading = () => [...document.querySelectorAll<HTMLElement>('[data-tile][data-state="loading"], [data-tile]:has(figure[data-state="loading"])')].filter((tile) => getComputedStyle(tile).visibility !== 'hidden').map(({ dataset }) => dataset.tile ?? '');
  await page.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), LONGEST_FLIGHT_MS);
  const isDrawn = () => document.querySelector('[data-widget="map"]:not(:has([data-drawn]))') === null;
  await page.waitForFunction(isDrawn, undefined, { timeout: DRAWN_WITHIN_MS }).catch(() => undefined);
  const until = performance.now() + SETTLED_WITHIN_MS;
  while ((await page.evaluate(loading)).length > 0 && performance.now() < until) await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  return page.evaluate(loading);
}

/** Tiles of the step that show nothing a viewer came for. */
const bareTiles = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-tile]')].filter((tile) => getComputedStyle(tile).visibility !== 'hidden' && !['live', 'still', 'late'].includes(tile.dataset.state ?? '')).map(({ dataset }) => `${dataset.tile}=${dataset.state}`));

/** Words that do not fit where they stand: `cut` at an edge, or `shortened` with an ellipsis that says so, as long names and what citizens write may be. */
const cutWords = (page: Page): Promise<{ cut: string[]; shortened: string[] }> =>
  page.evaluate(() => {
    const isClipped = (element: Element) => ['hidden', 'clip'].includes(getComputedStyle(element).overflowX);
    const isEllipsis = (element: Element) => getComputedStyle(element).textOverflow === 'ellipsis' || getComputedStyle(element).webkitLineClamp !== 'none';
    const found: { cut: string[]; shortened: string[] } = { cut: [], shortened: [] };
    for (const tile of document.querySelectorAll<HTMLElement>('[data-tile]')) {
      if (getComputedStyle(tile).visibility === 'hidden') continue;
      const texts = document.createTreeWalker(tile, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const holder = texts.currentNode.parentElement;
        const words = (texts.currentNode.textContent ?? '').trim();
        if (words === '' || !holder || holder.closest('svg, .attribution')) continue;
        const range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const drawn = range.getBoundingClientRect();
        if (drawn.width < 2) continue;
        let clip: Element | null = holder;
        while (clip !== tile && clip && !isClipped(clip)) clip = clip.parentElement;
        const room = (clip ?? tile).getBoundingClientRect();
        const overPx = Math.max(drawn.right - room.right, room.left - drawn.left, drawn.bottom - room.bottom, room.top - drawn.top);
        if (overPx > 4) found[clip && isEllipsis(clip) ? 'shortened' : 'cut'].push(`${tile.dataset.tile} “${words.slice(0, 40)}” by ${Math.round(overPx)} px`);
      }
    }
    return found;
  });

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
let broken = 0;
try {
  await order('wall.apply', { wall: WALL, act: { do: 'rules', on: false } });
  const { page } = await screens.open(`/wall/${WALL}`, SIZE);
  await untilState(page, 'live');
  for (const { id, steps, clock } of wanted) {
    const run = await order<ScenarioRun>('scenario.start', { scenario: id, wall: WALL });
    await order('scenario.pause', { run: run.id, on: true });
    for (const [index, step] of steps.entries()) {
      if (index + 1 < firstStep || index + 1 > lastStep) continue;
      const until = (steps[index + 1]?.at ?? clock.lengthS) - 1;
      await order('scenario.seek', { run: run.id, toS: Math.max(step.at, until) });
      await page.waitForSelector(`[data-story="${step.id}"]`);
      const loading = await settle(page);
      const { cut, shortened } = await cutWords(page);
      const faults = [...loading.map((tile) => `${tile} still loading`), ...(await bareTiles(page)), ...cut.map((words) => `cut: ${words}`)];
      broken += faults.length;
      const name = `${id}-${String(index + 1).padStart(2, '0')}-${step.id}`;
      await page.screenshot({ path: join(folder, `${name}.jpg`), type: 'jpeg', quality: 88, timeout: 120_000 });
      console.log([name, ...faults, ...shortened.map((words) => `shortened: ${words}`)].join('\n    '));
    }
    await order('scenario.stop', { run: run.id });
    await order('scenario.remove', { run: run.id });
  }
  const complaints = screens.faults();
  for (const complaint of complaints) console.log(complaint);
  console.log(`${folder}: ${broken} tiles without content or with cut words, ${complaints.length} complaints of the page`);
  if (broken + complaints.length > 0) process.exitCode = 1;
} finally {
  await screens.close();
  await browser.close();
  await product.close();
}
