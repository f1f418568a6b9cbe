import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogAnswer } from '#contract/http.ts';
import { noteCount } from '../faults/counts.ts';
import { call, post, signIn } from '../support/door.ts';
import { makeOfficer, OFFICER_PASSWORD } from '../support/people.ts';
import { startProduct, type Product } from '../support/product.ts';
import { createTcpProxy, CUTS, type TcpProxy } from '../support/tcpProxy.ts';

const WARD = '20242';
const SOURCE = 'phuong';
const IN_WARD = [108.2208, 16.0678] as const;
const ELSEWHERE = [108.1, 16.0] as const;

const wardFolder = mkdtempSync(join(tmpdir(), 'toan-canh-ward-'));
let city: Product;
let ward: Product;
let link: TcpProxy;
let cityCookie: string;
let wardCookie: string;

const alert = (key: string, position: readonly [number, number], unit?: string) => ({ key, at: Date.now() - 1000, kind: 'flood', level: 3, title: `Điểm ngập ${key}`, position, ...(unit ? { unit } : {}) });
const titlesOf = async (at: Product, cookie: string) => {
  const { entries } = await call<LogAnswer>(at.url, cookie, '/api/v1/log?topic=alert&limit=1000');
  return entries.map(({ body }) => (body as { title: string }).title);
};
const numbered = (word: string, count: number, from = 0) => Array.from({ length: count }, (_, n) => `${word}-${from + n}`);
const titled = (keys: readonly string[]) => keys.map((key) => `Điểm ngập ${key}`);
const startWard = () => startProduct({ dataFolder: wardFolder });

beforeAll(async () => {
  city = await startProduct();
  cityCookie = await signIn(city.url);
  await makeOfficer(city.url, cityCookie, 'phuong-an-hai', WARD);
  const { key } = await call<{ key: string }>(city.url, cityCookie, '/api/v1/keys', { id: SOURCE, name: 'Trung tâm phường', topics: ['alert'], provenance: 'real' });
  link = await createTcpProxy(Number(new URL(city.url).port));
  writeFileSync(join(wardFolder, 'federation.json'), JSON.stringify({ url: `http://127.0.0.1:${link.port}`, user: 'phuong-an-hai', password: OFFICER_PASSWORD, key, source: SOURCE, everyS: 0.3 }), { mode: 0o600 });
  ward = await startWard();
  wardCookie = await signIn(ward.url);
});

afterAll(async () => {
  await ward?.close();
  await city?.close();
  await link?.close();
  rmSync(wardFolder, { recursive: true, force: true });
});

test('a ward gets its slice of the city and no other, and the city gets what the ward saw', async () => {
  await post(city.url, 'alert', [...numbered('tp', 5).map((key) => alert(key, IN_WARD, WARD)), ...numbered('noi-khac', 5).map((key) => alert(key, ELSEWHERE, '20257'))]);
  await post(ward.url, 'alert', numbered('ph', 5).map((key) => alert(key, IN_WARD, WARD)));
  await expect.poll(async () => (await titlesOf(ward, wardCookie)).sort()).toEqual(titled([...numbered('ph', 5), ...numbered('tp', 5)]).sort());
  await expect.poll(async () => (await titlesOf(city, cityCookie)).sort()).toEqual(titled([...numbered('noi-khac', 5), ...numbered('ph', 5), ...numbered('tp', 5)]).sort());
});

test.each(CUTS)('over a link that is cut by %s nothing is lost and nothing comes twice', async (how) => {
  const from = CUTS.indexOf(how) * 20 + 5;
  link.cut(how);
  await post(city.url, 'alert', numbered('tp', 10, from).map((key) => alert(key, IN_WARD, WARD)));
  await post(ward.url, 'alert', numbered('ph', 10, from).map((key) => alert(key, IN_WARD, WARD)));
  link.heal();
  for (const [at, cookie] of [[ward, wardCookie], [city, cityCookie]] as const) {
    for (const word of ['tp', 'ph']) {
      const expected = titled(numbered(word, 10, from)).sort();
      await expect.poll(async () => (await titlesOf(at, cookie)).filter((title) => expected.includes(title)).sort(), { timeout: 30_000 }).toEqual(expected);
    }
  }
});

test('the ward is killed and goes on where it stood', async () => {
  const before = new Set(await titlesOf(ward, wardCookie));
  await ward.kill('SIGKILL');
  await post(city.url, 'alert', numbered('tp', 7, 500).map((key) => alert(key, IN_WARD, WARD)));
  ward = await startWard();
  wardCookie = await signIn(ward.url);
  await expect.poll(async () => new Set(await titlesOf(ward, wardCookie)).size).toBe(before.size + 7);
  const titles = await titlesOf(ward, wardCookie);
  expect(titles.length).toBe(new Set(titles).size);
  expect([...before].filter((title) => !titles.includes(title))).toEqual([]);
  noteCount('the link between two centres', `cut ${CUTS.length} ways and the ward killed; ${titles.length} alerts at the ward: 0 lost, 0 twice`);
});
