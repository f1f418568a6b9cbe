import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogAnswer } from '#contract/http.ts';
import type { LinkAbove, SystemState } from '#contract/system.ts';
import { noteCount } from '../faults/counts.ts';
import { ROOT } from '../house/tree.ts';
import { call, post, signIn } from '../support/door.ts';
import { freePort } from '../support/freePort.ts';
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
let key: string;

const alert = (key: string, position: readonly [number, number], unit?: string) => ({ key, at: Date.now() - 1000, kind: 'flood', level: 3, title: `Điểm ngập ${key}`, position, ...(unit ? { unit } : {}) });
const titlesOf = async (at: Product, cookie: string) => {
  const { entries } = await call<LogAnswer>(at.url, cookie, '/api/v1/log?topic=alert&limit=1000');
  return entries.map(({ body }) => (body as { title: string }).title);
};
const numbered = (word: string, count: number, from = 0) => Array.from({ length: count }, (_, n) => `${word}-${from + n}`);
const titled = (keys: readonly string[]) => keys.map((key) => `Điểm ngập ${key}`);
const linkOf = async (): Promise<LinkAbove | null> => (await call<SystemState>(ward.url, wardCookie, '/api/v1/system')).above;
const writeLink = (over: object = {}) => writeFileSync(join(wardFolder, 'federation.json'), JSON.stringify({ url: `http://127.0.0.1:${link.port}`, user: 'phuong-an-hai', password: OFFICER_PASSWORD, key, source: SOURCE, everyS: 0.3, ...over }), { mode: 0o600 });
const startWard = () => startProduct({ dataFolder: wardFolder });

beforeAll(async () => {
  city = await startProduct();
  cityCookie = await signIn(city.url);
  await makeOfficer(city.url, cityCookie, 'phuong-an-hai', WARD);
  ({ key } = await call<{ key: string }>(city.url, cityCookie, '/api/v1/keys', { id: SOURCE, name: 'Trung tâm phường', topics: ['alert'], provenance: 'real' }));
  link = await createTcpProxy(Number(new URL(city.url).port));
  writeLink();
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

test('the system page says that the link is cut, since when and how much waits, and that it is whole again', async () => {
  await expect.poll(linkOf).toMatchObject({ fault: null, waiting: 0 });
  link.leadTo(await freePort());
  const before = Date.now();
  await post(city.url, 'alert', numbered('doi', 2).map((name) => alert(name, IN_WARD, WARD)));
  await post(ward.url, 'alert', numbered('cho', 3).map((name) => alert(name, IN_WARD, WARD)));
  await expect.poll(linkOf, { timeout: 30_000 }).toMatchObject({ fault: 'away', waiting: 3 });
  const cut = await linkOf();
  expect(Math.abs((cut?.since ?? 0) - before)).toBeLessThan(15_000);
  expect(cut?.heardAt).toBeLessThan(Date.now());
  const figures = await (await fetch(`${ward.url}/metrics`)).text();
  const drawn = [...new Set(readFileSync(join(ROOT, 'docs/deploy/grafana.json'), 'utf8').match(/\bioc_above_[a-z_]+/g))];
  expect(drawn.length).toBeGreaterThan(2);
  expect(drawn.filter((name) => !new RegExp(`^${name} \\d+$`, 'm').test(figures))).toEqual([]);
  expect(figures).toMatch(/^ioc_above_up 0$/m);
  expect(figures).toMatch(/^ioc_above_waiting 3$/m);
  link.leadTo(Number(new URL(city.url).port));
  await expect.poll(linkOf, { timeout: 30_000 }).toMatchObject({ fault: null, waiting: 0 });
  const waited = titled([...numbered('cho', 3), ...numbered('doi', 2)]).sort();
  for (const [at, cookie] of [[ward, wardCookie], [city, cityCookie]] as const) expect((await titlesOf(at, cookie)).filter((title) => waited.includes(title)).sort()).toEqual(waited);
});

test.each([['account', { password: 'khong-phai-mat-khau-nay' }], ['key', { key: `ioc_${SOURCE}_${'z'.repeat(40)}` }], ['settings', { url: 'khong-phai-dia-chi' }]] as const)('a wrong %s is said as what it is', async (fault, over) => {
  await ward.close();
  writeLink(over);
  ward = await startWard();
  wardCookie = await signIn(ward.url);
  await post(ward.url, 'alert', [alert(`sai-${fault}`, IN_WARD, WARD)]);
  await expect.poll(async () => (await linkOf())?.fault, { timeout: 30_000 }).toBe(fault);
});

test('with the right words again nothing is missing above, and without federation.json there is no link', async () => {
  await ward.close();
  writeLink();
  ward = await startWard();
  wardCookie = await signIn(ward.url);
  await expect.poll(async () => (await titlesOf(city, cityCookie)).filter((title) => title.includes('sai-')).sort(), { timeout: 30_000 }).toEqual(titled(['sai-account', 'sai-key', 'sai-settings']).sort());
  await ward.close();
  rmSync(join(wardFolder, 'federation.json'));
  ward = await startWard();
  wardCookie = await signIn(ward.url);
  expect(await linkOf()).toBeNull();
});
