import { Secret, TOTP } from 'otpauth';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCertificate } from '../../server/http/testing/certificateMaker.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { call, signIn } from '../support/door.ts';
import { makeOldStore } from '../support/oldStore.ts';
import { makePerson, OFFICER_PASSWORD } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';
import { startSignInHouse, type SignInHouse } from '../support/signInHouse.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const SIZE = { width: 1920, height: 1080 };
const NEW_PASSWORD = 'Song-Han-Chay-Em-2026';
/** What is promised of every change of rights. Units: ms. */
const AT_MOST_MS = 5000;
/** Lines of the audit log that are past their keeping when the product starts. */
const OLD_LINES = 40;

const folder = mkdtempSync(join(tmpdir(), 'toan-canh-cu-'));

let browser: Browser;
let product: Product;
let screens: Screens;
let house: SignInHouse;
let page: Page;

const shot = (name: string, of: Page = page) => of.screenshot({ path: join(SHOTS, `admin-${name}.png`) });
const rowOf = (user: string) => page.locator(`[data-account="${user}"]`);

async function part(name: string): Promise<void> {
  await page.locator(`[data-tab="${name}"]`).click();
  await page.locator(`[data-tab="${name}"][aria-selected="true"]`).waitFor();
  await untilState(page, 'live');
}
/** A window of somebody who is not signed in yet. */
const stranger = async (path = '/login') => (await screens.open(path, SIZE, 'none=0')).page;

async function enter(window: Page, user: string, password: string): Promise<void> {
  await window.locator('[name="user"]').fill(user);
  await window.locator('[name="password"]').fill(password);
  await window.locator('button[type="submit"]').click();
}

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  await makeOldStore(folder, OLD_LINES);
  [browser, product] = await Promise.all([openBrowser(), startProduct({ dataFolder: folder })]);
  [screens, house] = await Promise.all([openScreens(browser, product), startSignInHouse(product.url)]);
  ({ page } = await screens.open('/admin', SIZE));
  await untilState(page, 'live');
});
afterAll(async () => {
  await screens?.close();
  await browser?.close();
  house?.close();
  await product?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an account is made, entered with its password of one time, and must choose its own', async () => {
  await part('accounts');
  await page.locator('form [name="user"]').fill('nguyen.van.a');
  await page.locator('form [name="name"]').fill('Nguyễn Văn A');
  await page.locator('form [name="position"]').fill('Chuyên viên');
  await page.locator('[name="role-operator"]').check();
  await page.getByLabel('Mọi đơn vị').check();
  await page.locator('form button[type="submit"]').click();
  const given = await page.locator('[data-once] input').inputValue();
  await shot('account-made');
  expect(given).toMatch(/^(\w{5}-){3}\w{5}$/);
  await rowOf('nguyen.van.a').waitFor();

  const window = await stranger();
  await window.locator('[name="user"]').waitFor();
  await shot('login', window);
  await enter(window, 'nguyen.van.a', 'sai-mat-khau-nay');
  await window.locator('[role="alert"]').waitFor();
  await enter(window, 'nguyen.van.a', given);
  await window.locator('[name="new"]').fill(NEW_PASSWORD);
  await shot('first-password', window);
  await window.locator('[name="again"]').fill(NEW_PASSWORD);
  await window.locator('button[type="submit"]').click();
  await window.waitForURL(`${product.url}/`);

  await window.goto(`${product.url}/account`);
  await window.locator('[data-act="enrol"]').click();
  await window.locator('ol img').waitFor();
  await shot('enrol-code', window);
  const secret = (await window.locator('ol code').innerText()).replace(/\s/g, '');
  await window.locator('[name="code"]').fill(new TOTP({ secret: Secret.fromBase32(secret) }).generate());
  await window.locator('button[type="submit"]').click();
  await expect.poll(() => window.locator('.codes code').count()).toBe(10);
  await shot('recovery-codes', window);
  await window.locator('button[type="submit"]').click();
  await window.waitForURL(/\/account$/);
});

