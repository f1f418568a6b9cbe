import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScenarioRun } from '#contract/scenario.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const WALL = 'w2x2';
const SHOTS = join(ROOT, 'test/report/screenshots');
const DESK = { width: 1920, height: 1080 };
const TABLET = { width: 1024, height: 768 };
/** A picture that stood shorter is a glimpse, and none of its chapters. Units: ms. */
const STOOD_MS = 6000;

let browser: Browser;
let product: Product;
let screens: Screens;
let admin: string;
let wall: Watched;
let run: ScenarioRun;

const atStep = (page: Page, step: string) => page.waitForSelector(`[data-run][data-step="${step}"]`);
const runNow = async () => (await call<{ items: ScenarioRun[] }>(product.url, admin, '/api/v1/scenario-runs')).items[0]!;
async function goTo(step: string): Promise<void> {
  const { atMs } = await call<ScenarioRun>(product.url, admin, '/api/v1/commands/scenario.seek', { run: run.id, step });
  await expect.poll(async () => (await runNow()).atMs, { interval: 200 }).toBeGreaterThan(atMs + STOOD_MS);
}
async function suggested(page: Page): Promise<string> {
  await page.locator('[data-act="decide"]').click();
  await expect.poll(() => page.locator('[name="text"]').inputValue()).not.toBe('');
  return `${await page.locator('[name="unit"]').inputValue()}: ${await page.locator('[name="text"]').inputValue()}`;
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_SAMPLE: 'on' } })]);
  admin = await signIn(product.url);
  await keepScene(product.url, admin, WALL);
  screens = await openScreens(browser, product);
  wall = await screens.open(`/wall/${WALL}`, DESK);
  await untilState(wall.page, 'live');
  run = await call<ScenarioRun>(product.url, admin, '/api/v1/commands/scenario.start', { scenario: 'giao-ban-thu-sau', wall: WALL });
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('a board of late work shows the four units it has room for, each whole', async () => {
  await goTo('don-vi-do');
  await goTo('yeu-cau');
  const rows = wall.page.locator('[data-tile="a"] li');
  await expect.poll(() => rows.count()).toBe(4);
  const [tile, last] = await Promise.all([wall.page.locator('[data-tile="a"]').boundingBox(), rows.last().boundingBox()]);
  expect(last!.y + last!.height).toBeLessThanOrEqual(tile!.y + tile!.height);
});

test('what one device decided is not what the next suggests', async () => {
  await goTo('quyet-dinh');
  const [leader, operator] = await Promise.all([makePerson(product.url, admin, 'chu-tri', 'leader'), makePerson(product.url, admin, 'truc-ban', 'operator')]);
  const tablet = await screens.open(`/present/${WALL}`, TABLET, leader.cookie);
  const desk = await screens.open('/desk', DESK, operator.cookie);
  await Promise.all([atStep(tablet.page, 'quyet-dinh'), desk.page.locator('[data-act="decide"]').waitFor()]);
  const first = await suggested(tablet.page);
  await tablet.page.locator('[data-act="give"]').click();
  await tablet.page.waitForSelector('[data-given]');
  const second = await suggested(desk.page);
  await desk.page.locator('[data-act="give"]').click();
  await desk.page.waitForSelector('[data-given]');
  const third = await suggested(tablet.page);
  expect(new Set([first, second, third]).size).toBe(3);

  // The desk's form is open with the same when the tablet gives it: it says so, and changes only when asked.
  expect(await suggested(desk.page)).toBe(third);
  await tablet.page.locator('[data-act="give"]').click();
  await tablet.page.waitForSelector('[data-given]');
  await desk.page.locator('[data-act="next-decision"]').waitFor();
  await desk.page.screenshot({ path: join(SHOTS, 'decision-taken.png') });
  const read = async () => `${await desk.page.locator('[name="unit"]').inputValue()}: ${await desk.page.locator('[name="text"]').inputValue()}`;
  expect(await read()).toBe(third);
  await desk.page.locator('[data-act="next-decision"]').click();
  await expect.poll(read).not.toBe(third);
  expect(await desk.page.locator('[data-act="next-decision"]').count()).toBe(0);
});

test('the minutes tell every tile of the briefing, and how long each RED lasts', async () => {
  await call(product.url, admin, '/api/v1/commands/scenario.stop', { run: run.id });
  const { startedAt, endedAt } = await runNow();
  const answer = await fetch(`${product.url}/api/v1/export/briefing.html?${new URLSearchParams({ wall: WALL, run: run.id, from: String(startedAt), until: String(endedAt) })}`, { headers: { cookie: admin } });
  const html = await answer.text();
  expect(html).toMatch(/Hồ sơ đúng hạn, 30 ngày<\/td><td class="n">\d+,\d %<\/td><td>mô phỏng<\/td><td>\d\d:\d\d \d\d\/\d\d\/\d{4}</);
  expect(html).toMatch(/MÔ PHỎNG<\/td><td>[^<]+<\/td><td>[^<]+<\/td><td>\d+ ngày, từ \d\d\/\d\d\/\d{4}</);
  expect(html).not.toContain('Không lưu lại');
  expect(screens.faults()).toEqual([]);
});
