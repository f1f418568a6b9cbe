import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page as Listing } from '#contract/http.ts';
import type { OutputHealth, ScheduledWall } from '#contract/wall.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { sharedProduct } from '../support/shared.ts';
import { openScreens, OUTPUTS, untilMapsDrawn, untilState, type Screens } from '../support/screens.ts';

/** A frame of which so much is nearly white would be seen as a flash in a dark room. */
const FLASH_SHARE = 0.2;
const NEARLY_WHITE = 235;

let browser: Browser;
let product: { url: string };
let screens: Screens;
let cookie: string;
let desk: Watched;
const outputs = new Map<string, Watched>();

const shown = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-tile]')]
      .filter((tile) => getComputedStyle(tile).visibility !== 'hidden')
      .map((tile) => `${tile.dataset.tile}:${tile.dataset.widget}`)
      .sort()
      .join(' '),
  );
const wallNow = () => call<ScheduledWall>(product.url, cookie, '/api/v1/walls/w2x2/state');

/** Notes in the page when its visible tiles or their sizes change. Units: epoch ms of the machine. */
const watchChange = (page: Page) =>
  page.evaluate(() => {
    const look = () => [...document.querySelectorAll<HTMLElement>('[data-tile]')].filter((tile) => getComputedStyle(tile).visibility !== 'hidden').map((tile) => `${tile.dataset.tile} ${tile.clientWidth} ${tile.clientHeight}`).sort().join(' ');
    const first = look();
    const step = () => {
      if (look() === first) requestAnimationFrame(step);
      else Object.assign(window, { changedAt: performance.timeOrigin + performance.now() });
    };
    requestAnimationFrame(step);
  });
const changedAt = (page: Page) => page.waitForFunction(() => (window as { changedAt?: number }).changedAt, undefined, { polling: 50 }).then((handle) => handle.jsonValue() as Promise<number>);

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('quiet')]);
  cookie = await signIn(product.url);
  await keepScene(product.url, cookie, 'w2x2');
  await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: { do: 'scene', scene: 'toan-canh' } });
  screens = await openScreens(browser, product);
  for (const output of OUTPUTS) outputs.set(output, await screens.open(`/wall/w2x2/${output}`));
  desk = await screens.open('/desk');
  await Promise.all([...outputs.values(), desk].map(({ page }) => untilState(page, 'live')));
  await untilMapsDrawn(outputs.get('r1c1')!.page);
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

test('a scene taken on the desk is shown by all outputs at one moment, without a white frame', async () => {
  const pages = [...outputs.values()].map(({ page }) => page);
  const cast = await pages[0]!.context().newCDPSession(pages[0]!);
  const frames: number[] = [];
  cast.on('Page.screencastFrame', ({ data, sessionId }) => {
    const { data: pixels } = PNG.sync.read(Buffer.from(data, 'base64'));
    let white = 0;
    for (let at = 0; at < pixels.length; at += 4) if (Math.min(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!) > NEARLY_WHITE) white++;
    frames.push(white / (pixels.length / 4));
    void cast.send('Page.screencastFrameAck', { sessionId });
  });
  await cast.send('Page.startScreencast', { format: 'png', maxWidth: 480, maxHeight: 270, everyNthFrame: 1 });
  for (const page of pages) await watchChange(page);
  await desk.page.locator('[data-act="scene"][data-scene="an-ninh-giao-thong"]').click();
  const moments = await Promise.all(pages.map(changedAt));
  const scheduled = await wallNow();
  await expect.poll(async () => (await call<Listing<OutputHealth>>(product.url, cookie, '/api/v1/outputs')).items.filter(({ wall, rev }) => wall === 'w2x2' && rev === scheduled.rev).length).toBe(OUTPUTS.length);
  await cast.send('Page.stopScreencast');
  const health = (await call<Listing<OutputHealth>>(product.url, cookie, '/api/v1/outputs')).items.filter(({ wall }) => wall === 'w2x2');
  const spreadMs = Math.max(...moments) - Math.min(...moments);
  console.log(`scene: applied ${moments.map((at) => Math.round(at - scheduled.applyAt)).join(', ')} ms after applyAt; spread ${Math.round(spreadMs)} ms; clock error ${health.map(({ clockErrorMs }) => clockErrorMs.toFixed(2)).join(', ')} ms; ${frames.length} frames`);
  expect(scheduled.state.scene).toBe('an-ninh-giao-thong');
  for (const report of health) expect(Math.abs(report.appliedAt - report.applyErrorMs - scheduled.applyAt)).toBeLessThanOrEqual(2);
  for (const at of moments) expect(at).toBeGreaterThan(scheduled.applyAt - 20);
  expect(frames.length).toBeGreaterThan(0);
  expect(Math.max(...frames)).toBeLessThan(FLASH_SHARE);
});

test('a tour goes on, holds and ends', async () => {
  const act = (name: string) => desk.page.locator(`[data-act="${name}"]`).first().click();
  await desk.page.locator('[data-tour="vong-chinh"]').click();
  await expect.poll(async () => (await wallNow()).state.tour).toMatchObject({ id: 'vong-chinh', index: 0, isPaused: false });
  await act('tour-next');
  await expect.poll(async () => (await wallNow()).state).toMatchObject({ scene: 'an-ninh-giao-thong', tour: { index: 1 } });
  await act('tour-pause');
  await expect.poll(async () => (await wallNow()).state.tour?.isPaused).toBe(true);
  await act('tour-resume');
  await act('tour-next');
  await expect.poll(async () => (await wallNow()).state.scene).toBe('phan-anh-hien-truong');
  await act('tour-stop');
  await expect.poll(async () => (await wallNow()).state.tour).toBeNull();
});

test('who comes late sees the same', async () => {
  const old = outputs.get('r1c1')!.page;
  const late = await screens.open('/wall/w2x2/r1c1');
  await untilState(late.page, 'live');
  await expect.poll(() => shown(late.page)).toBe(await shown(old));
  expect(await shown(old)).not.toBe('');
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
