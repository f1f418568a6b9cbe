import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#contract/roles.ts';
import type { TrainingRecord } from '#contract/scenario.ts';
import tours from '../../client/screens/learn/tours.json' with { type: 'json' };
import { openBrowser } from '../support/browser.ts';
import { isForDocuments, keepPicture } from '../support/docImages.ts';
import { call, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';
import { sharedProduct } from '../support/shared.ts';

const ROLES = Object.keys(tours) as (keyof typeof tours & Role)[];
const SIZE = { width: 1440, height: 900 };
const SMALL = { width: 390, height: 844 };
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

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

test.each(ROLES)('%s goes through the tour of three minutes, and it is written down who did', async (role) => {
  const { cookie } = role === 'admin' ? { cookie: admin } : await makePerson(product.url, admin, `hoc-${role}`, role, role === 'unit-officer' ? '20242' : null);
  const { page, close } = await screens.open(`/learn/${role}`, SMALL, cookie);
  const { steps } = tours[role];
  for (const no of steps.keys()) {
    await page.waitForSelector(`[data-learn="${role}"][data-step="${no + 1}"]`);
    await page.locator(no + 1 < steps.length ? '[data-act="next"]' : '[data-act="finish"]').click();
  }
  await page.waitForSelector(`[data-finished="${role}"]`);
  const { items } = await call<{ items: TrainingRecord[] }>(product.url, admin, '/api/v1/trainings');
  expect(items.find(({ course }) => course === `vai-tro-${role}`)).toMatchObject({ score: steps.length, outOf: steps.length, isPassed: true });
  await close();
  if (!isForDocuments) return;
  const own = await screens.open(steps[0]!.path, SIZE, cookie);
  await untilState(own.page, 'live');
  if (role === 'operator') await own.page.locator('[data-thing^="al-"] button').first().click();
  await own.page.waitForFunction(() => document.fonts.status === 'loaded' && !document.querySelector('[data-state="loading"]'));
  await keepPicture(own.page, `guide-${role}`, PICTURE);
  await own.close();
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
