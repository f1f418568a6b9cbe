import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Scene, Tile } from '#contract/wall.ts';
import { openBrowser } from '../support/browser.ts';
import { sharedProduct } from '../support/shared.ts';
import { openScreens, untilState, type Screens } from '../support/screens.ts';

const SCENE = 'bo-cuc-thu-nghiem';

let browser: Browser;
let screens: Screens;
let page: Page;

const act = (name: string) => page.locator(`[data-act="${name}"]`).first();
const tileAt = (id: string) => page.locator(`[data-edit="${id}"]`);
const setting = (name: string) => page.locator(`[data-setting="${name}"]`);
const faults = () => page.locator('[data-fault]').allInnerTexts();

/** The file as the operator gets it. */
async function exported(): Promise<{ yaml: string; scene: Scene }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act('export').click()]);
  const yaml = readFileSync(await download.path(), 'utf8');
  return { yaml, scene: parse(yaml) as Scene };
}
const tilesNow = async (): Promise<Map<string, Tile>> => new Map((await exported()).scene.tiles.map((tile) => [tile.id, tile]));
const rectOf = async (id: string) => (await tilesNow()).get(id)!.rect;

/** Pulls with the mouse from the middle of an element. Units: wall pixels. */
async function pull(selector: string, by: { x: number; y: number }): Promise<void> {
  const scale = (await page.locator('.frame').boundingBox())!.width / 3840;
  const box = (await page.locator(selector).boundingBox())!;
  const from = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + by.x * scale, from.y + by.y * scale, { steps: 5 });
  await page.mouse.up();
}
async function add(widget: string): Promise<void> {
  await page.locator(`[data-add="${widget}"]`).click();
  await tileAt(widget).waitFor();
}
async function write(name: string, text: string): Promise<void> {
  await setting(name).fill(text);
  await setting(name).press('Tab');
}
const bring = (name: string, yaml: string) => act('import').setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(yaml) });

beforeAll(async () => {
  const product = await sharedProduct('quiet');
  browser = await openBrowser();
  screens = await openScreens(browser, product);
  ({ page } = await screens.open('/editor/toan-canh'));
  await untilState(page, 'live');
  await tileAt('alerts').waitFor();
  await act('new-scene').click();
  await page.locator('[data-field="scene-id"]').fill(SCENE);
  await page.locator('[data-field="name-vi"]').fill('Bố cục thử nghiệm');
  await page.locator('[data-field="name-en"]').fill('Trial scene');
  await page.locator('[data-field="name-en"]').press('Tab');
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
});

test('tiles are put, moved and stretched by keyboard and by mouse, snap to edges and span outputs', async () => {
  await page.locator('[data-add="clock"]').press('Enter');
  await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['edit'])).toBe('clock');
  const first = await rectOf('clock');
  await tileAt('clock').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await rectOf('clock')).toEqual({ x: first.x + 10, y: first.y + 1, width: first.width - 10, height: first.height });
  for (const _ of [1, 2, 3]) await act('undo').click();
  expect(await rectOf('clock')).toEqual(first);
  await page.keyboard.press('Control+KeyY');
  expect((await rectOf('clock')).x).toBe(first.x + 10);
  await page.keyboard.press('Control+KeyZ');

  await tileAt('clock').click();
  await pull('[data-edit="clock"]', { x: 960 - 25, y: 540 + 25 });
  expect(await rectOf('clock')).toEqual({ ...first, x: first.x + 960, y: 540 });
  await tileAt('map').click();
  await pull('[data-edit="map"] [data-grip="s"]', { x: 0, y: 1080 - 25 });
  expect(await rectOf('map')).toMatchObject({ y: 0, height: 2160 });
});

test('what would be refused is said while drawing: a tile over another, one too small to read, no name', async () => {
  await add('alert-list');
  await pull('[data-edit="alert-list"]', { x: -1200, y: 200 });
  await expect.poll(faults).toEqual([expect.stringContaining('alert-list')]);
  expect(await act('save').isDisabled()).toBe(true);
  await act('undo').click();
  await expect.poll(faults).toEqual([]);
  await pull('[data-edit="alert-list"] [data-grip="se"]', { x: -700, y: -400 });
  await page.locator('[data-poor="alert-list"]').waitFor();
  expect(await page.locator('[data-poor="alert-list"]').innerText()).toContain('20′');
  await act('undo').click();
  await page.locator('[data-field="id"]').fill('map');
  await page.locator('[data-field="id"]').press('Tab');
  await page.locator('.form [role="alert"]').waitFor();
  expect([...(await tilesNow()).keys()]).toEqual(['map', 'clock', 'alert-list']);
});

