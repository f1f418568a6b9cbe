import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Bookmark } from '#contract/replay.ts';
import type { ScheduledWall, WallAct } from '#contract/wall.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';
import { sharedProduct } from '../support/shared.ts';

const WALL = 'w2x2';
const SMALL = { width: 480, height: 270 };
const DESK = { width: 1920, height: 1080 };
const TITLE = 'Va chạm trên cầu Rồng giờ tan tầm';
const WHY = 'Xem hai camera ở cầu Rồng';
/** The page tells the moment by whole seconds. */
const SECOND = 1000;
/** Film of the newest seconds is still on its way, and there must be a past to go to. */
const KEPT_AFTER_MS = 25_000;
/** How far back the track is touched, and half the width of its handle. Units: seconds; px. */
const [TOUCHED_S, HANDLE_PX] = [15, 8];

let browser: Browser;
let product: { url: string };
let screens: Screens;
let cookie: string;
let desk: Watched;
let outputs: Watched[];
let unrecorded: string;
let alert: { id: string; raisedAt: number };
let pushedAt: number;
let tile: string;

const act = (what: WallAct, why?: string) => call<ScheduledWall>(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: what, ...(why ? { why } : {}) });
const secondOf = (at: number) => Math.floor(at / SECOND) * SECOND;
const momentOf = (page: Page) => page.locator('.bar [data-past]').getAttribute('data-past').then(Number);
const inPreview = (page: Page, selector: string) => page.locator(`[data-preview] ${selector}`).evaluateAll((found) => found.filter((one) => getComputedStyle(one).visibility !== 'hidden').map((one) => ({ state: (one as HTMLElement).dataset.state, says: (one as HTMLElement).innerText })));

