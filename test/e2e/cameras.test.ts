import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CameraRoundAnswer } from '#contract/cameras.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser, openPage, type Watched } from '../support/browser.ts';
import { call, signIn } from '../support/door.ts';
import { makePerson } from '../support/people.ts';
import { sharedProduct } from '../support/shared.ts';
import { startWhepGateway } from '../support/whepGateway.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
let browser: Browser;
let product: { url: string };
let cookie: string;
let watched: Watched;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [browser, product] = await Promise.all([openBrowser(), sharedProduct('city')]);
  cookie = await signIn(product.url);
  // A gateway that is closed refuses the page that asks it again; a picture is cut off on its way.
  watched = await openPage(browser, { width: 1920, height: 1080, cookie, url: product.url, isExpected: (fault) => /503 .*\/whep|status of 503|ERR_FAILED|\/snapshots/.test(fault) });
  await watched.page.goto(`${product.url}/cameras`);
});

afterAll(async () => {
  await watched?.close();
  await browser?.close();
});

/** Registers a camera as the team does, with nothing known of it but what is given. */
function register(known: object): Promise<{ id: string }> {
  const edit = { unit: null, contractor: null, groups: [], position: [108.2241, 16.0682], azimuth: 0, fieldOfView: 60, rangeM: 100, heightM: null, kind: null, purpose: null, noticePosted: null, retentionDays: null, certificate: null };
  return call(product.url, cookie, '/api/v1/cameras', { ...edit, ...known });
}

test.each([[16, 'cameras-4x4'], [36, 'cameras-6x6']])('a matrix of %i plays what it can and says which pictures are stills', async (size, name) => {
  const { page } = watched;
  await page.click(`.bar [data-size="${size}"]`);
  const ids = (await call<{ items: { id: string; provenance: string }[] }>(product.url, cookie, '/api/v1/cameras?limit=500')).items.filter(({ provenance }) => provenance === 'simulated').map(({ id }) => id);
  const places = Math.min(size, ids.length);
  for (const id of ids.slice(0, places)) if ((await page.locator(`[data-place][data-camera="${id}"]`).count()) === 0) await page.locator(`.shelf [data-thing="${id}"]`).click();
  const told = () => page.locator(['live', 'still', 'late'].map((state) => `[data-place] figure[data-state="${state}"]`).join(', ')).count();
  await expect.poll(told, { timeout: 90_000, interval: 1000 }).toBe(places);
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
});

test('a picture is kept with its reason, and the log names who kept it', async () => {
  const { page } = watched;
  await page.locator('[data-place="0"] .whole').click();
  // What is in hand plays, whoever waits for a turn.
  await expect.poll(() => page.locator('[data-place="0"] figure').getAttribute('data-state')).toBe('live');
  await page.locator('.hand input').first().fill('Kiểm tra ùn tắc');
  await page.route('**/snapshots', (route) => route.abort());
  await page.click('[data-act="snapshot"]');
  await page.locator('.hand [role="alert"]').waitFor();
  await page.unroute('**/snapshots');
  // What was typed is still there.
  await page.click('[data-act="snapshot"]');
  const outcome = async () => ({ kept: await page.locator('.hand li', { hasText: 'Kiểm tra ùn tắc' }).count(), refused: await page.locator('.hand [role="alert"]').allInnerTexts() });
  await expect.poll(outcome).toEqual({ kept: 1, refused: [] });
  await page.click('.hand [data-act="focus"]');
  await expect.poll(() => page.locator('[data-focus] figure[data-state="live"]').count()).toBe(1);
  await page.screenshot({ path: join(SHOTS, 'cameras-focus.png') });
});

test('a camera of a WHEP gateway plays over WebRTC under its masks, and its view ends with the page', async () => {
  const { page } = watched;
  const gateway = await startWhepGateway(browser);
  const { id } = await register({ name: 'Camera qua cổng WHEP', masks: [[[0, 0], [0.5, 0], [0.5, 0.5]]], streams: [{ role: 'sub', kind: 'whep', url: gateway.url }] });
  await page.click('[data-act="back"]');
  await page.click('.bar [data-size="1"]');
  await page.locator(`.shelf [data-thing="${id}"]`).click();
  const figure = page.locator(`[data-camera="${id}"] figure`);
  await expect.poll(() => figure.getAttribute('data-state')).toBe('live');
  expect(await figure.locator('video').evaluate((video: HTMLVideoElement) => [video.srcObject !== null, video.videoWidth > 0])).toEqual([true, true]);
  expect(await figure.locator('.masks polygon').count()).toBe(1);
  await page.screenshot({ path: join(SHOTS, 'cameras-whep.png') });
  expect(gateway.views()).toBe(1);
  await page.click('[data-tab="health"]');
  await expect.poll(() => gateway.views()).toBe(0);
  await gateway.close();
});

