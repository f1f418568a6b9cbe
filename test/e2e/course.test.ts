import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScenarioRun } from '#contract/scenario.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const WALL = 'w2x2';
const COURSE = 'khoa-huan-luyen';
const DESK = { width: 1920, height: 1080 };
const TABLET = { width: 1024, height: 768 };
/** What the course's clock goes on after a deed before it can be said to have scored nothing. Units: ms. */
const LOOKED_AFTER_MS = 1500;

let browser: Browser;
let product: Product;
let screens: Screens;
let admin: string;
let trainee: string;
let desk: Watched;
let remote: Watched;

const run = async () => (await call<{ items: ScenarioRun[] }>(product.url, trainee, '/api/v1/scenario-runs')).items[0]!;
const onRow = (title: string) => desk.page.locator('.work [data-thing]', { hasText: title }).first();
const atStep = (step: string) => remote.page.waitForSelector(`[data-run][data-step="${step}"]`);
const scored = (score: number) => remote.page.waitForSelector(`[data-score="${score}"]`);
const check = (id: string, state: string) => remote.page.waitForSelector(`[data-check="${id}"][data-state="${state}"]`);
const next = async (step: string) => {
  await remote.page.keyboard.press('PageDown');
  await atStep(step);
};

async function begin(page: Page): Promise<void> {
  await page.locator(`[data-scenario="${COURSE}"] > button`).click();
  await page.waitForSelector('[data-ready]');
  await page.locator(`[data-scenario="${COURSE}"] [data-act="start"]`).click();
  await atStep('lam-quen');
}

async function takeOver(title: string): Promise<void> {
  await onRow(title).locator('button').first().click();
  await desk.page.keyboard.press('KeyA');
  await desk.page.waitForSelector('.work [data-life="acknowledged"]');
}

async function assign(title: string, unit: string, name: string): Promise<void> {
  await onRow(title).locator('button').first().click();
  await desk.page.locator('[data-act="assign"]').click();
  const form = desk.page.locator('[data-form="assign"]');
  await form.locator('[role="combobox"]').fill(unit);
  await form.locator('[role="option"]', { hasText: name }).first().click();
  await form.locator('[data-act="assign-send"]').click();
}

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  admin = await signIn(product.url);
  ({ cookie: trainee } = await makePerson(product.url, admin, 'hoc-vien', 'operator'));
  await keepScene(product.url, trainee, WALL);
  screens = await openScreens(browser, product);
  desk = await screens.open('/desk', DESK, trainee);
  remote = await screens.open(`/present/${WALL}`, TABLET, trainee);
  await Promise.all([desk, remote].map(({ page }) => untilState(page, 'live')));
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('a trainee begins the course, and a right act scores while it runs', async () => {
  await begin(remote.page);
  await scored(0);
  expect(await remote.page.locator('[data-verdict]').getAttribute('data-verdict')).toBe('under-way');
  await next('bai-1');
  await takeOver('Bài 1');
  await check('bai-1-tiep-nhan', 'met');
  await scored(20);
});

test('who pauses reads that the clock of the score goes on', async () => {
  const { page } = remote;
  await page.locator('[data-act="pause"]').click();
  await page.waitForSelector('[data-run][data-phase="paused"]');
  expect(await page.locator('[data-score-clock]').innerText()).toBe('Đồng hồ chấm điểm vẫn chạy khi tạm dừng.');
  await page.locator('[data-act="pause"]').click();
  await page.waitForSelector('[data-run][data-phase="running"]');
});

test('the wrong unit scores nothing, and who leaves half-way comes back to the same place', async () => {
  await next('bai-2');
  await assign('Bài 1', 'son tra', 'Phường Sơn Trà');
  await desk.page.waitForSelector('.work [data-life="assigned"]');
  const { atMs } = await run();
  await expect.poll(async () => (await run()).atMs, { interval: 100 }).toBeGreaterThan(atMs + LOOKED_AFTER_MS);
  await check('bai-2-giao-viec', 'open');
  const before = await run();
  await remote.page.goto('about:blank');
  await remote.page.goto(`${product.url}/present/${WALL}`);
  await atStep('bai-2');
  await scored(20);
  expect((await run()).id).toBe(before.id);
});

test('a report given to a unit scores, and so do two alarms taken over', async () => {
  await next('bai-3');
  await desk.page.locator('[data-tab="feedback"]').click();
  await assign('Cây đổ chắn ngang đường Trần Phú', 'hai chau', 'Phường Hải Châu');
  await check('bai-3-giao', 'met');
  await next('bai-4');
  await desk.page.locator('[data-tab="alert"]').click();
  await takeOver('Bài 4: khói trong chợ');
  await check('bai-4-chay', 'met');
  await takeOver('Bài 4: ngập');
  await check('bai-4-ngap', 'met');
  await scored(80);
});

test('at its end it says what was missed and that it is passed, and the administrator reads who passed', async () => {
  await next('ket-qua');
  await remote.page.keyboard.press('PageDown');
  await remote.page.waitForSelector('[data-score="80"][data-verdict="passed"]');
  await check('bai-2-giao-viec', 'missed');
  const reader = await screens.open('/learn', DESK, admin);
  const record = reader.page.locator('main li', { hasText: 'Khóa huấn luyện trực ban' });
  await record.waitFor();
  expect(await record.innerText()).toMatch(/Cán bộ operator[\s\S]*80\/100 đạt/);
  await reader.close();
});

test('broken off it warns before, and writes nobody down', async () => {
  const { page } = remote;
  await page.locator('[data-act="stop"]').click();
  await page.locator('[data-act="remove"]').click();
  await page.waitForSelector('[data-receipt][data-left="0"]');
  await begin(page);
  await page.locator('[data-act="stop"]').click();
  await page.getByText('kết quả không được ghi').waitFor();
  await page.locator('[data-act="stop"][data-armed="true"]').click();
  await page.getByText('bỏ dở, không ghi').waitFor();
  await page.locator('[data-act="remove"]').click();
  await page.waitForSelector(`[data-receipt="${(await run()).id}"][data-left="0"]`);
  const { items } = await call<{ items: { course: string }[] }>(product.url, admin, '/api/v1/trainings');
  expect(items.map(({ course }) => course)).toEqual([COURSE]);
  expect(screens.faults()).toEqual([]);
});
