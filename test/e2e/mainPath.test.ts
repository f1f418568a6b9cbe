import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AlertState } from '#contract/topics/alert.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { makeOfficer } from '../support/people.ts';
import { countColour, LEVEL_PIXELS, pictureOf } from '../support/pixels.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, OUTPUTS, placeOnWall, untilMapsDrawn, untilPainted, untilState, type Screens } from '../support/screens.ts';

const HAI_CHAU = '20242';
const PLACE: [number, number] = [108.2196, 16.0668];
const TITLE = 'Ngập sâu 40 cm trên đường Bạch Đằng';
const LATER = 'Cây đổ chắn đường Trần Phú';
/** What is promised of the product; a busy machine gets a second and a third try. */
const INBOX_WITHIN_MS = 1000;
const ATTEMPTS = 3;
/** A cut is shown within five beats; what the machine needs for a frame of every window is not the product's. */
const NOTICED_WITHIN_MS = 6000;
const DESK = { width: 1920, height: 1080 };

let browser: Browser;
let product: Product;
let screens: Screens;
let cookie: string;
let desk: Watched;
let inbox: Watched;
const outputs = new Map<string, Watched>();
let id = '';

const listOn = (page: Page, title: string) => page.locator('[data-widget="alert-list"] li', { hasText: title });
const onDesk = (thing: string) => desk.page.locator(`[data-thing="${thing}"]`).first();
const readAlert = (alert: string) => call<AlertState>(product.url, cookie, `/api/v1/alerts/${alert}`);

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  cookie = await signIn(product.url);
  await keepScene(product.url, cookie, 'w2x2');
  screens = await openScreens(browser, product);
  const officer = await makeOfficer(product.url, cookie, 'can-bo-hai-chau', HAI_CHAU);
  for (const output of OUTPUTS) outputs.set(output, await screens.open(`/wall/w2x2/${output}`));
  desk = await screens.open('/desk', DESK);
  inbox = await screens.open('/inbox', { width: 1280, height: 900 }, officer.cookie);
  await Promise.all([...outputs.values(), desk, inbox].map(({ page }) => untilState(page, 'live')));
  await untilMapsDrawn(outputs.get('r1c1')!.page);
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('an alert at the door is painted on the right output and on the desk', async () => {
  const place = await placeOnWall('w2x2', 'toan-canh', PLACE);
  const around = { x: place.inOutput.x - 40, y: place.inOutput.y - 40, width: 80, height: 80 };
  const amber = async (output: string) => countColour(await pictureOf(outputs.get(output)!.page, around), LEVEL_PIXELS[2]);
  const before = await amber(place.output);
  const [result] = await post(product.url, 'alert', [{ key: 'main-1', at: Date.now(), kind: 'flood', level: 2, title: TITLE, position: PLACE }]);
  expect(result).toMatchObject({ status: 'accepted' });
  id = result!.id!;
  await Promise.all([untilPainted(outputs.get('r1c2')!.page, `[data-widget="alert-list"] li:has-text("${TITLE}")`), untilPainted(desk.page, `[data-thing="${id}"]`)]);
  expect(place.output).toBe('r1c1');
  await expect.poll(() => amber(place.output)).toBeGreaterThan(before + 200);
  expect(await amber('r2c2')).toBe(0);
  expect(await listOn(outputs.get('r1c1')!.page, TITLE).count()).toBe(0);
});

/** Takes an alert on the desk and hands it to the unit. Returns how long after the desk knew the unit's inbox showed it. Units: ms. */
async function assignOnDesk(alert: string): Promise<number> {
  await onDesk(alert).locator('button').first().click();
  await desk.page.locator('[data-act="acknowledge"]').click();
  await desk.page.locator(`[data-thing="${alert}"][data-life="acknowledged"]`).first().waitFor();
  expect(await readAlert(alert)).toMatchObject({ state: 'acknowledged', owner: { name: expect.any(String) } });
  await desk.page.locator('[data-act="assign"]').click();
  const form = desk.page.locator('[data-form="assign"]');
  await form.locator('[role="combobox"]').fill('hai chau');
  await form.locator('[role="option"]', { hasText: 'Phường Hải Châu' }).first().click();
  const rows = await inbox.page.locator('[data-thing]').count();
  const shown = inbox.page.waitForFunction((before) => document.querySelectorAll('[data-thing]').length > before && performance.timeOrigin + performance.now(), rows, { polling: 'raf' });
  const answered = desk.page.waitForFunction((thing) => document.querySelector(`[data-thing="${thing}"][data-life="assigned"]`) !== null && performance.timeOrigin + performance.now(), alert, { polling: 'raf' });
  await form.locator('[data-act="assign-send"]').click();
  const [shownAt, answeredAt] = await Promise.all([shown, answered].map(async (moment) => Number(await (await moment).jsonValue())));
  await inbox.page.locator(`[data-thing="${(await readAlert(alert)).requestId!}"]`).first().waitFor();
  return shownAt! - answeredAt!;
}

