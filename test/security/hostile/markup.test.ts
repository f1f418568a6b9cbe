import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, post, signIn } from '../../support/door.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { openScreens, type Screens } from '../../support/screens.ts';
import { textOf } from '../support/textOf.ts';

const IS_FULL = process.env.TEST_FULL === '1';
const { shapes, coats } = JSON.parse(readFileSync(new URL('./markup.json', import.meta.url), 'utf8')) as { shapes: string[]; coats: string[] };
/** Every shape in every coat; a reduced run takes each shape once, in another coat. */
const PAYLOADS = shapes.flatMap((shape, row) => coats.map((coat, column) => ({ text: coat.replace('*', () => shape), isShort: column === row % coats.length }))).filter(({ isShort }) => IS_FULL || isShort);
/** On the wall and opened on the desk a reduced run shows each so-manieth. */
const SPARSE = 5;
const wordOf = (n: number) => `CHU${String(n).padStart(3, '0')}X`;
const TEXTS = PAYLOADS.map(({ text }, n) => `${wordOf(n)} ${text.replaceAll('PROBE', `window.__reached(${n})`).replaceAll('\0', ' ')}`);

/** What no text of a person may ever have become. */
const FOREIGN = 'script:not([src^="/assets/"]), img[src="x"], svg[onload], math[href], iframe[srcdoc], a[href^="javascript:"], details[ontoggle], [onerror], [onfocus], object, template script, form[action^="javascript:"], base, link[href^="//"], video > source';
const SCREENS = ['/', '/desk', '/inbox', '/cameras', '/cases', '/leader', '/duty', '/field', '/reports', '/system', '/admin#accounts', '/admin#audit', '/admin#sources', '/report', '/report/results', '/wall/w2x2'];

let browser: Browser;
let product: Product;
let screens: Screens;
let admin: string;
const ids: string[] = [];

interface Found {
  reached: number[];
  broken: string[];
  foreign: string[];
  words: string[];
}

/** What a page did with the texts it shows. */
const lookAt = (page: Page): Promise<Found> =>
  page.evaluate((foreign) => {
    const kept = window as unknown as { __hits: number[]; __broken: string[] };
    return {
      reached: kept.__hits, broken: kept.__broken,
      foreign: [...document.querySelectorAll(foreign)].map((element) => element.outerHTML.slice(0, 120)),
      words: [...new Set(document.body.innerText.match(/CHU\d{3}X/g) ?? [])],
    };
  }, FOREIGN);

