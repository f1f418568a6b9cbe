import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, readdirSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../house/tree.ts';
import { startProduct, type Product } from '../support/product.ts';
import { askRaw } from './support/ask.ts';

const SECOND_STARTS = process.env.TEST_FULL === '1' ? 10 : 2;

let product: Product;
let folder: string;
let password: string;

const signIn = (user: string, secret: string) => fetch(`${product.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user, password: secret }) });
const startAgain = (environment: Record<string, string>) => {
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'server/main.ts'], { cwd: ROOT, encoding: 'utf8', timeout: 120_000, env: { PATH: process.env.PATH, HOME: process.env.HOME, IOC_PORT: '0', IOC_SAMPLE: 'off', ...environment } });
  return { status, said: stdout + stderr, tookMs: performance.now() - startedAt };
};
const modeOf = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toan-canh-moi-'));
  product = await startProduct({ dataFolder: folder, environment: { IOC_ADMIN_PASSWORD: '', IOC_INGEST_KEY: '' } });
  password = readFileSync(join(folder, 'first-password.txt'), 'utf8').trim();
});
afterAll(async () => {
  await product?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a fresh installation is closed: twenty checks', async () => {
  const link = /\/enter\/(\S+)/.exec(product.printed())?.[1] ?? '';
  const page = await fetch(`${product.url}/healthz`);
  const first = await signIn('admin', password);
  const cookie = first.headers.getSetCookie()[0] ?? '';
  const forwarded = { headers: { 'x-forwarded-for': '203.0.113.7' } };
  const checks: Record<string, boolean> = {
    'listens on this machine only': new URL(product.url).hostname === '127.0.0.1',
    'the data folder is for its owner': (statSync(folder).mode & 0o077) === 0,
    'the first password is for its owner': modeOf('first-password.txt') === '600',
    'no file of keys is for others': readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.key$|seal|secret/i.test(name)).every((name) => (statSync(join(folder, name)).mode & 0o077) === 0),
    'the first password is long': password.length >= 20,
    'the first password is printed once': product.printed().split(password).length === 2,
    'the first password is not logged': !product.logged().includes(password),
    'the first password must be changed': ((await first.json()) as { mustChangePassword: boolean }).mustChangePassword,
    'nothing else is done before that': (await fetch(`${product.url}/api/v1/users`, { headers: { cookie: cookie.split(';')[0] ?? '' } })).status === 403,
    'no account has a known password': (await Promise.all(['admin', 'password', '123456789012', 'toancanh'].map((guess) => signIn('admin', guess)))).every(({ status }) => status === 401),
    'no other account exists': (await signIn('root', password)).status !== 200,
    'nothing is read without signing in': (await Promise.all(['alerts', 'cameras', 'feedback', 'users', 'log', 'audit', 'security'].map((name) => fetch(`${product.url}/api/v1/${name}`)))).every(({ status }) => status === 401),
    'nothing is sent in without a key': (await fetch(`${product.url}/api/v1/ingest/alert`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '[]' })).status === 401,
    'the one-time link is for this machine': (await fetch(`${product.url}/enter/${link}`, { ...forwarded, redirect: 'manual' })).status === 401,
    'figures are for this machine': (await fetch(`${product.url}/metrics`, forwarded)).status === 401,
    'the content policy lets no foreign script in': (page.headers.get('content-security-policy') ?? '').includes("script-src 'self'"),
    'the type of an answer is not guessed': page.headers.get('x-content-type-options') === 'nosniff',
    'the cookie is kept from scripts and other sites': /^__Host-ioc=.*HttpOnly.*SameSite=Strict/i.test(cookie) && /Secure/i.test(cookie),
    'an open network without TLS is refused': startAgain({ IOC_HOST: '0.0.0.0', IOC_DATA: join(folder, 'x') }).status === 1,
    'an unknown setting is refused': startAgain({ IOC_HOTS: 'x', IOC_DATA: join(folder, 'x') }).status === 1,
  };
  const failed = Object.entries(checks).filter(([, isFine]) => !isFine).map(([name]) => name);
  console.log(`first run: ${Object.keys(checks).length - failed.length} of ${Object.keys(checks).length} checks hold`);
  expect(Object.keys(checks)).toHaveLength(20);
  expect(failed).toEqual([]);
});

test('a second start on the same folder is refused, and the first goes on', async () => {
  const took: number[] = [];
  for (let n = 0; n < SECOND_STARTS; n += 1) {
    const { status, said, tookMs } = startAgain({ IOC_DATA: folder });
    took.push(tookMs);
    expect(status, said).toBe(1);
    expect(said).not.toContain('building the pages');
  }
  took.sort((a, b) => a - b);
  console.log(`second start: refused ${took.length} of ${SECOND_STARTS}, median ${Math.round(took[Math.floor(took.length / 2)]!)} ms, most ${Math.round(took.at(-1)!)} ms`);
  expect((await askRaw(product.url, '/healthz')).status).toBe(200);
});
