import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SOCKET_MOST_BYTES } from '#contract/events.ts';
import type { Scenario, ScenarioRun } from '#contract/scenario.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const WALL = 'w2x2';
const SMALL = { width: 480, height: 270 };
const DESK = { width: 1366, height: 768 };
/** Two of the wall's outputs, at opposite corners. */
const OUTPUTS = ['r1c1', 'r2c2'];
const PLACE: [number, number] = [108.2208, 16.0678];
const CAMERA = 'nut-giao-1';
const cameraItem = (key: string) => ({ key, at: Date.now(), name: `Nút giao ${key}`, position: PLACE, azimuth: 90, fieldOfView: 60, rangeM: 80, streams: [{ role: 'sub', kind: 'loop', url: 'loop:avenue-day' }] });

let browser: Browser;
let city: Product;
let other: Product;
let screens: Screens;
let elsewhere: Screens;
let operator: string;
let author: Watched;
let outputs: Watched[];
let file = '';

const wallOf = (product: Product, cookie: string) => call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`);
const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`);
const slots = (page: Page) => page.locator('.timeline .slot').evaluateAll((found) => found.map((slot) => [slot.firstChild!.textContent!.trim(), Number.parseInt(slot.querySelector('small')!.textContent!, 10)]));
const choose = (page: Page, nth: number) => page.locator('.timeline .slot').nth(nth).click();

/** A city with one camera by that name, and an operator of its own. */
async function openCity(cameras: readonly string[]): Promise<{ product: Product; cookie: string }> {
  const product = await startProduct();
  const admin = await signIn(product.url);
  for (const key of cameras) await post(product.url, 'camera', [cameraItem(key)]);
  const { cookie } = await makePerson(product.url, admin, 'truc-ban', 'operator');
  await keepScene(product.url, cookie, WALL);
  return { product, cookie };
}

beforeAll(async () => {
  browser = await openBrowser();
  ({ product: city, cookie: operator } = await openCity([CAMERA]));
  await post(city.url, 'feedback', [{ key: 'cay-do', at: Date.now(), service: 'infrastructure', description: 'Cây đổ chắn đường Trần Phú.', position: PLACE }]);
  screens = await openScreens(browser, city);
  outputs = [];
  for (const output of OUTPUTS) outputs.push(await screens.open(`/wall/${WALL}/${output}`, SMALL));
  author = await screens.open('/rehearse', DESK, operator);
  await Promise.all([author, ...outputs].map(({ page }) => untilState(page, 'live')));
});

afterAll(async () => {
  await elsewhere?.close();
  await screens?.close();
  await browser?.close();
  await Promise.all([city?.close(), other?.close()]);
});

test('what the operator does at the desk becomes a scenario, picture by picture', async () => {
  const { page } = author;
  await page.locator('[data-pick="wall"]').selectOption(WALL);
  await page.locator('[data-act="record"]').click();
  await page.locator('[data-act="stop-recording"]').click();
  await page.locator('[role="alert"]', { hasText: 'chưa có gì để thành kịch bản' }).waitFor();
  const desk = await screens.open('/desk', DESK, operator);
  const step = async (work: () => Promise<void>) => {
    const { state: { rev } } = await wallOf(city, operator);
    await work();
    await expect.poll(async () => (await wallOf(city, operator)).state.rev).toBeGreaterThan(rev);
  };
  await untilState(desk.page, 'live');
  await step(() => desk.page.locator('[data-act="scene"][data-scene="an-ninh-giao-thong"]').click());
  await step(() => desk.page.locator('[data-act="push"]').first().click());
  await desk.page.locator('[data-tab="feedback"]').click();
  await desk.page.locator('.work [data-thing] button').first().click();
  await step(() => desk.page.keyboard.press('KeyW'));
  const { state } = await wallOf(city, operator);
  const shown = state.tiles.find(({ widget }) => widget === 'camera')!;
  await desk.page.locator(`[data-target="${shown.id}"]`).click();
  await step(() => desk.page.locator('[data-act="spotlight"]').click());
  await desk.close();
  await page.locator('[data-act="stop-recording"]').click();
  await expect.poll(async () => (await slots(page)).length).toBe(4);
  expect((await slots(page))[0]).toEqual(['Cảnh 1', 0]);
  expect(await page.locator('.faults').count()).toBe(0);
});