async function watch(path: string): Promise<Page> {
  const { page } = await screens.open('/healthz', { width: 1920, height: 1080 });
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.addInitScript(() => {
    const kept = window as unknown as { __hits: number[]; __broken: string[]; __reached(n: number): void };
    Object.assign(kept, { __hits: [], __broken: [], __reached: (n: number) => kept.__hits.push(n) });
    document.addEventListener('securitypolicyviolation', (event) => kept.__broken.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(`${product.url}${path}`);
  await page.waitForFunction(() => ['live', 'stale'].includes(document.documentElement.dataset.state ?? ''));
  return page;
}

const isClean = ({ reached, broken, foreign }: Found) => expect({ reached, broken, foreign }).toEqual({ reached: [], broken: [], foreign: [] });

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  screens = await openScreens(browser, product);
  admin = await signIn(product.url);
  await keepScene(product.url, admin, 'w2x2');
  const base = (n: number) => ({ at: Date.now() - 1000 * n, unit: '20242', position: [108.2 + (n % 20) / 500, 16.03 + Math.floor(n / 20) / 300] });
  const today = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const topics: Record<string, (text: string) => object> = {
    alert: (text) => ({ kind: 'flood', level: 1, title: text, text }),
    feedback: (text) => ({ service: 'urban-order', description: text, address: text }),
    camera: (text) => ({ name: text, azimuth: 0, fieldOfView: 60, rangeM: 80 }),
    sensor: (text) => ({ kind: 'rain', value: 5, unitOfMeasure: 'mm', name: text }),
    'handling-request': (text) => ({ title: text, note: text, dueAt: Date.now() + 86_400_000 }),
    assignment: (text) => ({ title: text, dueAt: Date.now() - 86_400_000, progress: 5 }),
    document: (text) => ({ number: '1/TB', issuedOn: today, issuer: text, title: text, direction: 'in' }),
    outreach: (text) => ({ channel: text, title: text, reached: 1 }),
    'security-event': (text) => ({ kind: 'malware', severity: 2, asset: text, text }),
  };
  for (const [topic, item] of Object.entries(topics)) {
    const results = await post(product.url, topic, TEXTS.map((text, n) => ({ ...base(n), key: `${topic}-${n}`, ...item(text) })));
    expect(results.filter(({ status }) => status !== 'accepted'), topic).toEqual([]);
    if (topic === 'alert') ids.push(...results.map(({ id }) => id!));
  }
  for (const [n, text] of TEXTS.slice(0, 10).entries()) await call(product.url, admin, '/api/v1/users', { user: `nguoi-${n}`, name: text.slice(0, 200), position: text.slice(0, 200), roles: ['guest'], units: null, password: 'Ngu-Hanh-Son-Nam-Ngon' });
});
afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('markup in any text stays text on every screen', async () => {
  const shown = new Map<string, number>();
  for (const path of SCREENS) {
    const page = await watch(path);
    if (!['/', '/system', '/report', '/report/results', '/leader', '/duty', '/field', '/reports', '/cases', '/admin#audit', '/admin#sources'].includes(path)) await page.getByText(/CHU\d{3}X/).first().waitFor();
    const found = await lookAt(page);
    isClean(found);
    shown.set(path, found.words.length);
    await page.close();
  }
  console.log(`markup: ${TEXTS.length} payloads in 16 fields of 9 topics; words shown by screen ${JSON.stringify([...shown])}`);
});

test('a payload is shown on a wall and on the desk as it was written', async () => {
  const wall = await watch('/wall/w2x2/r2c2');
  const desk = await watch('/desk');
  const onDesk = new Set<string>();
  const chosen = [...ids.entries()].filter(([n]) => IS_FULL || n % SPARSE === 0);
  for (const [n, id] of chosen) {
    await call(product.url, admin, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: { do: 'push', tile: 'indicators', widget: 'alert-focus', settings: { alert: id } } });
    const focus = wall.locator('[data-widget="alert-focus"]').getByText(wordOf(n)).first();
    await focus.waitFor();
    expect((await focus.innerText()).replace(/\s+/g, ' ').trim()).toContain(TEXTS[n]!.replace(/[\s\u202a-\u202e]+/g, ' ').trim().slice(0, 60));
    const row = desk.locator(`[data-thing="${id}"]`).first();
    if ((await row.count()) > 0) {
      await row.locator('button').first().click();
      await desk.getByText(wordOf(n)).first().waitFor();
      onDesk.add(wordOf(n));
    }
  }
  isClean(await lookAt(wall));
  isClean(await lookAt(desk));
  console.log(`markup: ${chosen.length} of ${ids.length} payloads on the wall, ${onDesk.size} opened on the desk`);
  expect(onDesk.size).toBeGreaterThan(0);
});

test('markup in any text stays text in every file and document', async () => {
  const take = async (path: string) => Buffer.from(await (await fetch(`${product.url}${path}`, { headers: { cookie: admin } })).arrayBuffer());
  const report = await call<{ id: string }>(product.url, admin, '/api/v1/reports', { kind: 'ad-hoc', unit: '20242', from: Date.now() - 7 * 86_400_000, to: Date.now(), title: TEXTS[0]!.slice(0, 200) });
  const files = ['alerts', 'feedback', 'assignments', 'handling-requests'].flatMap((name) => [`/api/v1/export/${name}.csv`, `/api/v1/export/${name}.xlsx`]);
  const papers = ['pdf', 'docx'].map((format) => `/api/v1/reports/${report.id}/report.${format}`);
  for (const path of [...files, ...papers]) {
    const bytes = await take(path);
    const text = textOf(bytes);
    expect(text.length, path).toBeGreaterThan(500);
    if (path.endsWith('.pdf')) expect(bytes.toString('latin1'), path).not.toMatch(/\/(JavaScript|JS|OpenAction|AA|Launch|EmbeddedFile|RichMedia)\b/);
    if (/xlsx|docx/.test(path)) expect(text, path).not.toMatch(/<(script|img|iframe|details|object|math)\b|<f>/i);
    if (!papers.includes(path)) expect(new Set(text.match(/CHU\d{3}X/g)).size, path).toBe(TEXTS.length);
  }
  const open = (await take('/open311/v2/requests.xml')).toString();
  expect(open).toContain('<service_request_id>');
  expect(open, 'the public reads no words of people').not.toMatch(/CHU\d{3}X/);
});