test('a form for the settings of every kind, and they stand in the file', async () => {
  await tileAt('alert-list').click();
  await setting('levels').locator('[data-choice="1"]').check();
  await setting('levels').locator('[data-choice="2"]').check();
  await setting('kinds').locator('[data-choice="flood"]').check();
  await write('most', '3');
  await tileAt('clock').click();
  await setting('seconds').uncheck();
  await setting('seconds').check();
  await add('text');
  await write('vi', 'Giao ban thứ Sáu');
  await setting('size').selectOption('value');
  await add('ticker');
  await write('lines', 'Trực ban: 0236.1022\n\nHọp lúc 8 giờ');
  await add('indicator-board');
  await setting('rows').locator('[data-act="add-row"]').click();
  await write('rows.code', 'KTXH-01');
  await write('rows.target', '95');
  await add('countdown');
  await write('weekly.day', '5');
  await write('weekly.at', '08:00');
  await add('feedback-list');
  await write('near', '108,22');
  await page.locator('.form [role="alert"]').waitFor();
  await write('near', '108,22; 16,06');
  await add('camera-strip');
  await write('cameras', 'cam-1\ncam-2');
  const tiles = await tilesNow();
  expect(['alert-list', 'clock', 'text', 'ticker', 'indicator-board', 'countdown', 'feedback-list', 'camera-strip'].map((id) => tiles.get(id)?.settings)).toEqual([
    { levels: [1, 2], kinds: ['flood'], most: 3 },
    { seconds: true },
    { vi: 'Giao ban thứ Sáu', size: 'value' },
    { lines: ['Trực ban: 0236.1022', 'Họp lúc 8 giờ'] },
    { rows: [{ code: 'KTXH-01', target: 95 }] },
    { weekly: { day: 5, at: '08:00' } },
    { near: [108.22, 16.06] },
    { cameras: ['cam-1', 'cam-2'] },
  ]);
});

test('the order of drawing and the view of the map are the scene’s', async () => {
  await tileAt('clock').click();
  await act('forward').click();
  await act('to-scene').click();
  await act('look-as-wall').click();
  await page.locator('[data-scene-camera="own"]').waitFor();
  await write('zoom', '13.5');
  const { scene } = await exported();
  expect(scene.tiles.slice(0, 3).map(({ id }) => id)).toEqual(['map', 'alert-list', 'clock']);
  expect(scene.camera).toMatchObject({ zoom: 13.5, center: [expect.any(Number), expect.any(Number)] });
});

test('a version is saved, put into use and taken out of it; a draft outlives the page and can be dropped', async () => {
  await act('save').click();
  await page.locator('[data-saved="1"]').waitFor();
  await page.locator('[data-draft]').waitFor({ state: 'detached' });
  await page.locator('[data-version="1"] [data-act="publish"]').click();
  await page.locator('[data-version="1"][data-published="true"]').waitFor();
  await act('withdraw').click();
  await page.locator('[data-version="1"][data-published="false"]').waitFor();
  await tileAt('clock').focus();
  await page.keyboard.press('Delete');
  await tileAt('clock').waitFor({ state: 'detached' });
  await page.goto(new URL(`/editor/${SCENE}`, page.url()).href);
  await page.locator('[data-draft]').waitFor();
  expect(await tileAt('clock').count()).toBe(0);
  await act('discard').click();
  await tileAt('clock').waitFor();
});

test('the exported file comes back as the same scene; one with a fault is refused by name, line and reason and changes nothing', async () => {
  const { yaml, scene } = await exported();
  await bring('sua-ngoai.yaml', yaml.replace('Bố cục thử nghiệm', 'Sửa bên ngoài'));
  await expect.poll(() => page.title()).toContain('Sửa bên ngoài');
  expect((await exported()).scene).toEqual({ ...scene, name: { ...scene.name, vi: 'Sửa bên ngoài' } });
  const line = (part: string) => yaml.slice(0, yaml.indexOf(part)).split('\n').length;
  for (const [name, broken, expected] of [
    ['la.yaml', yaml.replace('widget: clock', 'widget: dong-ho-la'), new RegExp(`la\\.yaml, dòng ${line('widget: clock')}:.*dong-ho-la`)],
    ['hong.yaml', yaml.replace('tiles:', 'tiles: ['), /hong\.yaml, dòng \d+: không đọc được YAML/],
    ['de.yaml', yaml.replace(/(id: alert-list[^]*?rect: )\{[^}]*\}/, '$1{ x: 0, y: 0, width: 960, height: 540 }'), /de\.yaml, dòng \d+:.*alert-list.*đè lên nhau/],
    ['ngoai.yaml', yaml.replace(/(id: alert-list[^]*?rect: )\{[^}]*\}/, '$1{ x: 3800, y: 0, width: 960, height: 540 }'), /ngoai\.yaml, dòng \d+:.*nằm ngoài/],
    ['nho.yaml', yaml.replace(/(id: alert-list[^]*?rect: )\{[^}]*\}/, '$1{ x: 1920, y: 0, width: 960, height: 20 }'), /nho\.yaml, dòng \d+: chữ không đọc được/],
    ['sai.yaml', yaml.replace('most: 3', 'most: 300'), /sai\.yaml, dòng \d+: cấu hình của ô không hợp lệ/],
  ] as const) {
    await bring(name, broken);
    await expect.poll(async () => (await faults()).join('\n')).toMatch(expected);
    expect((await exported()).scene.tiles).toEqual(scene.tiles);
  }
});

test('a file of an older form is brought up and says so until it is saved; one of a newer form is refused', async () => {
  const { yaml, scene } = await exported();
  await bring('cu.yaml', yaml.replace('schema: 2', 'schema: 1'));
  await page.locator('[data-upgraded-from="1"]').waitFor();
  expect(await page.locator('[data-upgraded-from]').innerText()).toContain('từ phiên bản 1 lên 2');
  expect((await exported()).scene).toEqual(scene);
  await bring('moi.yaml', yaml.replace('schema: 2', 'schema: 9'));
  await expect.poll(async () => (await faults()).join('\n')).toMatch(new RegExp(`moi\\.yaml, dòng ${yaml.slice(0, yaml.indexOf('schema: 2')).split('\n').length}: .*9 > 2.*mới hơn`));
  await act('save').click();
  await page.locator('[data-saved="2"]').waitFor();
  await page.locator('[data-upgraded-from]').waitFor({ state: 'detached' });
});

test('no window complained', () => {
  expect(screens.faults()).toEqual([]);
});