test('steps are put in order, moved, given a wait, words and a way out', async () => {
  const { page } = author;
  await field(page, 'alarm').fill('Cây đổ chắn lối vào trường học');
  await page.locator('[data-act="alarm-add"]').click();
  await page.locator('[data-alarm="canh-bao-1"]').waitFor();
  const before = await slots(page);
  await choose(page, 2);
  await page.locator('[data-layer="traffic"]').uncheck();
  await page.locator('[data-act="step-up"]').click();
  expect(await slots(page)).toEqual([before[0], [before[2]![0], before[1]![1]], [before[1]![0], before[2]![1]], before[3]]);
  await field(page, 'narrationVi').fill('Nhìn vào nơi cây đổ.');
  await choose(page, 3);
  const at = Number(before[2]![1]) + 1;
  await field(page, 'at').fill(String(at));
  await field(page, 'on').selectOption('condition');
  await field(page, 'life').selectOption('assigned');
  await field(page, 'withinS').fill('20');
  await field(page, 'fallback').selectOption('ban-do');
  await field(page, 'fallbackVi').fill('Chưa có đơn vị nhận việc.');
  await field(page, 'fallbackEn').fill('No unit has taken it yet.');
  await field(page, 'id').fill('cay-do-tran-phu');
  await field(page, 'name-vi').fill('Cây đổ trên đường Trần Phú');
  await page.locator('[data-act="check"]').click();
  await page.locator('[data-faultless]').waitFor();
  await page.locator('[data-act="save"]').click();
  await page.locator('[data-saved="1"]').waitFor();
  const saved = await call<Scenario>(city.url, operator, '/api/v1/scenarios/cay-do-tran-phu');
  expect(saved.steps.map(({ id, on }) => [id, on])).toEqual([['canh-1', 'next'], ['canh-3', 'next'], ['canh-2', 'next'], ['canh-4', 'condition']]);
  expect(saved.steps[1]).toMatchObject({ layers: { traffic: false }, narration: { vi: 'Nhìn vào nơi cây đổ.' } });
  expect(saved.steps[3]).toMatchObject({ at, withinS: 20, when: { ref: 'canh-bao-1', state: expect.arrayContaining(['assigned']) }, fallback: { scene: 'ban-do', narration: { vi: 'Chưa có đơn vị nhận việc.' } } });
});

test('it is one file; a camera that is not there is named with its line', async () => {
  const { page } = author;
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-act="export"]').click()]);
  expect(download.suggestedFilename()).toBe('cay-do-tran-phu.yaml');
  file = readFileSync(await download.path(), 'utf8');
  expect(file).toContain(`$camera:${CAMERA}`);
  const broken = file.replace(`$camera:${CAMERA}`, '$camera:khong-co-o-day');
  await page.locator('[data-act="import"]').setInputFiles({ name: 'hong.yaml', mimeType: 'application/yaml', buffer: Buffer.from(broken) });
  const fault = page.locator('.faults [data-code="camera"]').first();
  await fault.waitFor();
  expect(await fault.innerText()).toContain('khong-co-o-day');
  const line = Number(await fault.getAttribute('data-line'));
  expect(broken.split('\n')[line - 1]).toContain('khong-co-o-day');
  await page.locator('[data-act="undo"]').click();
});

