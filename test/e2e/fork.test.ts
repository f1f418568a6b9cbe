import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Scenario, ScenarioRun } from '#contract/scenario.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { OUTPUTS, openScreens, untilState, type Screens } from '../support/screens.ts';

const WALL = 'w2x2';
const SMALL = { width: 480, height: 270 };
const DESK = { width: 1366, height: 768 };
const PLACE: [number, number] = [108.2272, 16.0612];
const TITLE = 'Cháy nhà kho ở An Hải';
const REPORT = 'Khói đen bốc lên từ nhà kho.';
/** How long the stretch that is forked lies back, and how fast it is rehearsed. Units: ms. */
const BACK_MS = 12_000;
const RATE = '20';
const HOUR_MS = 3_600_000;
/** Lists, sums, boards and files that officials read. */
const FIGURES = ['alerts', 'feedback', 'handling-requests', 'cases', 'indicators', 'red/board', 'reports', 'report/results', 'meetings/agenda', 'export/alerts.csv', 'export/feedback.csv', ...['alert', 'feedback'].map((of) => `handling?of=${of}&by=ward&from=${Date.now() - HOUR_MS}&to=${Date.now() + HOUR_MS}`)];

let browser: Browser;
let product: Product;
let screens: Screens;
let cookie: string;
let desk: Watched;
let outputs: Watched[];
let cameAt: number;
let before: Record<string, string>;

const wall = () => call<ScheduledWall>(product.url, cookie, `/api/v1/walls/${WALL}/state`);
const run = async () => (await call<{ items: ScenarioRun[] }>(product.url, cookie, '/api/v1/scenario-runs')).items[0]!;
/** What is read, without the moment it was read at. */
const figures = async () =>
  Object.fromEntries(await Promise.all(FIGURES.map(async (path) => {
    const answer = await fetch(`${product.url}/api/v1/${path}`, { headers: { cookie } });
    expect(answer.status, path).toBe(200);
    return [path, (await answer.text()).replace(/"at":\d+,?/, '')] as const;
  })));

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  const admin = await signIn(product.url);
  ({ cookie } = await makePerson(product.url, admin, 'truc-ban-dien-tap', 'operator'));
  await keepScene(product.url, cookie, WALL);
  const scene = (name: string) => call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: { do: 'scene', scene: name } });
  await scene('toan-canh');
  await post(product.url, 'alert', [{ key: 'chay-kho', at: Date.now(), kind: 'fire', level: 2, title: TITLE, position: PLACE }]);
  await post(product.url, 'feedback', [{ key: 'khoi-den', at: Date.now(), service: 'infrastructure', description: REPORT, position: PLACE }]);
  cameAt = Date.now();
  await scene('an-ninh-giao-thong');
  screens = await openScreens(browser, product);
  outputs = [];
  for (const output of OUTPUTS) outputs.push(await screens.open(`/wall/${WALL}/${output}`, SMALL, admin));
  desk = await screens.open('/desk', DESK, cookie);
  await Promise.all([desk, ...outputs].map(({ page }) => untilState(page, 'live')));
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(cameAt + BACK_MS), { timeout: 30_000, interval: 200 });
  before = await figures();
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('looking back, one press makes a scenario of what was shown and what came', async () => {
  const { page } = desk;
  await page.keyboard.press('KeyO');
  await untilState(page, 'replay');
  await page.locator('[data-act="step"][data-ms="-60000"]').click();
  await page.locator('[data-act="rehearse-from"]').click();
  await page.locator('.timeline .slot').first().waitFor();
  await untilState(page, 'live');
  expect(await page.locator('.faults').count()).toBe(0);
  expect(await page.locator('[data-pick="wall"]').inputValue()).toBe(WALL);
  expect(await page.locator('[data-field="name-vi"]').inputValue()).toMatch(/^Làm lại \d\d:\d\d–\d\d:\d\d ngày \d\d\/\d\d\/\d{4}$/);
  expect(new URL(page.url()).search).toBe('');
});

test('rehearsed in one more press it says DIỄN TẬP on every output, and what came comes again', async () => {
  const { page } = desk;
  await page.locator('[data-pick="rate"]').selectOption(RATE);
  await page.locator('[data-act="rehearse"]').click();
  await page.locator('p[data-run]').waitFor();
  for (const output of outputs) {
    await untilState(output.page, 'rehearsal');
    expect(await output.page.getByText('DIỄN TẬP').count()).toBe(1);
  }
  const { id, scenario } = await run();
  const forked = await call<Scenario>(product.url, cookie, `/api/v1/scenarios/${scenario}`);
  expect(forked.steps.map(({ scene }) => scene)).toEqual(expect.arrayContaining(['toan-canh', 'an-ninh-giao-thong']));
  expect(forked.steps.flatMap(({ inject }) => inject ?? []).map(({ topic, item }) => [topic, item.title ?? item.description])).toEqual([['alert', TITLE], ['feedback', REPORT]]);
  await expect.poll(async () => (await run()).phase).toBe('ended');
  expect((await wall()).state).toMatchObject({ mode: 'rehearsal', scene: 'an-ninh-giao-thong' });
  const all = await call<{ items: { title: string; rehearsal?: string | null }[] }>(product.url, cookie, '/api/v1/alerts?withRehearsals=true');
  expect(all.items.map(({ title, rehearsal }) => [title, rehearsal ?? null])).toEqual(expect.arrayContaining([[TITLE, null], [TITLE, id]]));
});

test('no figure that officials read has changed', async () => {
  expect(await figures()).toEqual(before);
});

test('one act removes it with a receipt, and the wall is live again', async () => {
  const { page } = desk;
  await page.locator('p[data-run] a').click();
  await page.locator('[data-act="stop"]').click();
  await page.locator('[data-act="remove"]').click();
  const receipt = page.locator('[data-receipt]');
  await receipt.waitFor();
  expect(await receipt.getAttribute('data-left')).toBe('0');
  expect(await receipt.innerText()).toMatch(/(?=[\s\S]*cảnh báo: 1)(?=[\s\S]*phản ánh: 1)/);
  for (const output of outputs) {
    await untilState(output.page, 'live');
    expect(await output.page.getByText('DIỄN TẬP').count()).toBe(0);
  }
  expect((await call<{ items: unknown[] }>(product.url, cookie, '/api/v1/alerts?withRehearsals=true')).items).toHaveLength(1);
  expect(await figures()).toEqual(before);
});

test('the scenario made of it is taken off the list when nobody wants it again', async () => {
  const { page } = desk;
  const { scenario } = await run();
  await page.goto(`${product.url}/rehearse`);
  await page.locator('[data-act="withdraw"]').click();
  await page.locator('[data-act="withdraw"]').waitFor({ state: 'detached' });
  expect((await call<{ items: { id: string }[] }>(product.url, cookie, '/api/v1/scenarios')).items.map(({ id }) => id)).not.toContain(scenario);
  expect(await page.locator('[data-field="id"]').inputValue()).toBe(scenario);
  expect(screens.faults()).toEqual([]);
});
