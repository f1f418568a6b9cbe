import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { call, signIn } from '../support/door.ts';
import { makeOfficer } from '../support/people.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';
import { sharedProduct } from '../support/shared.ts';

const HAI_CHAU = '20242';
const PHONE = { width: 390, height: 844 };
/** A small desk, where the panel takes the place of the list. */
const SMALL_DESK = { width: 1440, height: 900 };
const WORDS = 'Nước tràn lên vỉa hè trước chợ Cồn từ sáng tới giờ.';
const REASON = 'Nước lại tràn lên sau một ngày, chưa khơi cống.';

let browser: Browser;
let screens: Screens;
let phone: Watched;
let desk: Watched;
let url: string;
let cookie: string;
let officer: string;
let id = '';

const read = () => call<FeedbackState>(url, cookie, `/api/v1/feedback/${id}`);
const command = <T>(name: string, body: object, as = cookie) => call<T>(url, as, `/api/v1/commands/${name}`, body);

beforeAll(async () => {
  [browser, { url }] = await Promise.all([openBrowser(), sharedProduct('quiet')]);
  cookie = await signIn(url);
  ({ cookie: officer } = await makeOfficer(url, cookie, 'can-bo-phan-anh', HAI_CHAU));
  screens = await openScreens(browser, { url });
  phone = await screens.open('/report', PHONE, 'none=0');
  desk = await screens.open('/desk', SMALL_DESK);
  await Promise.all([phone, desk].map(({ page }) => untilState(page, 'live')));
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

test('a report under the wrong category is put right on the desk by keyboard, with a new deadline', async () => {
  await phone.page.locator('input[name="service"][value="environment"]').check();
  await phone.page.locator('textarea[name="description"]').fill(WORDS);
  await phone.page.locator('input[name="address"]').fill('Chợ Cồn, đường Hùng Vương');
  await phone.page.locator('[data-act="send"]').click();
  await phone.page.locator('[data-arrived]').waitFor();
  await desk.page.locator('[data-tab="feedback"]').click();
  const row = desk.page.locator('[data-thing]', { hasText: 'Nước tràn lên vỉa hè' }).first();
  id = (await row.getAttribute('data-thing'))!;
  const { dueAt } = await read();
  await row.locator('button').first().click();
  await desk.page.locator(`[data-panel="${id}"]`).waitFor();
  await desk.page.keyboard.press('y');
  const choice = desk.page.locator('select[name="service"]');
  await expect.poll(() => choice.evaluate((field) => field === document.activeElement)).toBe(true);
  await choice.selectOption('drainage');
  await desk.page.keyboard.press('Control+Enter');
  await choice.waitFor({ state: 'detached' });
  expect((await read()).service).toBe('drainage');
  expect((await read()).dueAt).toBeLessThan(dueAt);
});

test('on a small desk the bar of bulk acts stands beside the panel, and Esc closes the panel before it drops what is marked', async () => {
  const bar = desk.page.locator('[data-bulk]');
  await desk.page.keyboard.press('b');
  await bar.waitFor({ state: 'visible' });
  expect(await desk.page.locator(`[data-panel="${id}"]`).isVisible()).toBe(true);
  await desk.page.keyboard.press('Escape');
  await desk.page.locator(`[data-panel="${id}"]`).waitFor({ state: 'detached' });
  expect(await bar.isVisible()).toBe(true);
  await desk.page.keyboard.press('Escape');
  await bar.waitFor({ state: 'detached' });
});

test('the reporter has a result taken up again from the phone; what was typed outlives a reload', async () => {
  const request = await command<{ id: string }>('feedback.assign', { id, unit: HAI_CHAU });
  await command('handling-request.accept', { id: request.id }, officer);
  await command('handling-request.carry-out', { id: request.id, result: 'Đã khơi thông' }, officer);
  await command('feedback.verify', { id, isAccepted: true });
  const { page } = phone;
  const find = async () => {
    await page.locator('details summary').first().click();
    await page.locator('button.sent').first().click();
    await page.locator('[data-life="verified"]').waitFor();
  };
  await find();
  await page.locator('[data-act="again"]').click();
  await page.locator('textarea[name="reason"]').fill(REASON);
  await page.reload();
  await untilState(page, 'live');
  await find();
  expect(await page.locator('textarea[name="reason"]').inputValue()).toBe(REASON);
  await page.locator('[data-act="again-send"]').click();
  await page.locator('[data-life="received"]').waitFor();
  expect(await page.locator('[data-act="again"], [data-form="again"]').count()).toBe(0);
  expect(await read()).toMatchObject({ state: 'received', unit: null, requestId: null, reopened: 1, closedReason: REASON });
  const row = desk.page.locator(`[data-thing="${id}"]`).first();
  await row.getByText('mở lại lần 1').waitFor();
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
