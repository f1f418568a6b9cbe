import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { startProduct, type Product } from '../../support/product.ts';
import { openScreens, type Screens } from '../../support/screens.ts';
import { textOf } from '../support/textOf.ts';
import { payloads, plantMarkup, wordOf, WORDS, type PlantedMarkup } from './plantMarkup.ts';

const IS_FULL = process.env.TEST_FULL === '1';
const TEXTS = payloads(IS_FULL);
/** On the wall and opened on the desk a reduced run shows each so-manieth. */
const SPARSE = 5;
/** Twenty take 15 s on a quiet machine. Units: ms. */
const PLANTING_MS = IS_FULL ? 1_800_000 : 600_000;
/** A page of a long list shows at least so many of them. */
const MOST_ON_A_PAGE = 50;

/** What no text of a person may ever have become. */
const FOREIGN = 'script:not([src^="/assets/"]), img[src="x"], svg[onload], math[href], iframe[srcdoc], a[href^="javascript:"], details[ontoggle], [onerror], [onfocus], object, template script, form[action^="javascript:"], base, link[href^="//"], video > source';

/** Pages with texts of people, and how many of the planted words each must show before its silence proves anything. */
const SCREENS: readonly { path: string; least: number | 'all'; who?: 'officer' | 'nobody'; pick?: 'scenario' }[] = [
  { path: '/desk', least: 'all' },
  { path: '/inbox', least: 'all', who: 'officer' },
  { path: '/coordination', least: 3 },
  { path: '/field', least: 'all', who: 'officer' },
  { path: '/cameras', least: 'all' },
  { path: '/cases', least: 3 },
  { path: '/cases/CASE', least: 'all' },
  { path: '/leader', least: 3 },
  { path: '/duty#log', least: 20 },
  { path: '/duty#traffic', least: 20 },
  { path: '/reports', least: 1 },
  { path: '/reports/REPORT', least: 'all' },
  { path: '/rollout', least: 'all' },
  { path: '/services#SERVICE', least: 20 },
  { path: '/rehearse', least: 'all', pick: 'scenario' },
  { path: '/editor', least: 20 },
  { path: '/present', least: 20 },
  { path: '/setup', least: 1 },
  { path: '/system', least: 1 },
  { path: '/admin#accounts', least: 'all' },
  { path: '/admin#audit', least: 20 },
  { path: '/admin#sources', least: 20 },
  { path: '/admin#keys', least: 20 },
  { path: '/admin#sessions', least: 20 },
  { path: '/admin#exports', least: 20 },
  { path: '/admin#connectors', least: 20 },
  { path: '/report/results', least: 20, who: 'nobody' },
  { path: '/wall/w2x2', least: 3 },
];

let browser: Browser;
let product: Product;
let screens: Screens;
let admin: string;
let planted: PlantedMarkup;

interface Found {
  reached: number[];
  broken: string[];
  foreign: string[];
  words: string[];
}

/** What a page did with the texts it shows, those in its fields included. */
const lookAt = (page: Page): Promise<Found> =>
  page.evaluate(([foreign, words]) => {
    const kept = window as unknown as { __hits: number[]; __broken: string[] };
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].map(({ value }) => value);
    return {
      reached: kept.__hits, broken: kept.__broken,
      foreign: [...document.querySelectorAll(foreign!)].map((element) => element.outerHTML.slice(0, 120)),
      words: [...new Set([document.body.innerText, ...fields].join('\n').match(new RegExp(words!, 'g')) ?? [])],
    };
  }, [FOREIGN, WORDS.source]);

async function watch(path: string, cookie: string): Promise<Page> {
  const { page } = await screens.open('/healthz', { width: 1920, height: 1080 }, cookie);
  page.on('dialog', (dialog) => void dialog.dismiss());
  await page.addInitScript(() => {
    const kept = window as unknown as { __hits: number[]; __broken: string[]; __reached(n: number): void };
    Object.assign(kept, { __hits: [], __broken: [], __reached: (n: number) => kept.__hits.push(n) });
    document.addEventListener('securitypolicyviolation', (event) => kept.__broken.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(`${product.url}${path}`);
  return page;
}

/** A text without what no eye sees: line breaks, and marks that turn the direction of writing. */
const plain = (text: string): string => text.replace(/[\s\u202a-\u202e]+/g, ' ').trim();

const isClean = ({ reached, broken, foreign }: Found) => expect({ reached, broken, foreign }).toEqual({ reached: [], broken: [], foreign: [] });

/** Waits until so many of the words stand on the page, and looks. */
async function showing(page: Page, least: number): Promise<Found> {
  let found: Found | undefined;
  await expect.poll(async () => (found = await lookAt(page)).words.length, { timeout: 60_000, message: `words on ${page.url()}` }).toBeGreaterThanOrEqual(least);
  return found!;
}

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), startProduct()]);
  screens = await openScreens(browser, product);
  admin = await signIn(product.url);
  await keepScene(product.url, admin, 'w2x2');
  planted = await plantMarkup(product.url, admin, TEXTS);
}, PLANTING_MS);
afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await product?.close();
});

