import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bodyLines } from './arcMinutes.ts';
import { readLayout } from './check.ts';
import { fitScene } from './fit.ts';
import { loadLayouts } from './load.ts';
import { intersect, isInside } from './rects.ts';
import { sayFault } from './sayFault.ts';
import { LAYOUT_KINDS, publishedSchema, type LayoutKind } from './schema.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const shipped = await loadLayouts(folder);
const widgets = new Set(['map', 'clock']);

test('every shipped file is good', () => {
  expect([shipped.faults, shipped.upgraded]).toEqual([[], []]);
  expect([...shipped.walls.keys()]).toEqual(['w1x1', 'w2x2', 'w3x2', 'w9x3']);
  const services = ['an-ninh-giao-thong', 'an-toan-thong-tin', 'dich-vu-cong', 'du-lich', 'giao-ban', 'giao-duc', 'kinh-te-xa-hoi', 'lanh-dao', 'moi-truong', 'phan-anh-hien-truong', 'quan-ly-van-ban', 'thong-tin-mang', 'toan-canh', 'y-te'];
  expect([...shipped.scenes.keys()]).toEqual(expect.arrayContaining(services));
  expect(shipped.tours.get('vong-chinh')?.stops).toHaveLength(3);
  expect([...shipped.rules.keys()]).toEqual(expect.arrayContaining(['canh-bao-do', 'giao-ban-thu-sau']));
});

const pairs = [...shipped.scenes.values()].flatMap((scene) => [...shipped.walls.values()].map((wall) => ({ scene, wall, name: `${scene.id} on ${wall.id}` })));

test.each(pairs)('$name fits, covers the wall, and every tile holds a headline and a row', ({ scene, wall }) => {
  const { tiles, camera } = fitScene(scene, wall);
  expect(camera?.zoom).toBeGreaterThan(8);
  for (const [index, tile] of tiles.entries()) {
    expect(isInside(tile.rect, [wall.width, wall.height])).toBe(true);
    expect(tiles.slice(0, index).filter((other) => intersect(other.rect, tile.rect))).toEqual([]);
    expect(bodyLines(tile.rect.height, wall)).toBeGreaterThanOrEqual(tile.widget === 'clock' || tile.widget === 'data-health' ? 1 : 3);
  }
  const covered = tiles.reduce((sum, { rect }) => sum + rect.width * rect.height, 0);
  expect(covered).toBe(wall.width * wall.height);
  const map = tiles.find(({ widget }) => widget === 'map')!.rect;
  expect(tiles.every(({ rect }) => rect.width * rect.height <= map.width * map.height)).toBe(true);
});

test.each(pairs)('$name: text tiles stay inside one output', ({ scene, wall }) => {
  const spanning = new Set(['map', 'camera-matrix', 'camera-strip']);
  const text = fitScene(scene, wall).tiles.filter(({ widget }) => !spanning.has(widget) && wall.outputs.length <= 6);
  const split = text.filter(({ rect }) => !wall.outputs.some((output) => intersect(output.rect, rect)?.width === rect.width && intersect(output.rect, rect)?.height === rect.height));
  expect(split.map(({ id }) => id)).toEqual([]);
});

test.each([...shipped.rules.values()].filter(({ compose }) => compose))('$id: every zone is filled without a gap', ({ compose }) => {
  for (const { zone, tiles } of Object.values(compose!.walls)) expect(tiles.reduce((sum, { rect }) => sum + rect.width * rect.height, 0)).toBe(zone.width * zone.height);
});

test.each([
  ['overlap', "tiles: [{ part: map, rect: { x: 0, y: 0, width: 10, height: 10 } }, { part: alert, rect: { x: 5, y: 0, width: 5, height: 5 } }]", 'alert, map'],
  ['outside', "tiles: [{ part: map, rect: { x: 0, y: 0, width: 11, height: 10 } }]", 'map'],
])('a rule with %s is refused', (code, tiles, detail) => {
  const text = `schema: 1\nid: thu\nname: { vi: Thử, en: Try }\nisOn: true\nwhen: { event: alert, levels: [1] }\ncompose:\n  zoom: 15\n  releaseAfterS: 60\n  procedures: {}\n  walls:\n    w2x2:\n      zone: { x: 0, y: 0, width: 10, height: 10 }\n      ${tiles}`;
  expect(readLayout('rule', 'rules/thu.yaml', text, widgets).faults).toContainEqual({ file: 'rules/thu.yaml', line: 13, code, detail });
  expect(readLayout('rule', 'rules/thu.yaml', text.replace(/compose:[^]*/, ''), widgets).faults).toContainEqual(expect.objectContaining({ code: 'rule', line: 5 }));
});

test('the template is good under its own name', async () => {
  const text = await readFile(`${folder}/scenes/_template.yaml`, 'utf8');
  expect(readLayout('scene', 'scenes/_template.yaml', text, new Set(['map', 'alert-list', 'clock'])).faults).toEqual([]);
});

test.each(Object.keys(LAYOUT_KINDS) as LayoutKind[])('the published schema of %s equals the code', async (kind) => {
  expect(JSON.parse(await readFile(`${folder}/schema/${kind}.json`, 'utf8'))).toEqual(publishedSchema(kind));
});

const scene = (tiles: string) => `schema: 1\nid: thu\nname: { vi: Thử, en: Try }\nsize: [1000, 500]\ntiles:\n${tiles}`;
const tile = (id: string, x: number, width = 500, widget = 'map') => `  - id: ${id}\n    widget: ${widget}\n    rect: { x: ${x}, y: 0, width: ${width}, height: 500 }\n`;

test.each([
  ['/steps/1/at must be >= 0', '/steps/1/at: phải từ 0 trở lên'],
  ['/name/vi must not have fewer than 1 characters', '/name/vi: không được để trống'],
  ['/tiles must not have more than 40 items', '/tiles: không được quá 40 mục'],
  ['/id must match pattern "^[a-z0-9][a-z0-9-]*$"', '/id: chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối'],
  ['/ must have required properties steps, clock', '/: thiếu steps, clock'],
  ['/sumary schema is false', '/sumary: khóa không dùng được'],
  ['khong-co-bo-cuc', 'khong-co-bo-cuc'],
])('“%s” is said in Vietnamese', (detail, said) => {
  expect(sayFault({ file: 'thu.yaml', line: 3, code: 'schema', detail }, 'vi')).toBe(`thu.yaml, dòng 3: không đúng khuôn mẫu (${said}).`);
});

test.each([
  ['overlap', scene(tile('a', 0) + tile('b', 400)), 11, 'b, a'],
  ['outside', scene(tile('a', 0) + tile('b', 600)), 11, 'b'],
  ['duplicate', scene(tile('a', 0) + tile('a', 500)), 9, 'a'],
  ['widget', scene(tile('a', 0, 500, 'mapp')), 7, 'mapp'],
  ['schema', scene(tile('a', -5)), 8, '/tiles/0/rect/x'],
  ['name', scene(tile('a', 0)).replace('id: thu', 'id: khac'), 2, 'khac'],
  ['yaml', scene('  - id: [\n'), 7, ''],
])('%s is refused with its line', (code, text, line, detail) => {
  const { value, faults } = readLayout('scene', 'scenes/thu.yaml', text, widgets);
  expect(value).toBeUndefined();
  expect(faults).toContainEqual({ file: 'scenes/thu.yaml', line, code, detail: expect.stringContaining(detail) });
  for (const fault of faults) expect(sayFault(fault, 'vi')).toMatch(/^scenes\/thu\.yaml, dòng \d+: /);
});
