import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { IngestAnswer } from '#contract/http.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser, type Watched } from '../support/browser.ts';
import { keepScene, signIn } from '../support/door.ts';
import { INGEST_KEY, startProduct, type Product } from '../support/product.ts';
import { openScreens, untilPainted, untilState, type Screens } from '../support/screens.ts';

const FIXTURES = join(ROOT, 'test/e2e/fixtures');
const CAP = join(ROOT, 'server/feeds/cap/fixtures/flood.xml');

let dataFolder: string;
let source: Server;
let browser: Browser;
let product: Product;
let screens: Screens;
let list: Watched;

const row = (title: string) => `[data-widget="alert-list"] li:has-text("${title}")`;
const openAir = { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [108.1869, 16.0471] }, properties: { id: 'x1', time: '2026-11-20T00:20:00Z', what: 'Khói dày tại khu dân cư Thanh Khê' } }] };

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'toan-canh-'));
  source = createServer((_request, reply) => reply.writeHead(200, { 'content-type': 'application/geo+json' }).end(JSON.stringify(openAir)));
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  mkdirSync(join(dataFolder, 'feeds'), { recursive: true });
  writeFileSync(join(dataFolder, 'feeds', 'thu-muc.yaml'), 'feed: drop-folder\nsettings: { everyS: 0.3 }\n');
  writeFileSync(
    join(dataFolder, 'feeds', 'khong-khi.yaml'),
    `feed: http-poll\nsettings:\n  topic: alert\n  url: http://127.0.0.1:${(source.address() as AddressInfo).port}/air.geojson\n  every: 2s\n  format: geojson\n  allowPrivate: true\n  key: '{id}-{time}'\n  map: { at: time, kind: { value: environment }, level: { value: 3 }, title: what, position: { from: geometry, geometry: position } }\n`,
  );
  [browser, product] = await Promise.all([openBrowser(), startProduct({ dataFolder })]);
  await keepScene(product.url, await signIn(product.url), 'w2x2');
  screens = await openScreens(browser, product);
  list = await screens.open('/wall/w2x2/r1c2');
  await untilState(list.page, 'live');
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
  source?.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

test('a CAP 1.2 message enters by one call and is on the wall', async () => {
  const send = () => fetch(`${product.url}/api/v1/ingest/cap`, { method: 'POST', headers: { authorization: `Bearer ${INGEST_KEY}`, 'content-type': 'application/xml' }, body: readFileSync(CAP) });
  const answer = await send();
  expect(answer.status).toBe(200);
  expect(((await answer.json()) as IngestAnswer).results).toMatchObject([{ status: 'accepted' }]);
  await untilPainted(list.page, row('Cảnh báo ngập sâu & nước dâng nhanh'));
  expect(((await (await send()).json()) as IngestAnswer).results).toMatchObject([{ status: 'duplicate' }]);
});

test('a dropped GeoJSON file enters by its mapping; the broken row is reported with its reason', async () => {
  const folder = join(dataFolder, 'drop', 'alert');
  await expect.poll(() => existsSync(folder)).toBe(true);
  copyFileSync(join(FIXTURES, 'river.geojson.yaml'), join(folder, 'river.geojson.yaml'));
  copyFileSync(join(FIXTURES, 'river.geojson'), join(folder, 'river.geojson'));
  await untilPainted(list.page, row('Nước sông Hàn vượt báo động 2'));
  const report = join(dataFolder, 'drop', 'done', 'alert-river.geojson.report.csv');
  await expect.poll(() => existsSync(report)).toBe(true);
  expect(readFileSync(report, 'utf8')).toContain('INGEST_POSITION');
  expect(await list.page.locator(row('Điểm nằm ngoài')).count()).toBe(0);
});

test('open data that is asked for by address is on the wall', async () => {
  await untilPainted(list.page, row('Khói dày tại khu dân cư Thanh Khê'));
});

test('every source shows its health', async () => {
  const ready = (await (await fetch(`${product.url}/readyz`)).json()) as { feeds: { id: string; state: string }[] };
  expect(ready.feeds.find(({ id }) => id === 'khong-khi')).toMatchObject({ state: 'live' });
  expect(ready.feeds.map(({ id }) => id)).toContain('thu-muc');
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
