import { Secret, TOTP } from 'otpauth';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { openBrowser, openPage, type Watched } from '../support/browser.ts';
import { call } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const SIZE = { width: 1440, height: 900 };
const PASSWORD = 'Ngu-Hanh-Son-Buoi-Sang-7';

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-dau-'));
/** As `npm start` of a newcomer: nothing is set, the sample city may be there. */
const start = () => startProduct({ dataFolder: folder, environment: { IOC_ADMIN_PASSWORD: '', IOC_INGEST_KEY: '', IOC_SAMPLE: 'on' } });

let browser: Browser;
let product: Product;
let window: Watched;
let page: Page;
let recovery: string[];

const shot = (name: string) => page.screenshot({ path: join(SHOTS, `first-run-${name}.png`) });
const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
const send = () => page.locator('button[type="submit"]').click();
const step = (name: string) => page.locator(`main[data-step="${name}"]`).waitFor();
const centre = async () => page.evaluate(async () => ((await (await fetch('/api/v1/setup')).json()) as { centre: Record<string, unknown> }).centre);

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [browser, product] = await Promise.all([openBrowser(), start()]);
  window = await openPage(browser, SIZE);
  ({ page } = window);
});
afterAll(async () => {
  await window?.close();
  await browser?.close();
  await product?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the printed password opens once and is changed for one that holds', async () => {
  const printed = /one-time password: (\S+)/.exec(product.printed())?.[1] ?? '';
  await page.goto(`${product.url}/login`);
  await page.locator('[name="user"]').fill('admin');
  await page.locator('[name="password"]').fill(`${printed}x`);
  await shot('login');
  await send();
  await page.locator('[role="alert"]').waitFor();
  await page.locator('[name="password"]').fill(printed);
  await send();
  await page.locator('[name="new"]').fill('123456789012');
  await page.locator('[name="again"]').fill('123456789012');
  await send();
  await page.locator('[role="alert"]').waitFor();
  await shot('weak-password');
  await page.locator('[name="new"]').fill(PASSWORD);
  await page.locator('[name="again"]').fill(`${PASSWORD}!`);
  await page.getByText('Hai lần nhập không giống nhau').waitFor();
  await page.locator('[name="again"]').fill(PASSWORD);
  await send();
});

test('a new administrator is offered codes, may leave them for later, and is led to the set-up', async () => {
  await page.locator('ol img').waitFor();
  await shot('codes');
  await page.locator('[data-act="skip-code"]').click();
  await page.waitForURL(`${product.url}/setup`);
  await step('centre');
});

test('six steps make the centre; a page that is opened again goes on where it was', async () => {
  await page.locator('[name="name"]').fill('');
  await shot('centre');
  await page.locator('[name="name"]').fill('IOC thử nghiệm Hải Châu');
  await press('Lưu và tiếp');
  await step('wall');
  await page.locator('[name="columns"]').fill('3');
  await page.locator('[name="rows"]').fill('2');
  await page.locator('[data-wall]').waitFor();
  await shot('wall');
  await press('Lưu và tiếp');
  await step('sample');
  await page.reload();
  await step('sample');
  await page.getByLabel('Bỏ thành phố mẫu: chỉ hiện dữ liệu thật').check();
  await press('Lưu và tiếp');
  await step('source');
  await shot('source');
  await press('Trước');
  await step('sample');
  await press('Lưu và tiếp');
  await press('Lưu và tiếp');
  await step('people');
  await shot('people');
});

test('codes left for later are set up from there, a wrong one is refused, recovery codes are shown once', async () => {
  await page.getByRole('link', { name: 'Đặt mã xác thực' }).click();
  await page.locator('ol img').waitFor();
  const secret = (await page.locator('ol code').innerText()).replace(/\s/g, '');
  const good = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await page.locator('[name="code"]').fill(String((Number(good) + 1) % 1_000_000).padStart(6, '0'));
  await send();
  await page.locator('[role="alert"]').waitFor();
  await page.locator('[name="code"]').fill(good);
  await send();
  await expect.poll(() => page.locator('.codes code').count()).toBe(10);
  recovery = (await page.locator('.codes code').allInnerTexts()).map((code) => code.replace(/\s/g, ''));
  await shot('recovery-codes');
  await send();
  await page.waitForURL(`${product.url}/setup#people`);
  await step('people');
  expect(await page.getByRole('link', { name: 'Đặt mã xác thực' }).count()).toBe(0);
});

test('the last step says where to go, in both languages, and everything was kept', async () => {
  await press('Lưu và tiếp');
  await step('help');
  await page.locator('[name="help-name"]').fill('Tổ kỹ thuật');
  await page.locator('[name="help-phone"]').fill('0236 3 888 888');
  await page.locator('[name="backup-at"]').fill('25:00');
  await press('Hoàn tất');
  await page.getByText('Nhập giờ và phút theo 24 giờ').waitFor();
  await shot('bad-hour');
  await page.locator('[name="backup-at"]').fill('02:15');
  await press('Hoàn tất');
  await page.locator('[data-setup="done"]').waitFor();
  await shot('done');
  await page.locator('[data-act="language"]').click();
  await page.getByText('The set-up is done').waitFor();
  await shot('done-en');
  expect(await centre()).toMatchObject({ name: 'IOC thử nghiệm Hải Châu', hasSample: false, isSetUp: true, helpDesk: { name: 'Tổ kỹ thuật' }, backup: { at: '02:15' } });
});

test('no window complained', () => {
  expect(window.faults.filter((fault) => !/answer: (400|401|403|422)|status of (400|401|403|422)/.test(fault))).toEqual([]);
});

test('without the sample city nothing of it starts again', async () => {
  // Every start of the sample city gives it a new key.
  const keyMadeAt = async (totp: string) => {
    const answer = await fetch(`${product.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: 'admin', password: PASSWORD, totp }) });
    const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
    return (await call<{ items: { source: string; createdAt: number }[] }>(product.url, cookie, '/api/v1/keys')).items.find(({ source }) => source === 'sample')?.createdAt;
  };
  const madeAt = await keyMadeAt(recovery[0]!);
  expect(madeAt).toBeGreaterThan(0);
  await product.close();
  product = await start();
  expect(await keyMadeAt(recovery[1]!)).toBe(madeAt);
});
