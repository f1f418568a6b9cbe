import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScenarioRun } from '#contract/scenario.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, keepScene, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const SMALL = { width: 480, height: 270 };
const PHONE = { width: 390, height: 844 };
const dataFolder = mkdtempSync(join(tmpdir(), 'toan-canh-scenario-'));

let browser: Browser;
let product: Product;
let screens: Screens;
let cookie: string;
let remote: Watched;
let outputs: Watched[];
/** A wall that takes no part. */
let bystander: Watched;

const tilesOf = (page: Page) => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-tile]')].filter((tile) => getComputedStyle(tile).visibility !== 'hidden').map(({ dataset }) => dataset.tile).sort());
const wall = () => call<ScheduledWall>(product.url, cookie, '/api/v1/walls/w2x2/state');
const run = async () => (await call<{ items: ScenarioRun[] }>(product.url, cookie, '/api/v1/scenario-runs')).items[0]!;
const atStep = (page: Page, step: string) => page.waitForSelector(`[data-run][data-step="${step}"]`);

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct({ dataFolder })]);
  cookie = await signIn(product.url);
  await keepScene(product.url, cookie, 'w2x2');
  screens = await openScreens(browser, product);
  outputs = [await screens.open('/wall/w2x2/r1c1'), await screens.open('/wall/w2x2/r2c2')];
  remote = await screens.open('/present/w2x2', PHONE);
  bystander = await screens.open('/wall/w1x1', SMALL);
  await Promise.all(outputs.map(({ page }) => untilState(page, 'live')));
});

afterAll(async () => {
  await screens?.close();
  await product?.close();
  await browser?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

test('the launch is started on the phone and said DIỄN TẬP on every output', async () => {
  const { page } = remote;
  await page.locator('[data-scenario="khai-truong-ioc"] > button').click();
  await page.waitForSelector('[data-ready]');
  await page.locator('[data-scenario="khai-truong-ioc"] [data-act="start"]').click();
  await atStep(page, 'chao-mung');
  for (const output of outputs) {
    await untilState(output.page, 'rehearsal');
    expect(await output.page.getByText('DIỄN TẬP').count()).toBe(1);
  }
  await untilState(bystander.page, 'live');
  expect(await bystander.page.getByText('DIỄN TẬP').count()).toBe(0);
  await expect.poll(() => tilesOf(outputs[0]!.page)).toEqual(['title']);
});

test('next and back move both outputs chapter by chapter, by button and by clicker', async () => {
  const { page } = remote;
  await page.locator('[data-act="next"]').click();
  await atStep(page, 'kinh-te-xa-hoi');
  await expect.poll(() => tilesOf(outputs[1]!.page)).toEqual(['c']);
  await page.keyboard.press('PageDown');
  await atStep(page, 'an-ninh-giao-thong');
  await expect.poll(() => tilesOf(outputs[0]!.page)).toEqual(['map']);
  await expect.poll(() => page.locator('.pad span').allInnerTexts()).toContain('Bản đồ điều hành');
  await page.keyboard.press('PageUp');
  await atStep(page, 'kinh-te-xa-hoi');
  await expect.poll(() => tilesOf(outputs[0]!.page)).toEqual(['a']);
});

test('a wrong chapter, a spotlight and a note that is being written do not stop a presenter', async () => {
  const { page } = remote;
  await page.locator('[data-chapter="du-lich"]').click();
  await atStep(page, 'du-lich');
  await page.keyboard.press('KeyU');
  await atStep(page, 'kinh-te-xa-hoi');
  await page.locator('label.notes textarea').fill('Mời chủ tọa phát biểu.');
  await page.keyboard.press('PageDown');
  await atStep(page, 'an-ninh-giao-thong');
  await page.locator('h1').click();
  await page.keyboard.press('Digit1');
  await expect.poll(async () => (await wall()).state.spotlight).toEqual({ tile: 'map' });
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await wall()).state.spotlight).toBeNull();
  await page.locator('[data-act="stop"]').click();
  await page.locator('[data-act="stop-not"]').click();
  expect((await run()).phase).not.toBe('ended');
});

test('a wrong scene, a blank wall and a jump are undone by one key', async () => {
  const { page } = remote;
  await page.locator('[data-chapter="bao-dong"]').click();
  await atStep(page, 'bao-dong');
  expect((await call<{ items: unknown[] }>(product.url, cookie, '/api/v1/alerts?withRehearsals=true&limit=100')).items).toHaveLength(1);
  expect(await bystander.page.locator('[data-tile]').filter({ hasText: 'diễn tập' }).count()).toBe(0);
  expect(await bystander.page.evaluate(() => document.documentElement.dataset.state)).toBe('live');
  const decided = await call<{ request: { rehearsal?: string } }>(product.url, cookie, '/api/v1/commands/decision.make', { wall: 'w2x2', unit: '20242', text: 'Mở lối vòng qua cầu Trần Thị Lý', dueAt: Date.now() + 3_600_000 });
  expect(decided.request.rehearsal).toBe((await run()).id);
  await page.keyboard.press('KeyB');
  await page.waitForSelector('[data-act="blank"][aria-pressed="true"]');
  await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: { do: 'scene', scene: 'toan-canh' } });
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await wall()).state).toMatchObject({ blank: false, scene: 'hien-truong', story: { step: 'bao-dong' } });
});

test('after the server is killed the run stands at the same step, and goes on', async () => {
  screens.expectAway(true);
  const before = await run();
  await product.kill('SIGKILL');
  await remote.page.waitForSelector('[data-cut]');
  await remote.page.keyboard.press('PageDown');
  await remote.page.waitForSelector('[data-missed="cut"]');
  const { port } = new URL(product.url);
  product = await startProduct({ dataFolder, environment: { IOC_PORT: port } });
  cookie = await signIn(product.url);
  for (const { page } of [...outputs, remote]) await untilState(page, 'rehearsal', 120_000);
  screens.expectAway(false);
  expect((await wall()).state.story).toMatchObject({ step: 'bao-dong', run: before.id });
  expect((await run()).step).toBe(before.step);
  await remote.page.keyboard.press('PageDown');
  await atStep(remote.page, 'giao-viec');
});

test('the wall is given back, what was made up is removed with a receipt, and nothing of it is left', async () => {
  const { page } = remote;
  await page.locator('[data-act="stop"]').click();
  await page.locator('[data-act="stop"][data-armed="true"]').click();
  await page.locator('[data-act="remove"]').click();
  const receipt = page.locator('[data-receipt]');
  await receipt.waitFor();
  expect(await receipt.getAttribute('data-left')).toBe('0');
  for (const output of outputs) await untilState(output.page, 'live');
  for (const list of ['alerts', 'feedback', 'handling-requests']) {
    const left = await call<{ items: unknown[] }>(product.url, cookie, `/api/v1/${list}?withRehearsals=true&limit=100`);
    expect(left.items, list).toEqual([]);
  }
  expect((await wall()).state.scene).toBe('toan-canh');
  expect(screens.faults()).toEqual([]);
});
