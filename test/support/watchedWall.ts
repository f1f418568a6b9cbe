import type { Page } from 'playwright-core';
import type { PNG } from 'pngjs';
import { expect } from 'vitest';
import { pictureOf } from './pixels.ts';

/** A picture of which one colour has more than this is as good as empty; the wall's own has about half. */
const EMPTY_SHARE = 0.95;

interface Line {
  at: number;
  state: string;
  tiles: number;
}

/** What was seen of a wall page while something was done. `shares`: part of each picture that its commonest colour has. */
export interface Watch {
  shares: number[];
  lines: Line[];
  tookMs: number;
}

/** Share of the commonest colour of a picture, by steps of 16. */
function commonestShare({ data: bytes }: PNG): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < bytes.length; at += 4) {
    const colour = ((bytes[at]! >> 4) << 8) | ((bytes[at + 1]! >> 4) << 4) | (bytes[at + 2]! >> 4);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return Math.max(...counts.values()) / (bytes.length / 4);
}

/** Looks at the wall again and again while something is done: its picture from outside, its tiles and state from inside. */
export async function watchWall(page: Page, work: () => Promise<unknown>): Promise<Watch> {
  await page.evaluate(() => {
    const lines: Line[] = [];
    const look = () => {
      const line = { at: performance.now(), state: document.documentElement.dataset.state ?? '', tiles: document.querySelectorAll('[data-tile]').length };
      if (lines.at(-1)?.state !== line.state || lines.at(-1)?.tiles !== line.tiles) lines.push(line);
    };
    Object.assign(window, { wallLines: lines, wallLook: setInterval(look, 20) });
  });
  const shares: number[] = [];
  let isDone = false;
  const looking = (async () => {
    while (!isDone) shares.push(commonestShare(await pictureOf(page)));
  })();
  const startedAt = performance.now();
  try {
    await work();
  } finally {
    isDone = true;
    await looking;
  }
  const tookMs = performance.now() - startedAt;
  const lines = await page.evaluate(() => {
    const { wallLines, wallLook } = window as unknown as { wallLines: Line[]; wallLook: number };
    clearInterval(wallLook);
    return wallLines;
  });
  return { shares, lines, tookMs };
}

/** Every tile of the wall shows something. */
export const untilStanding = (page: Page) =>
  page.waitForFunction(() => document.querySelector('[data-tile]') !== null && document.querySelector('[data-tile][data-state="loading"]') === null, undefined, { timeout: 180_000, polling: 200 });

/** Whether the page began the entry script of the build that is served at `url`, after a moment of its own clock. Units: ms. */
export async function runsServedBuild(page: Page, url: string, after = 0): Promise<boolean> {
  const entry = /<script type="module"[^>]* src="([^"]+)"/.exec(await (await fetch(`${url}/`)).text())![1]!;
  return page.evaluate(([path, at]) => performance.getEntriesByType('resource').some(({ name, startTime }) => startTime > at && new URL(name).pathname === path), [entry, after] as const);
}

/** The wall was cut off and came back, and was never empty in between. Says what was seen. */
export function expectNeverEmpty(what: string, { shares, lines, tookMs }: Watch): void {
  const cutAt = lines.find(({ state }) => state === 'offline')?.at ?? NaN;
  const backAt = lines.findLast(({ state }) => state === 'live')?.at ?? NaN;
  const handedOver = lines.filter(({ state }) => state === 'loading').length;
  console.log(`${what}: ${Math.round(tookMs / 1000)} s, wall without its server ${Math.round((backAt - cutAt) / 1000)} s, ${shares.length} pictures, commonest colour at most ${Math.round(Math.max(...shares) * 100)} %, fewest tiles ${Math.min(...lines.map(({ tiles }) => tiles))}, handed over ${handedOver} times`);
  expect(Math.max(...shares)).toBeLessThan(EMPTY_SHARE);
  expect(Math.min(...lines.map(({ tiles }) => tiles))).toBeGreaterThan(0);
  expect(lines.some(({ state }) => state === 'offline')).toBe(true);
}