test('a group kept for others goes dark on an open player within five seconds, and its film and controls are closed', async () => {
  const group = 'Cổng trụ sở';
  const { id } = await register({ name: 'Camera cổng trụ sở', groups: [group], streams: [{ role: 'sub', kind: 'loop', url: 'loop:market-day' }] });
  const person = await makePerson(product.url, cookie, 'to-camera-2', 'camera-team');
  const window = await openPage(browser, { width: 1280, height: 720, cookie: person.cookie, url: product.url });
  await window.page.goto(`${product.url}/cameras`);
  await window.page.click('.bar [data-size="1"]');
  await window.page.locator(`.shelf [data-thing="${id}"]`).click();
  const state = () => window.page.locator(`[data-camera="${id}"] figure`).getAttribute('data-state');
  await expect.poll(state).toBe('live');

  const { page } = watched;
  await page.reload();
  await page.click('[data-tab="register"]');
  await page.locator('summary', { hasText: 'nhóm camera' }).click();
  await page.locator(`[data-group="${group}"] [data-act="edit-group"]`).click();
  await page.check('[name="group-leader"]');
  await page.click('[data-act="close-group"]');
  await expect.poll(() => page.locator(`[data-group="${group}"]`).textContent()).toContain('Lãnh đạo');
  await expect.poll(state, { timeout: 5000, interval: 100 }).toBe('refused');
  await page.screenshot({ path: join(SHOTS, 'cameras-groups.png') });
  await window.page.screenshot({ path: join(SHOTS, 'cameras-refused.png') });

  const statusOf = async (path: string) => (await fetch(`${product.url}${path}`, { headers: { cookie: person.cookie } })).status;
  const now = Date.now();
  expect(await Promise.all([`/media/${id}/still.mp4`, `/api/v1/cameras/${id}/presets`, `/api/v1/cameras/${id}/footage?from=${now - 60_000}&to=${now}`].map(statusOf))).toEqual([404, 403, 403]);
  expect(await statusOf(`/api/v1/cameras/${id}`)).toBe(200);
  await window.close();
  await page.locator(`[data-group="${group}"] [data-act="edit-group"]`).click();
  await page.click('[data-act="open-group"]');
  await expect.poll(() => page.locator(`[data-group="${group}"]`).textContent()).toContain('Mọi người');
});

test('the round says how far it is, shows what it found so far, and can be stopped', async () => {
  const { page } = watched;
  // One may be going by itself just then.
  await call(product.url, cookie, '/api/v1/cameras/round', undefined, 'DELETE');
  await expect.poll(async () => (await call<CameraRoundAnswer>(product.url, cookie, '/api/v1/cameras/round')).round?.isGoing ?? false, { timeout: 60_000 }).toBe(false);
  await page.click('[data-tab="health"]');
  await page.click('[data-act="round"]');
  await page.locator('[data-round="going"]').waitFor();
  await expect.poll(() => page.locator('tr[data-state="live"]').count(), { timeout: 120_000 }).toBeGreaterThan(0);
  await page.screenshot({ path: join(SHOTS, 'cameras-round.png') });
  await page.click('[data-act="stop-round"]');
  await page.locator('[data-round="ended"]').waitFor();
  expect(await page.locator('[data-round="ended"]').innerText()).toMatch(/đã dừng ở \d+\/\d+ camera/);
  await page.locator('[data-act="round"]').waitFor();
  await page.screenshot({ path: join(SHOTS, 'cameras-health.png') });
  await page.click('[data-tab="register"]');
  await page.locator('[data-act="edit"]').first().click();
  await page.screenshot({ path: join(SHOTS, 'cameras-register.png') });
  expect(watched.faults).toEqual([]);
});
