import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { openBrowser, openPage, type Watched } from '../support/browser.ts';
import { call, signIn } from '../support/door.ts';
import { startProduct, type Product } from '../support/product.ts';

const NEW_PASSWORD = 'Ngu-Hanh-Son-Buoi-Sang-7';
/** What anyone may ask: that the process lives, how to get in, what citizens report and follow (Open311 is public by its standard), the form of layout files, and the ground of the map. */
const OPEN = /^\/(open311\/v2\/|healthz|readyz|metrics|geo\/|tiles\/|api\/docs|api\/v1\/(session|pairing|openapi\.json|layout-schemas\/|report(\/|$)))/;
const SCREENS = (JSON.parse(readFileSync(join(ROOT, 'server/http/routes/screens.json'), 'utf8')) as string[]).map((path) => path.replace(':wall', 'w2x2').replace(':output', 'r1c1').replace(/:\w+/, 'x'));

let parent: string;
let product: Product;
let browser: Browser;
let password: string;
let stranger: Watched;

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'toan-canh-'));
  [browser, product] = await Promise.all([openBrowser(), startProduct({ dataFolder: join(parent, 'du-lieu'), environment: { IOC_ADMIN_PASSWORD: '', IOC_INGEST_KEY: '' } })]);
  stranger = await openPage(browser, { width: 1280, height: 800, isExpected: (fault) => /401|404|WebSocket/.test(fault) });
});

afterAll(async () => {
  await stranger?.close();
  await browser?.close();
  await product?.close();
  rmSync(parent, { recursive: true, force: true });
});

test('the first start prints one ready line, a one-time password and a one-time link', async () => {
  await expect.poll(() => product.printed()).toMatch(/one-time password: \S+/);
  const printed = product.printed();
  expect(printed.match(/^ready http:\/\/127\.0\.0\.1:\d+$/gm)).toHaveLength(1);
  password = /one-time password: (\S+)/.exec(printed)![1]!;
  expect(printed).toMatch(/\/enter\/[A-Za-z0-9_-]{20,}/);
  expect(product.logged()).not.toContain(password);
  const file = join(product.dataFolder, 'first-password.txt');
  expect(readFileSync(file, 'utf8').trim()).toBe(password);
});

test('what it keeps is its owner’s alone', () => {
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(product.dataFolder)).toBe(0o700);
  const secrets = readdirSync(product.dataFolder, { withFileTypes: true }).filter((entry) => entry.isFile() && /password|key|pem/.test(entry.name));
  expect(secrets.map(({ name }) => name)).toContain('seal.key');
  for (const { name } of secrets) expect(`${name} ${modeOf(join(product.dataFolder, name)).toString(8)}`).toBe(`${name} 600`);
});

test('without a session every call is refused', async () => {
  const cookie = await signIn(product.url, 'admin', password);
  await call(product.url, cookie, '/api/v1/session/password', { old: password, new: NEW_PASSWORD });
  const admin = await signIn(product.url, 'admin', NEW_PASSWORD);
  const { paths } = await call<{ paths: Record<string, Record<string, { requestBody?: { content: object } }>> }>(product.url, admin, '/api/v1/openapi.json');
  const open: string[] = [];
  let asked = 0;
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const address = path.replace(/\{[^}]+\}/g, '1');
      const [type] = Object.keys(operation.requestBody?.content ?? {});
      const answer = await fetch(`${product.url}${address}`, { method: method.toUpperCase(), ...(type ? { headers: { 'content-type': type }, body: '{}' } : {}), redirect: 'manual' });
      asked++;
      if (answer.status !== 401 && !OPEN.test(path)) open.push(`${method} ${path} → ${answer.status}`);
    }
  }
  console.log(`closed by default: ${asked} calls without a session`);
  expect(asked).toBeGreaterThan(40);
  expect(open).toEqual([]);
});

test.each(SCREENS)('without a session %s shows no data', async (path) => {
  const page = await stranger.context.newPage();
  await page.goto(`${product.url}${path}`);
  if (path.startsWith('/wall/')) await page.locator('[data-pairing-code]').waitFor();
  else await page.locator('main, form, [data-refused], h1').first().waitFor();
  expect(await page.locator('[data-thing]').count()).toBe(0);
  if (!path.startsWith('/gallery')) expect(await page.locator('[data-tile]').count()).toBe(0);
  await page.close();
});

test.each(['/inbox', '/cases/x', '/admin#sessions', '/learn'])('who signs in from %s is back there', async (path) => {
  const { page, close } = await openPage(browser, { width: 1280, height: 800, isExpected: (fault) => /401|404|WebSocket/.test(fault) });
  await page.goto(`${product.url}${path}`);
  await page.locator('a[href^="/login"]').first().click();
  await page.fill('[name="user"]', 'admin');
  await page.fill('[name="password"]', NEW_PASSWORD);
  await page.press('[name="password"]', 'Enter');
  await page.waitForURL(`${product.url}${path}`);
  await page.locator('a[href^="/login"]').waitFor({ state: 'detached' });
  await close();
});

test('no screen complained of anything but that it is closed', () => {
  expect(stranger.faults).toEqual([]);
});

test('the one-time link opens the desk from this machine', async () => {
  const link = /(http\S+\/enter\/\S+)/.exec(product.printed())![1]!;
  const { page, close } = await openPage(browser, { width: 1280, height: 800 });
  await page.goto(link);
  await page.waitForURL('**/desk');
  await page.waitForFunction(() => document.documentElement.dataset.state === 'live');
  await close();
  expect((await fetch(`${product.url}/enter/${'x'.repeat(32)}`, { redirect: 'manual' })).status).toBe(401);
});

test('a second start on the same folder ends with a plain sentence', () => {
  const startedAt = performance.now();
  const second = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/main.ts'], { cwd: ROOT, encoding: 'utf8', timeout: 60_000, env: { PATH: process.env.PATH, HOME: process.env.HOME, IOC_PORT: '0', IOC_DATA: product.dataFolder, IOC_SAMPLE: 'off' } });
  console.log(`second start on the same folder refused after ${Math.round(performance.now() - startedAt)} ms: ${second.stderr.trim().split('\n').at(-1)}`);
  expect(second.status).toBe(1);
  expect(second.stderr).toMatch(/✗ /);
  expect(second.stderr).not.toMatch(/\n\s+at /);
});