test('acknowledged and assigned, it is in the unit’s inbox within a second', async () => {
  const tookMs = [await assignOnDesk(id)];
  while (Math.min(...tookMs) > INBOX_WITHIN_MS && tookMs.length < ATTEMPTS) {
    const [again] = await post(product.url, 'alert', [{ key: `main-again-${tookMs.length}`, at: Date.now(), kind: 'congestion', level: 3, title: `Ùn tắc lần ${tookMs.length}`, position: [108.19 + tookMs.length / 100, 16.03] }]);
    tookMs.push(await assignOnDesk(again!.id!));
  }
  console.log(`assigned on the desk → in the inbox: ${tookMs.map(Math.round).join(', ')} ms`);
  expect(Math.min(...tookMs)).toBeLessThan(INBOX_WITHIN_MS);
  const { requestId } = await readAlert(id);
  expect(await inbox.page.locator(`[data-thing="${requestId}"]`).first().innerText()).toMatch(/còn|quá|trễ|hạn|giờ|phút/i);
});

test('the unit accepts and answers, the operator verifies, and the wall says so', async () => {
  const { requestId } = await readAlert(id);
  await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: { do: 'push', tile: 'indicators', widget: 'alert-focus', settings: { alert: id } } });
  const focus = outputs.get('r2c2')!.page.locator('[data-widget="alert-focus"]');
  await focus.getByText('Đã phân công').waitFor();
  await inbox.page.locator(`[data-thing="${requestId}"]`).first().locator('button').first().click();
  await inbox.page.locator('[data-act="accept"]').first().click();
  await focus.getByText('Đang xử lý').waitFor();
  await inbox.page.locator('[data-act="carry-out"]').first().click();
  await inbox.page.locator('textarea:visible, input[name="result"]:visible').first().fill('Đã khơi thông cống, nước rút hết.');
  await inbox.page.locator('[data-act="carry-out-send"]').first().click();
  await focus.getByText('Đã xử lý').waitFor();
  await onDesk(id).locator('button').first().click();
  await desk.page.locator('[data-act="verify"]').click();
  await focus.getByText('Đã kiểm tra').waitFor();
  await expect.poll(() => listOn(outputs.get('r1c2')!.page, TITLE).count()).toBe(0);
  expect(await readAlert(id)).toMatchObject({ state: 'verified', verifiedAt: expect.any(Number) });
});

test('nothing is missing after the server was killed, and nobody reloads', async () => {
  const all = [...outputs.values(), desk, inbox];
  for (const { page } of all) await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  // Level 2: an unacknowledged level 1 flashes, and the kept map below would never stand still.
  await post(product.url, 'alert', [{ key: 'main-2', at: Date.now(), kind: 'accident', level: 2, title: LATER, position: PLACE }]);
  screens.expectAway(true);
  const { port } = new URL(product.url);
  const askedAt = performance.now();
  await Promise.all(all.map(({ page }) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))));
  const machineMs = performance.now() - askedAt;
  const killedAt = performance.now();
  await product.kill('SIGKILL');
  await Promise.all(all.map(({ page }) => untilState(page, 'offline')));
  const noticedMs = performance.now() - killedAt;
  console.log(`killed → every page says so: ${Math.round(noticedMs)} ms, where the machine takes ${Math.round(machineMs)} ms for one frame of each`);
  expect(noticedMs - machineMs).toBeLessThan(NOTICED_WITHIN_MS);
  for (const { page } of outputs.values()) await page.getByText('mất kết nối').first().waitFor();

  const kept = outputs.get('r1c1')!.page;
  await kept.reload({ waitUntil: 'commit' });
  await untilState(kept, 'offline');
  // It says itself that it is drawn: its picture never stands still while the age of what it shows is counted.
  await kept.locator('.maplibregl-map[data-drawn=""]').first().waitFor({ timeout: 120_000 });
  expect(await kept.getByText('mất kết nối').first().innerText()).toMatch(/hình lúc \d\d:\d\d.*trước/s);

  product = await startProduct({ dataFolder: product.dataFolder, environment: { IOC_PORT: port } });
  console.log(`started again after kill -9: ready in ${Math.round(product.readyAfterMs)} ms`);
  await Promise.all(all.map(({ page }) => untilState(page, 'live')));
  screens.expectAway(false);
  await expect.poll(() => listOn(outputs.get('r1c2')!.page, LATER).count()).toBe(1);
  const [result] = await post(product.url, 'alert', [{ key: 'main-3', at: Date.now(), kind: 'fire', level: 1, title: 'Cháy tại chợ Hàn', position: PLACE }]);
  await Promise.all([untilPainted(outputs.get('r1c2')!.page, '[data-widget="alert-list"] li:has-text("Cháy tại chợ Hàn")'), untilPainted(desk.page, `[data-thing="${result!.id}"]`)]);
  const log = await call<{ entries: { key: string }[] }>(product.url, cookie, '/api/v1/log?topic=alert&limit=500');
  expect(['main-1', 'main-2', 'main-3'].filter((key) => log.entries.some((entry) => entry.key === key))).toHaveLength(3);
  for (const { page } of all.filter((window) => window.page !== kept)) expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true);
  expect(await readAlert(id)).toMatchObject({ state: 'verified' });
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