test('a file that cannot be taken says why and changes nothing; a long one is taken', async () => {
  const { page } = author;
  const bring = (text: string) => page.locator('[data-act="import"]').setInputFiles({ name: 'tep.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) });
  const before = await slots(page);
  await bring('{ "id": "hong", "steps": [ ');
  await page.locator('[data-left-out="faulty"]').waitFor();
  expect(await page.locator('.faults [data-code="yaml"]').first().getAttribute('data-line')).toBe('1');
  expect(await slots(page)).toEqual(before);
  await bring('# dài\n'.repeat(800_000));
  await page.locator('[data-left-out="long"]').waitFor();
  expect(await page.locator('.faults').count()).toBe(0);
  await bring(' ');
  await page.locator('[data-left-out="blank"]').waitFor();
  const long = `${file.replace('Cây đổ trên đường Trần Phú', 'Tệp dài')}${'# ghi chú của người soạn\n'.repeat(12_000)}`;
  expect(Buffer.byteLength(long)).toBeGreaterThan(SOCKET_MOST_BYTES);
  await bring(long);
  await expect.poll(() => field(page, 'name-vi').inputValue()).toBe('Tệp dài');
  expect(await page.locator('.alert').count()).toBe(0);
  await page.locator('[data-act="undo"]').click();
  expect(await field(page, 'name-vi').inputValue()).toBe('Cây đổ trên đường Trần Phú');
});

test('what is written wrong is named, no field shows what was not kept, and an undone copy leaves the page whole', async () => {
  const { page } = author;
  await field(page, 'id').fill('Cây đổ');
  await field(page, 'name-vi').fill('');
  await page.locator('[data-act="check"]').click();
  await page.locator('.faults [data-code="schema"]').nth(1).waitFor();
  const said = (await page.locator('.faults li').allInnerTexts()).join('\n');
  expect(said).toContain('/id: chỉ gồm chữ thường không dấu');
  expect(said).toContain('/name/vi: không được để trống');
  for (let nth = 0; nth < 2; nth++) await page.locator('[data-act="undo"]').click();
  await choose(page, 1);
  const [, [, at]] = (await slots(page)) as [unknown, [string, number]];
  await field(page, 'at').fill('');
  await field(page, 'at').blur();
  expect(await field(page, 'at').inputValue()).toBe(String(at));
  await choose(page, 3);
  await page.locator('[data-act="copy-step"]').click();
  await page.locator('[data-act="undo"]').click();
  expect(await slots(page)).toHaveLength(4);
  await field(page, 'at').waitFor();
});

test('rehearsed at 20× it says DIỄN TẬP on every output, and is removed whole', async () => {
  const { page } = author;
  await page.locator('[data-act="save"]').click();
  await page.locator('[data-saved="2"]').waitFor();
  await page.locator('[data-pick="rate"]').selectOption('20');
  await page.locator('[data-act="rehearse"]').click();
  await page.locator('p[data-run]').waitFor();
  await page.reload();
  await page.locator('p[data-run]', { hasText: 'Cây đổ trên đường Trần Phú' }).waitFor();
  for (const output of outputs) {
    await untilState(output.page, 'rehearsal');
    expect(await output.page.getByText('DIỄN TẬP').count()).toBe(1);
  }
  const run = async () => (await call<{ items: ScenarioRun[] }>(city.url, operator, '/api/v1/scenario-runs')).items[0]!;
  await expect.poll(async () => (await run()).phase).toBe('ended');
  expect(await run()).toMatchObject({ isRehearsal: true, step: 3 });
  await page.locator('p[data-run] a').click();
  await page.locator('[data-act="stop"]').click();
  await page.locator('[data-act="remove"]').click();
  await page.locator('[data-receipt][data-left="0"]').waitFor();
  for (const output of outputs) await untilState(output.page, 'live');
  expect(screens.faults()).toEqual([]);
});

test('in another city the file is taken in and runs with that city’s own camera of this name', async () => {
  let cookie: string;
  ({ product: other, cookie } = await openCity(['khac-1', CAMERA]));
  elsewhere = await openScreens(browser, other);
  const { page } = await elsewhere.open('/rehearse', DESK, cookie);
  const wall = await elsewhere.open(`/wall/${WALL}/r1c1`, SMALL);
  await Promise.all([page, wall.page].map((one) => untilState(one, 'live')));
  await page.locator('[data-act="import"]').setInputFiles({ name: 'cay-do-tran-phu.yaml', mimeType: 'application/yaml', buffer: Buffer.from(file) });
  await expect.poll(() => slots(page)).toHaveLength(4);
  expect(await page.locator('.faults').count()).toBe(0);
  await page.locator('[data-act="save"]').click();
  await page.locator('[data-saved="1"]').waitFor();
  await page.locator('[data-pick="rate"]').selectOption('20');
  await page.locator('[data-act="rehearse"]').click();
  await untilState(wall.page, 'rehearsal');
  const cameras = await call<{ items: { id: string; ref: string }[] }>(other.url, cookie, '/api/v1/cameras');
  const own = cameras.items.find(({ ref }) => ref === CAMERA)!.id;
  const { id } = (await call<{ items: ScenarioRun[] }>(other.url, cookie, '/api/v1/scenario-runs')).items[0]!;
  await expect.poll(async () => (await call<ScenarioRun>(other.url, cookie, `/api/v1/scenario-runs/${id}`)).phase).toBe('ended');
  const log = await call<{ items: { state?: unknown }[] }>(other.url, cookie, `/api/v1/walls/log?wall=${WALL}`);
  expect(log.items.length).toBeGreaterThan(3);
  expect((await wallOf(other, cookie)).state.tiles.some(({ settings }) => settings?.['camera'] === own)).toBe(true);
  await page.locator('p[data-run] a').click();
  await page.locator('[data-act="stop"]').click();
  await page.locator('[data-act="remove"]').click();
  await page.locator('[data-receipt][data-left="0"]').waitFor();
  expect(elsewhere.faults()).toEqual([]);
});