test('roles, code, password and state of an account are changed by its row', async () => {
  const { page: window } = await screens.open('/desk', SIZE, (await makePerson(product.url, await signIn(product.url), 'tran.thi.b', 'operator')).cookie);
  await untilState(window, 'live');
  await part('accounts');
  await rowOf('nguyen.van.a').locator('[data-act="reset-code"]').click();
  await rowOf('nguyen.van.a').getByText('Gỡ thật').click();
  await expect.poll(() => rowOf('nguyen.van.a').getByText('có mã xác thực').count()).toBe(0);

  await rowOf('tran.thi.b').getByRole('button', { name: /^Đổi vai trò/ }).click();
  await page.locator('[name="role-leader"]').check();
  await shot('grants');
  await page.getByRole('button', { name: 'Lưu vai trò, đơn vị' }).click();
  await rowOf('tran.thi.b').getByText('Lãnh đạo').waitFor();
  await expect.poll(() => window.evaluate(() => document.documentElement.dataset.state), { timeout: AT_MOST_MS }).not.toBe('live');

  await rowOf('tran.thi.b').locator('[data-act="reset-password"]').click();
  await rowOf('tran.thi.b').getByText('Cấp lại thật').click();
  await page.locator('[data-once]').getByText('tran.thi.b').waitFor();
  expect((await fetch(`${product.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: 'tran.thi.b', password: OFFICER_PASSWORD }) })).status).toBe(401);
  await rowOf('tran.thi.b').getByRole('button', { name: /^Khóa/ }).click();
  await rowOf('tran.thi.b').getByText('Đã khóa').waitFor();
  await shot('accounts');

  await rowOf('admin').getByRole('button', { name: /^Khóa/ }).click();
  await page.getByText('Phải còn ít nhất một tài khoản quản trị').waitFor();
});

test('a guest gets a last day', async () => {
  await part('accounts');
  await page.locator('form [name="user"]').fill('khach.tham');
  await page.locator('form [name="name"]').fill('Đoàn khách');
  await page.locator('form [name="position"]').fill('Khách thăm');
  await page.locator('[name="role-guest"]').check();
  await page.getByLabel('Mọi đơn vị').check();
  await page.locator('[name="endsOn"]').fill(new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10));
  await page.locator('form button[type="submit"]').click();
  await rowOf('khach.tham').getByText(/hết hạn/).waitFor();
});

test('a session is ended from the list, and its page says so', async () => {
  const { cookie } = await makePerson(product.url, await signIn(product.url), 'le.van.c', 'camera-team');
  const { page: window } = await screens.open('/desk', SIZE, cookie);
  await untilState(window, 'live');
  await part('sessions');
  const row = page.locator('tr[data-session]').filter({ hasText: 'Cán bộ camera-team' }).first();
  await row.getByRole('button').click();
  await shot('sessions');
  await row.getByText('Kết thúc thật').click();
  await expect.poll(() => page.locator('tr[data-session]').filter({ hasText: 'Cán bộ camera-team' }).count()).toBe(0);
  await expect.poll(() => window.evaluate(() => document.documentElement.dataset.state), { timeout: AT_MOST_MS }).not.toBe('live');
  await window.locator('[data-signed-out]').getByRole('link', { name: 'Đăng nhập lại' }).waitFor();
  await shot('session-ended', window);
});

test('keys of a source are made, changed for new ones, and revoked', async () => {
  await part('keys');
  const secrets: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    await page.locator('form [name="name"]').fill('Trung tâm camera');
    await page.locator('form [name="id"]').fill('camera1');
    if (n === 2) await page.getByText(/sẽ thu hồi khóa cũ nhất/).waitFor();
    await page.getByLabel('Chỉ các chủ đề đã chọn').check();
    await page.locator('[name="topic-camera"]').check();
    await page.locator('form button[type="submit"]').click();
    await expect.poll(() => page.locator('[data-once] input').inputValue()).not.toBe(secrets.at(-1) ?? '');
    secrets.push(await page.locator('[data-once] input').inputValue());
    await page.getByRole('button', { name: 'Đã lưu, ẩn đi' }).click();
  }
  const statusOf = async (key: string) => (await fetch(`${product.url}/api/v1/ingest/camera`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: '[]' })).status;
  expect(await statusOf(secrets[0]!)).toBe(401);
  expect(await statusOf(secrets[2]!)).not.toBe(401);
  await page.locator('tr[data-key]').filter({ hasText: 'camera1' }).first().getByRole('button', { name: /^Thu hồi/ }).click();
  await shot('key-revoke');
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click();
  await expect.poll(() => page.locator('tr[data-key]').filter({ hasText: 'camera1' }).count()).toBe(1);
  await page.locator('[name="has-revoked"]').check();
  await shot('keys');
  expect(await page.locator('tr[data-key]').filter({ hasText: 'camera1' }).count()).toBe(3);
});

test('a display shows a code, an administrator types it, and the wall appears', async () => {
  const display = await stranger('/wall/w2x2/r1c1');
  const shown = display.getByText(/^[A-HJ-NP-Z2-9]{4}[ -]?[A-HJ-NP-Z2-9]{4}$/).first();
  await shown.waitFor();
  await shot('pairing-code', display);
  await part('screens');
  await page.locator('form [name="code"]').fill('AAAA2222');
  await page.locator('form button[type="submit"]').click();
  await page.getByText('Không có màn hình nào đang hiện mã này').waitFor();
  await page.locator('form [name="code"]').fill(await shown.innerText());
  await page.locator('form select').selectOption('w2x2');
  await page.locator('form button[type="submit"]').click();
  await page.locator('[data-approved="true"]').waitFor();
  await shot('pairing');
  await untilState(display, 'live');
});

test('personal data leaves when another person agrees, once', async () => {
  const leader = await makePerson(product.url, await signIn(product.url), 'lanh.dao', 'leader');
  await part('exports');
  await page.locator('form select').selectOption('accounts');
  await page.locator('form [name="reason"]').fill('Kiểm kê tài khoản quý IV');
  await page.locator('form button[type="submit"]').click();
  await page.locator('tr[data-export]').getByText('Chờ người khác đồng ý').waitFor();
  const { page: window } = await screens.open('/admin#exports', SIZE, leader.cookie);
  await window.locator('tr[data-export]').getByRole('button', { name: 'Đồng ý' }).click();
  await window.getByText('Đã được đồng ý').waitFor();
  await part('exports');
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Tải về' }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  await page.getByText('Đã tải').waitFor();
  await shot('exports');
});

test('rules are kept, those that are out of bounds are not, and papers are taken', async () => {
  await part('security');
  const idle = page.locator('input[type="number"]').first();
  await idle.fill('45');
  await page.getByRole('button', { name: 'Lưu quy định' }).click();
  await page.getByText('Đã lưu. Có hiệu lực trong 5 giây.').waitFor();
  expect((await call<{ idleMinutes: number }>(product.url, await signIn(product.url), '/api/v1/security/settings')).idleMinutes).toBe(45);
  const keeping = page.getByLabel('Giữ nhật ký kiểm toán (ngày)');
  await keeping.fill('10');
  await page.getByRole('button', { name: 'Lưu quy định' }).click();
  expect(await keeping.evaluate((field: HTMLInputElement) => field.validity.rangeUnderflow)).toBe(true);
  expect((await call<{ keepAuditDays: number }>(product.url, await signIn(product.url), '/api/v1/security/settings')).keepAuditDays).toBe(730);
  await keeping.fill('730');
  for (const name of ['Tải bản DOCX', 'Tải bản PDF', 'Tải danh sách (CSV)']) {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    expect(await file.failure()).toBeNull();
  }
  await shot('security');
});

test('what is past its keeping is shown, goes for a reason, and leaves a receipt on paper', async () => {
  await part('security');
  await page.locator('[data-act="purge-look"]').click();
  await page.locator(`[data-due="${OLD_LINES}"]`).waitFor();
  expect(await page.locator('[data-act="purge"]').isDisabled()).toBe(true);
  await page.locator('[name="purge-reason"]').fill('Hết thời hạn lưu giữ, công văn 12/CV');
  await page.locator('[data-act="purge"]').scrollIntoViewIfNeeded();
  await shot('purge-asked');
  await page.locator('[data-act="purge"]').click();
  const made = page.locator('[data-made="1"] [data-receipt]');
  await made.getByText('công văn 12/CV').waitFor();
  const [paper] = await Promise.all([page.waitForEvent('download'), made.getByRole('link', { name: 'Tải biên nhận (PDF)' }).click()]);
  expect(paper.suggestedFilename()).toMatch(/^bien-nhan-xoa-pg-\d+\.pdf$/);
  await paper.saveAs(join(SHOTS, 'admin-purge-receipt.pdf'));
  await shot('purge-done');
  await page.locator('[data-act="purge-look"]').click();
  await page.locator('[data-due="0"]').waitFor();
});

test('certificate files are judged where they are wrong, kept, and dropped', async () => {
  const [mine, other] = ['toancanh.example.vn', 'khac.example.vn'].map((name) => makeCertificate({ name, names: [name], now: Date.now() }));
  await part('certificate');
  await page.locator('[data-way="none"]').waitFor();
  await page.locator('[name="certificate"]').fill(mine!.key);
  await page.locator('[name="key"]').fill(mine!.cert);
  await page.locator('[data-act="check-certificate"]').click();
  await page.getByText('Đây là khóa riêng, không phải chứng thư').waitFor();
  await page.getByText('Đây là chứng thư, không phải khóa riêng').waitFor();
  await page.locator('[data-file="certificate"]').setInputFiles({ name: 'may-chu.crt', mimeType: 'application/x-x509-ca-cert', buffer: Buffer.from(mine!.cert) });
  await page.locator('[data-file="key"]').setInputFiles({ name: 'khac.key', mimeType: 'application/octet-stream', buffer: Buffer.from(other!.key) });
  await page.getByText('Đã đọc tệp khac.key').waitFor();
  await page.locator('[data-act="check-certificate"]').click();
  await page.getByText('Khóa riêng không đi cùng chứng thư này').waitFor();
  await shot('certificate-wrong');
  await page.locator('[data-file="key"]').setInputFiles({ name: 'may-chu.key', mimeType: 'application/octet-stream', buffer: Buffer.from(mine!.key) });
  await page.locator('[data-act="check-certificate"]').click();
  await page.locator('[data-good="true"] [data-warning="own-root"]').waitFor();
  await shot('certificate-good');
  await page.locator('[data-act="keep-certificate"]').click();
  await page.getByText('Đã nạp, chưa có hiệu lực').waitFor();
  expect([await page.locator('[name="certificate"]').inputValue(), await page.locator('[name="key"]').inputValue()]).toEqual(['', '']);
  await shot('certificate-kept');
  await page.locator('[data-act="drop-certificate"]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Bỏ thật' }).click();
  await expect.poll(() => page.getByText('Đã nạp, chưa có hiệu lực').count()).toBe(0);
});

test('the audit log tells who was turned away, and its chain is checked by a press', async () => {
  const { cookie, id } = await makePerson(product.url, await signIn(product.url), 'do.van.d', 'operator');
  expect((await fetch(`${product.url}/api/v1/users`, { headers: { cookie } })).status).toBe(403);
  await expect.poll(async () => (await call<{ items: object[] }>(product.url, await signIn(product.url), `/api/v1/audit?actor=${id}&action=refusals`)).items.length, { timeout: 20_000 }).toBe(1);
  await part('audit');
  await page.locator('form select').nth(1).selectOption('refusals');
  await page.getByText('Bị từ chối: chưa đăng nhập hoặc không có quyền').first().waitFor();
  await page.locator('[data-act="verify"]').click();
  await page.locator('[data-chain="whole"]').waitFor();
  await shot('audit');
});

test('a sign-in service is entered in its form, and a person comes in through it', async () => {
  await part('service');
  for (const [name, value] of [['serviceName', 'Tài khoản công vụ'], ['issuer', house.issuer], ['clientId', house.clientId], ['clientSecret', house.clientSecret], ['groupsClaim', 'groups']] as const) await page.locator(`[name="${name}"]`).fill(value);
  await page.locator('[data-act="add-group"]').click();
  await page.locator('[name="group-0"]').fill('ioc-operators');
  await page.locator('[name="role-operator"]').check();
  await page.getByLabel('Mọi đơn vị').check();
  await shot('service');
  await page.getByRole('button', { name: 'Lưu dịch vụ đăng nhập' }).click();
  await page.getByText('Hãy thử đăng nhập bằng dịch vụ').waitFor();

  const window = await stranger();
  await window.getByRole('link', { name: /Tài khoản công vụ/ }).click();
  await window.locator('[name="login"]').fill('truc-ban');
  await window.locator('[name="password"]').fill('x');
  await window.locator('button[type="submit"]').click();
  await window.locator('button[type="submit"]').click();
  await window.waitForURL(`${product.url}/`);
  await window.goto(`${product.url}/account`);
  await window.getByText('Người dùng truc-ban').waitFor();
});

test('every part is there in English', async () => {
  await part('accounts');
  await page.getByRole('button', { name: 'English' }).click();
  for (const name of ['accounts', 'security', 'certificate', 'service', 'sessions', 'exports', 'keys', 'screens', 'audit', 'sources', 'connectors']) {
    await page.locator(`[data-tab="${name}"]`).click();
    await page.locator(`[data-tab="${name}"][aria-selected="true"]`).waitFor();
    await shot(`en-${name}`);
    const words = await page.locator('[role="tabpanel"]').innerText();
    expect(words, name).not.toMatch(/\b(Đang|Chưa|Không|Quản trị viên|Lưu quy định|Tải)\b/);
  }
});

test('no window complained', () => {
  const refusedOnPurpose = /answer: (401|403|404|409)|status of (401|403|404|409)/;
  expect(screens.faults().filter((fault) => !refusedOnPurpose.test(fault) && !fault.startsWith('/interaction/'))).toEqual([]);
});