/** Mark by mark to a moment, as marks that lie on each other are reached; several may lie in one second. */
async function goTo(page: Page, at: number): Promise<void> {
  const press = async () => {
    const from = await momentOf(page);
    if (from !== secondOf(at)) await page.locator(`[data-act="${from > at ? 'mark-back' : 'mark-on'}"]`).click();
    return momentOf(page);
  };
  await expect.poll(press, { interval: SECOND }).toBe(secondOf(at));
}
/** What was written of the alert and not sent when the desk began to look back. */
const WRITTEN = 'Xe cứu thương đã tới.';

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('city')]);
  const admin = await signIn(product.url);
  ({ cookie } = await makePerson(product.url, admin, 'truc-ban-xem-lai', 'operator'));
  await call(product.url, cookie, '/api/v1/commands/wall.take', { wall: WALL, isForced: true });
  await keepScene(product.url, cookie, WALL);
  await act({ do: 'scene', scene: 'an-ninh-giao-thong' });
  const sample = async () => (await call<{ items: { id: string; provenance: string }[] }>(product.url, cookie, '/api/v1/cameras?limit=50')).items.find(({ provenance }) => provenance === 'simulated');
  await vi.waitFor(async () => expect(await sample()).toBeDefined(), { timeout: 30_000, interval: 200 });
  const edit = { name: 'Camera không ghi hình', unit: null, contractor: null, groups: [], position: [108.2241, 16.0682], azimuth: 0, fieldOfView: 60, rangeM: 100, heightM: null, kind: null, purpose: null, noticePosted: null, retentionDays: null, certificate: null, streams: [] };
  unrecorded = (await call<{ id: string }>(product.url, admin, '/api/v1/cameras', edit)).id;
  const [raised] = await post(product.url, 'alert', [{ key: 'xem-lai', at: Date.now(), kind: 'accident', level: 1, title: TITLE, position: [108.2272, 16.0612] }]);
  alert = await call(product.url, cookie, `/api/v1/alerts/${raised!.id}`);
  const { state } = await call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`);
  tile = state.tiles.find(({ widget }) => widget.startsWith('camera'))!.id;
  pushedAt = (await act({ do: 'push', tile, widget: 'camera-matrix', settings: { cameras: [(await sample())!.id, unrecorded] }, why: WHY }, WHY)).applyAt;
  screens = await openScreens(browser, product);
  outputs = [await screens.open(`/wall/${WALL}/r1c1`, SMALL, admin), await screens.open(`/wall/${WALL}/r2c2`, SMALL, admin)];
  desk = await screens.open('/desk', DESK, cookie);
  await Promise.all([desk, ...outputs].map(({ page }) => untilState(page, 'live')));
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(pushedAt + KEPT_AFTER_MS), { timeout: 30_000, interval: 200 });
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

test('a button or a key looks back: XEM LẠI stands on the desk, the walls go on live', async () => {
  const { page } = desk;
  expect(await page.locator('[data-replay]').count()).toBe(0);
  await page.locator('header [data-act="replay"]').click();
  await untilState(page, 'replay');
  await page.keyboard.press('KeyI');
  await untilState(page, 'live');
  await page.locator('.work [data-thing]', { hasText: TITLE }).locator('button').first().click();
  await page.locator('[data-act="comment"]').click();
  await page.locator('[data-form="comment"] textarea').fill(WRITTEN);
  await page.locator('h1').first().click();
  await page.keyboard.press('KeyO');
  await page.locator('[data-replay="paused"]').waitFor();
  await untilState(page, 'replay');
  expect(await page.locator('.bar .sign').innerText()).toBe('XEM LẠI');
  expect(await page.locator('.bar [data-act="to-live"]').innerText()).toContain('Về TRỰC TIẾP');
  for (const output of outputs) await untilState(output.page, 'live');
});

test('the moment is sought by pointer, by keyboard, by steps and by a mark', async () => {
  const { page } = desk;
  await page.getByLabel('Khoảng thời gian', { exact: true }).selectOption('15');
  const track = page.getByRole('slider', { name: 'Dòng thời gian' });
  const box = (await track.boundingBox())!;
  const before = await momentOf(page);
  await page.mouse.click(box.x + HANDLE_PX + (box.width - 2 * HANDLE_PX) * (1 - TOUCHED_S / (15 * 60)), box.y + box.height / 2);
  await expect.poll(() => momentOf(page)).not.toBe(before);
  const pointed = await momentOf(page);
  expect(pointed).toBeGreaterThan(before);
  expect(pointed).toBeLessThan(Date.now());
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => momentOf(page)).toBeLessThan(pointed);
  const stepped = await momentOf(page);
  await page.locator('[data-act="step"][data-ms="10000"]').click();
  await expect.poll(() => momentOf(page)).toBeGreaterThan(stepped + 9 * SECOND);
  await goTo(page, alert.raisedAt);
});

test('it is played at a speed, and the key holds it', async () => {
  const { page } = desk;
  const from = await momentOf(page);
  await page.locator('[data-pick="speed"]').selectOption('2');
  await page.locator('[data-act="play"]').click();
  await page.locator('[data-replay="playing"]').waitFor();
  await expect.poll(() => momentOf(page)).toBeGreaterThan(from + 2 * SECOND);
  await page.locator('h1').first().click();
  await page.keyboard.press('Space');
  await page.locator('[data-replay="paused"]').waitFor();
  const held = await momentOf(page);
  await page.locator('[data-act="step"][data-ms="10000"]').click();
  await expect.poll(() => momentOf(page)).toBeGreaterThan(held + 9 * SECOND);
});

test('a moment is kept under a name, found again and let go', async () => {
  const { page } = desk;
  await goTo(page, alert.raisedAt);
  const kept = await momentOf(page);
  await page.locator('[data-act="bookmarks"]').click();
  await page.getByPlaceholder('Tên dấu trang').fill('Xe cứu thương đến');
  await page.locator('[data-act="bookmark-add"]').click();
  const row = page.locator('[data-bookmark]', { hasText: 'Xe cứu thương đến' });
  await row.waitFor();
  await page.locator('[data-act="step"][data-ms="10000"]').click();
  await expect.poll(() => momentOf(page)).toBeGreaterThan(kept);
  await row.locator('.go').click();
  await expect.poll(() => momentOf(page)).toBe(kept);
  await row.locator('.drop').click();
  await row.waitFor({ state: 'detached' });
  expect((await call<{ items: Bookmark[] }>(product.url, cookie, '/api/v1/bookmarks')).items.map(({ name }) => name)).not.toContain('Xe cứu thương đến');
  await page.locator('[data-act="bookmarks"]').click();
});

test('the alarm’s first minute begins just before it, and its panel stays where it is', async () => {
  const { page } = desk;
  const panel = page.locator(`[data-panel="${alert.id}"]`);
  await goTo(page, alert.raisedAt);
  await page.locator('[data-act="step"][data-ms="10000"]').click();
  await page.locator('[data-act="first-minute"]').click();
  await page.locator('[data-replay="playing"]').waitFor();
  expect(await panel.count()).toBe(1);
  expect(await momentOf(page)).toBeLessThan(alert.raisedAt + 60 * SECOND);
  await panel.locator('[data-not-yet]').waitFor();
  await page.locator('[data-act="first-minute"]').waitFor();
  expect(await momentOf(page)).toBeGreaterThanOrEqual(secondOf(alert.raisedAt));
  await page.locator('[data-act="pause"]').click();
});

test('what would change work or the wall is off and says why; what was being written is kept', async () => {
  const { page } = desk;
  const { state: { rev } } = await call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`);
  const isOn = (selector: string) => page.locator(selector).evaluateAll((found) => found.filter((one) => !(one as HTMLButtonElement).disabled).map((one) => (one as HTMLElement).dataset.act));
  expect(await page.locator('.deeds .choices button').count()).toBeGreaterThan(2);
  expect(await isOn('.deeds .choices button')).toEqual([]);
  expect(await isOn('[data-act="push"], [data-act="decide"], [data-act="send-patrol"], [data-act="start-procedure"]')).toEqual([]);
  expect(await isOn('.acts button')).toEqual(['identify', 'blank', 'rules', 'test-card']);
  expect(await page.locator('.deeds [data-off="past"]').innerText()).toMatch(/TRỰC TIẾP.*được giữ/);
  expect(await page.locator('.deeds .choices button').first().getAttribute('title')).toContain('TRỰC TIẾP');
  await page.locator('h1').first().click();
  for (const key of ['KeyA', 'KeyW', 'KeyZ', 'KeyC']) {
    await page.keyboard.press(key);
    await page.locator('.toast', { hasText: 'bấm TRỰC TIẾP' }).waitFor();
  }
  expect(await page.locator('.toast').count()).toBe(1);
  await page.keyboard.press('KeyG');
  expect(await page.locator('[data-command="undo"]').getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Escape');
  expect(await page.locator('[data-form]').count()).toBe(0);
  expect((await call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`)).state.rev).toBe(rev);
  expect((await call<{ state: string }>(product.url, cookie, `/api/v1/alerts/${alert.id}`)).state).toBe('raised');
});

test('each tile is as it was, with who put it there; cameras show what was recorded, or that nothing was', async () => {
  const { page } = desk;
  const matrix = `[data-tile="${tile}"] figure`;
  await goTo(page, alert.raisedAt);
  await page.locator('[data-act="step"][data-ms="10000"]').click();
  await expect.poll(async () => (await inPreview(page, matrix)).map(({ state }) => state)).toEqual(['recorded', 'no-recording']);
  const [film, nothing] = await inPreview(page, matrix);
  expect(film!.says).toContain('BẢN GHI');
  expect(nothing!.says.replace(/\s+/g, ' ')).toContain('Không có bản ghi');
  expect(await page.locator('.by[data-rev]').innerText()).toContain(WHY);
  expect(await page.locator('.by[data-rev]').innerText()).toMatch(/\d\d:\d\d:\d\d/);
});

test('the wall looks along, every output says so and who put it there, and one key brings all back live', async () => {
  const { page } = desk;
  await page.locator('[data-act="replay-on-wall"]').click();
  for (const output of outputs) {
    await untilState(output.page, 'replay');
    expect(await output.page.getByText('XEM LẠI').count()).toBe(1);
    await expect.poll(() => output.page.locator('body').innerText()).toContain(WHY);
    expect(await output.page.locator('figure[data-state="live"]').evaluateAll((found) => found.filter((one) => getComputedStyle(one).visibility !== 'hidden').length)).toBe(0);
  }
  await page.locator('[data-pick="speed"]').focus();
  await page.keyboard.press('KeyI');
  await untilState(page, 'live');
  for (const output of outputs) {
    await untilState(output.page, 'live');
    expect(await output.page.getByText('XEM LẠI').count()).toBe(0);
  }
  expect(await page.locator('[data-replay]').count()).toBe(0);
  expect(await page.locator('[data-form="comment"] textarea').inputValue()).toBe(WRITTEN);
  expect(screens.faults().filter((fault) => !/404/.test(fault) || !/\/recording\?|status of 404/.test(fault))).toEqual([]);
});