test('markup in any text stays text on every screen, and is really there', async () => {
  const shown = new Map<string, number>();
  const seen = new Set<string>();
  for (const { path, least, who, pick } of SCREENS) {
    const page = await watch(path.replace('CASE', planted.caseId).replace('REPORT', planted.report).replace('SERVICE', planted.service), who === 'officer' ? planted.officer : who === 'nobody' ? '' : admin);
    if (pick) await page.locator(`[data-pick="${pick}"]`).selectOption(planted[pick]);
    const found = await showing(page, least === 'all' ? Math.min(TEXTS.length, MOST_ON_A_PAGE) : least);
    isClean(found);
    shown.set(path, found.words.length);
    for (const word of found.words) seen.add(word);
    await page.close();
  }
  expect(seen.size).toBe(TEXTS.length);
  console.log(`markup: ${TEXTS.length} payloads; words shown by screen ${JSON.stringify([...shown])}`);
});

test('a payload is shown on a wall and on the desk as it was written', async () => {
  const wall = await watch('/wall/w2x2/r2c2', admin);
  const desk = await watch('/desk', admin);
  const push = (widget: string, settings: object) => call(product.url, admin, '/api/v1/commands/wall.apply', { wall: 'w2x2', act: { do: 'push', tile: 'indicators', widget, settings } });
  const onDesk = new Set<string>();
  const chosen = [...planted.alerts.entries()].filter(([n]) => IS_FULL || n % SPARSE === 0);
  for (const [n, id] of chosen) {
    await push('alert-focus', { alert: id });
    const focus = wall.locator('[data-widget="alert-focus"]').getByText(wordOf(n)).first();
    await focus.waitFor();
    expect(plain(await focus.innerText())).toContain(plain(TEXTS[n]!).slice(0, 60));
    const row = desk.locator(`[data-thing="${id}"]`).first();
    if ((await row.count()) > 0) {
      await row.locator('button').first().click();
      await desk.getByText(wordOf(n)).filter({ visible: true }).first().waitFor();
      onDesk.add(wordOf(n));
    }
  }
  const inTicker = new Set<string>();
  for (const [n] of chosen) {
    await push('ticker', { lines: [TEXTS[n]!.slice(0, 300)], alerts: false });
    await wall.locator('[data-widget="ticker"]').getByText(wordOf(n)).first().waitFor();
    inTicker.add(wordOf(n));
  }
  for (const widget of ['text', 'alert-list', 'feedback-list', 'document-list', 'security-board', 'sensor-board', 'camera-strip']) {
    await push(widget, widget === 'text' ? { vi: TEXTS[0] } : {});
    await wall.locator(`[data-widget="${widget}"]`).getByText(/CHU\d{3}X/).first().waitFor();
  }
  isClean(await lookAt(wall));
  isClean(await lookAt(desk));
  console.log(`markup: ${chosen.length} of ${planted.alerts.length} payloads on the wall, ${onDesk.size} opened on the desk, ${inTicker.size} in the ticker`);
  expect(onDesk.size).toBeGreaterThan(0);
});

test('markup in any text stays text in every file and document', async () => {
  const take = async (path: string) => Buffer.from(await (await fetch(`${product.url}${path}`, { headers: { cookie: admin } })).arrayBuffer());
  const lists = ['alerts', 'feedback', 'assignments', 'handling-requests'].flatMap((name) => [`/api/v1/export/${name}.csv`, `/api/v1/export/${name}.xlsx`]);
  const papers = ['pdf', 'docx', 'xlsx'].map((format) => `/api/v1/reports/${planted.report}/report.${format}`);
  const briefings = ['pdf', 'html'].map((format) => `/api/v1/export/briefing.${format}?wall=w2x2&from=${Date.now() - 3_600_000}&until=${Date.now()}`);
  const shown = new Map<string, number>();
  for (const path of [...lists, ...papers, ...briefings]) {
    const bytes = await take(path);
    const text = textOf(bytes);
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\?.*/, '');
    expect(text.length, path).toBeGreaterThan(500);
    if (name.endsWith('.pdf')) expect(bytes.toString('latin1'), path).not.toMatch(/\/(JavaScript|JS|OpenAction|AA|Launch|EmbeddedFile|RichMedia)\b/);
    if (!name.endsWith('.csv') && !name.endsWith('.pdf')) expect(text, path).not.toMatch(/<(script|img src=x|iframe|details|object|math|base|body onload)\b|<f>/i);
    shown.set(name, new Set(text.match(WORDS)).size);
    expect(shown.get(name), path).toBeGreaterThanOrEqual(briefings.includes(path) ? 1 : TEXTS.length);
  }
  console.log(`markup: words in files ${JSON.stringify([...shown])}`);
  const open = (await take('/open311/v2/requests.xml')).toString();
  expect(open).toContain('<service_request_id>');
  expect(open).not.toMatch(/<(script|img|iframe|svg|object|math|base|body)\b/i);
  expect(open.replace(/<status_notes>[^<]*<\/status_notes>/g, ''), 'the public reads no words of people but the public answer').not.toMatch(/CHU\d{3}X/);
});
