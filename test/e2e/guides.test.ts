import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#contract/roles.ts';
import type { TrainingRecord } from '#contract/scenario.ts';
import tours from '../../client/screens/learn/tours.json' with { type: 'json' };
import { openBrowser } from '../support/browser.ts';
import { isForDocuments, keepPicture } from '../support/docImages.ts';
import { call, post, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';
import { sharedProduct } from '../support/shared.ts';

const ROLES = Object.keys(tours) as (keyof typeof tours & Role)[];
const SIZE = { width: 1440, height: 900 };
const SMALL = { width: 390, height: 844 };
/** A picture of a map with its streets; of a living city it never stands still. */
const DRAWN_BYTES = 30_000;
const PICTURE = { width: 1100, largestBytes: 120 * 1024 };

let browser: Browser;
let product: { url: string };
let screens: Screens;
let admin: string;

beforeAll(async () => {
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('city')]);
  admin = await signIn(product.url);
  screens = await openScreens(browser, product);
});

/** Two alerts given to the unit that the guide of its officers shows. */
async function giveWork(): Promise<void> {
  const dueAt = Date.now() + 4 * 3_600_000;
  const given = [
    ['Cây đổ chắn lối vào trường học', 'Cưa dọn cây, báo lại khi thông đường'],
    ['Nắp cống vỡ trước cổng chợ', 'Rào chắn ngay, thay nắp cống trong ngày'],
  ];
  const results = await post(product.url, 'alert', given.map(([title], n) => ({ key: `hoc-${n}`, at: Date.now(), kind: 'infrastructure', level: 2, title, position: [108.2208, 16.0678] })));
  expect(results.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  for (const [n, result] of results.entries()) {
    const id = (result as { id: string }).id;
    await call(product.url, admin, '/api/v1/commands/alert.acknowledge', { id });
    await call(product.url, admin, '/api/v1/commands/alert.assign', { id, unit: '20242', dueAt, note: given[n]![1] });
  }
}

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

test.each(ROLES)('%s goes through the tour of three minutes, leaves it and comes back, and it is written down who did', async (role) => {
  const { cookie } = role === 'admin' ? { cookie: admin } : await makePerson(product.url, admin, `hoc-${role}`, role, role === 'unit-officer' ? '20242' : null);
  const { page, close } = await screens.open(`/learn/${role}`, SMALL, cookie);
  const { steps } = tours[role];
  for (const no of steps.keys()) {
    await page.waitForSelector(`[data-learn="${role}"][data-step="${no + 1}"]`);
    if (no === 1) {
      await page.goto('about:blank');
      await page.goto(`${product.url}/learn`);
      await page.waitForSelector(`[data-learn="${role}"][data-step="2"]`);
    }
    await page.locator(no + 1 < steps.length ? '[data-act="next"]' : '[data-act="finish"]').click();
  }
  await page.waitForSelector(`[data-finished="${role}"]`);
  await page.goto(`${product.url}/learn`);
  await page.waitForSelector(`[data-done="${role}"]`);
  const { items } = await call<{ items: TrainingRecord[] }>(product.url, admin, '/api/v1/trainings');
  expect(items.find(({ course }) => course === `vai-tro-${role}`)).toMatchObject({ score: steps.length, outOf: steps.length, isPassed: true });
  await close();
  if (!isForDocuments) return;
  if (role === 'unit-officer') await giveWork();
  const own = await screens.open(steps[0]!.path, SIZE, cookie);
  await untilState(own.page, 'live');
  if (role === 'operator') await expect.poll(async () => (await own.page.locator('.maplibregl-canvas').first().screenshot()).length).toBeGreaterThan(DRAWN_BYTES);
  await own.page.waitForFunction(() => document.fonts.status === 'loaded');
  await keepPicture(own.page, `guide-${role}`, PICTURE);
  await own.close();
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
