import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScheduledWall, WallAct } from '#contract/wall.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser, openPage, type Watched } from '../support/browser.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { untilState } from '../support/screens.ts';
import { sharedProduct } from '../support/shared.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const WALL = 'w1x1';
const SMALL = { width: 960, height: 540 };
/** Film of the newest seconds is still on its way. */
const KEPT_AFTER_MS = 4000;
/** A picture belongs to its moment when it was taken within a second of it; the page tells the moment by whole seconds. */
const NEAR_MS = 2000;

let browser: Browser;
let product: { url: string };
let cookie: string;
let watched: Watched;
let recorded: string;
let unrecorded: string;

const act = (what: WallAct) => call<ScheduledWall>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: what });
/** Pictures of cameras that a viewer sees, by camera: what each says of itself. */
const pictures = (page: Page) =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-widget="camera-matrix"] figure')].filter((figure) => getComputedStyle(figure).visibility !== 'hidden').map(({ dataset, innerText }) => ({ state: dataset.state, asOf: Number(dataset.asOf ?? Number.NaN), says: innerText })));
const momentOf = (page: Page) => page.locator('[data-past]').first().getAttribute('data-past').then(Number);
/** How much the picture differs from an even field. */
const contrast = (page: Page) =>
  page.evaluate(() => {
    const video = [...document.querySelectorAll<HTMLVideoElement>('figure[data-state="recorded"] video')][0]!;
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 });
    const brush = canvas.getContext('2d')!;
    brush.drawImage(video, 0, 0, 64, 36);
    const light = [...brush.getImageData(0, 0, 64, 36).data].filter((_value, index) => index % 4 === 1);
    return Math.max(...light) - Math.min(...light);
  });

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('city')]);
  cookie = await signIn(product.url);
  await keepScene(product.url, cookie, WALL);
});

afterAll(async () => {
  await watched?.close();
  await browser?.close();
});

test('a wall that looks back shows what was recorded of a camera at that second, or that nothing was', async () => {
  const sample = async () => (await call<{ items: { id: string; provenance: string }[] }>(product.url, cookie, '/api/v1/cameras?limit=50')).items.find(({ provenance }) => provenance === 'simulated');
  await expect.poll(sample).toBeDefined();
  recorded = (await sample())!.id;
  const edit = { name: 'Camera không ghi hình', unit: null, contractor: null, groups: [], position: [108.2241, 16.0682], azimuth: 0, fieldOfView: 60, rangeM: 100, heightM: null, kind: null, purpose: null, noticePosted: null, retentionDays: null, certificate: null, streams: [] };
  unrecorded = (await call<{ id: string }>(product.url, cookie, '/api/v1/cameras', edit)).id;
  watched = await openPage(browser, { ...SMALL, cookie, url: product.url, isExpected: (fault) => /404/.test(fault) && /\/recording\?|status of 404/.test(fault) });
  const asked: string[] = [];
  watched.page.on('request', (request) => void (request.url().includes(`/media/${unrecorded}/`) && asked.push(request.url())));
  await watched.page.goto(`${product.url}/wall/${WALL}`);
  await untilState(watched.page, 'live');
  const { page } = watched;
  const { state } = await call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`);
  const { applyAt } = await act({ do: 'push', tile: state.tiles[0]!.id, widget: 'camera-matrix', settings: { cameras: [recorded, unrecorded] } });
  await expect.poll(async () => (await pictures(page)).map((one) => one.state)).toEqual(['live', 'lost']);
  expect((await pictures(page))[1]!.says).toContain('CHƯA KHAI BÁO LUỒNG HÌNH');
  await expect.poll(() => Date.now()).toBeGreaterThan(applyAt + KEPT_AFTER_MS + NEAR_MS);

  expect(asked).toEqual([]);
  await page.screenshot({ path: join(SHOTS, 'camera-no-stream.png') });

  await act({ do: 'replay', at: applyAt + 1000, rate: 0 });
  await untilState(page, 'replay');
  await expect.poll(async () => (await pictures(page)).map((one) => one.state)).toEqual(['recorded', 'no-recording']);
  const [film, nothing] = await pictures(page);
  expect(Math.abs(film!.asOf - (await momentOf(page)))).toBeLessThan(NEAR_MS);
  expect([film!.says, nothing!.says].map((words) => words.replace(/\s+/g, ' '))).toEqual([expect.stringContaining('BẢN GHI'), expect.stringContaining('Không có bản ghi')]);
  expect(await contrast(page)).toBeGreaterThan(40);
  expect(await page.getByText('XEM LẠI').count()).toBe(1);
  const told = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-widget="data-health"]')].filter((tile) => getComputedStyle(tile).visibility !== 'hidden').map(({ innerText }) => innerText.replace(/\s+/g, ' ')));
  expect(told).toEqual([expect.stringMatching(/^Nguồn dữ liệu \d+ \/ \d+ nguồn đang chạy [○●◐✕] ./)]);
  await page.screenshot({ path: join(SHOTS, 'looking-back-sources.png') });
});

test('played, the film keeps to the moment', async () => {
  const { page } = watched;
  const [standing] = await pictures(page);
  const at = await momentOf(page);
  await act({ do: 'replay', at, rate: 1, until: at + 4000 });
  await expect.poll(() => momentOf(page)).toBe(Math.floor((at + 4000) / 1000) * 1000);
  await expect.poll(async () => (await pictures(page))[0]!.asOf).toBeGreaterThan(standing!.asOf + 3000);
  const [film] = await pictures(page);
  expect(film!.state).toBe('recorded');
  expect(Math.abs(film!.asOf - (await momentOf(page)))).toBeLessThan(NEAR_MS);
});

test('the present waited behind: the way back uncovers it, nothing is opened anew', async () => {
  const { page } = watched;
  const mark = () => page.evaluate(() => [...document.querySelectorAll('[data-tile], [data-widget="camera-matrix"] video')].filter((element) => getComputedStyle(element).visibility === 'hidden').map((element) => element.setAttribute('data-waited', '')).length);
  expect(await mark()).toBeGreaterThan(1);
  await act({ do: 'live' });
  await untilState(page, 'live');
  expect((await pictures(page))[0]!.state).toBe('live');
  expect(await page.evaluate(() => [...document.querySelectorAll('[data-tile]:not([data-widget="map"]), [data-widget="camera-matrix"] video')].filter((element) => getComputedStyle(element).visibility !== 'hidden' && !element.hasAttribute('data-waited')).length)).toBe(0);
  expect(await page.getByText('XEM LẠI').count()).toBe(0);
  expect(watched.faults).toEqual([]);
});
