import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDocument, stringify } from 'yaml';
import type { Scene, Tile } from '#contract/wall.ts';
import { readLayout } from './check.ts';
import { loadLayouts } from './load.ts';
import { sayFault, sayUpgrade } from './sayFault.ts';
import { LAYOUT_KINDS, type LayoutKind } from './schema.ts';
import { upgradeLayout, upgradeStored, upgradeText, versionOf, type Step } from './upgrade.ts';
import { writeScene } from './writeScene.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const { widgets } = await loadLayouts(folder);
const copy = mkdtempSync(join(tmpdir(), 'toan-canh-layouts-'));
beforeAll(() => cpSync(folder, copy, { recursive: true }));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const yamlOf = (value: unknown) => stringify(value, { aliasDuplicateObjects: false });
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
const files = (Object.keys(LAYOUT_KINDS) as LayoutKind[]).flatMap((kind) => readdirSync(join(folder, LAYOUT_KINDS[kind].folder)).filter((name) => name.endsWith('.yaml')).map((name) => ({ kind, file: `${LAYOUT_KINDS[kind].folder}/${name}` })));

test.each(files)('$file, written back in the form of version 1, says the same', ({ kind, file }) => {
  const { value } = readLayout(kind, file, textOf(file), widgets);
  expect(value?.schema).toBe(versionOf(kind));
  const first = readLayout(kind, file, yamlOf({ ...value, schema: 1 }), widgets);
  expect(first.faults).toEqual([]);
  expect(first.value).toEqual(value);
  expect(first.upgrade).toEqual(versionOf(kind) === 1 ? undefined : { from: 1, to: versionOf(kind) });
});

const words = fc.constantFrom({ vi: 'Bản đồ', en: 'Map' }, { vi: 'Giờ', en: 'Time' });
const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string(), { maxLength: 3 }), fc.record({ code: fc.string(), target: fc.integer() }));
const tile = (nth: number): fc.Arbitrary<Tile> =>
  fc.record(
    { id: fc.constant(`o-${nth}`), widget: fc.constantFrom('map', 'clock'), rect: fc.constant({ x: nth * 100, y: 0, width: 100, height: 200 }), title: words, settings: fc.dictionary(fc.constantFrom('most', 'near', 'rows'), value, { maxKeys: 2 }), why: fc.constantFrom('mưa', 'họp') },
    { requiredKeys: ['id', 'widget', 'rect'] },
  );
const tiles = fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 6 }).chain((numbers) => fc.tuple(...numbers.map(tile)));
const size = fc.constant<[number, number]>([640, 480]);
const scene: fc.Arbitrary<Omit<Scene, 'schema'>> = fc.record({ id: fc.constant('thu'), name: words, size, tiles, variants: fc.dictionary(fc.constantFrom('w1x1', 'w3x2'), fc.record({ size, tiles })) });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('any scene of version 1 keeps every word and every drawing, read from a file or from the store, and written again', () => {
  fc.assert(
    fc.property(scene, (drawn) => {
      const [before, after] = [plain({ schema: 1, ...drawn }), plain({ schema: 2, ...drawn })];
      expect(readLayout('scene', 'thu.yaml', yamlOf(before), widgets)).toEqual({ value: after, faults: [], upgrade: { from: 1, to: 2 } });
      expect(upgradeStored('scene', before)).toEqual(after);
      expect(readLayout('scene', 'thu.yaml', writeScene(after as Scene), widgets)).toEqual({ value: after, faults: [] });
      const brought = upgradeText('scene', yamlOf(before))!;
      expect([readLayout('scene', 'thu.yaml', brought.text, widgets).value, upgradeText('scene', brought.text)]).toEqual([after, undefined]);
    }),
    { numRuns: 200 },
  );
});

test('a scene is written in the same words and order however its parts came', () => {
  const { value } = readLayout('scene', 'scenes/toan-canh.yaml', textOf('scenes/toan-canh.yaml'), widgets);
  const turned = (one: unknown): unknown => (Array.isArray(one) ? one.map(turned) : typeof one === 'object' && one !== null ? Object.fromEntries(Object.entries(one).reverse().map(([key, inner]) => [key, turned(inner)])) : one);
  const written = writeScene(value!);
  expect(writeScene(turned(value) as Scene)).toBe(written);
  expect(written.split('\n').slice(2, 5)).toEqual(['schema: 2', 'id: toan-canh', 'name: { vi: Toàn cảnh, en: Overview }']);
});

test('only the steps that are missing are taken, in order, and comments stay', () => {
  const trace = (name: string): Step => (document) => document.set('steps', `${String(document.get('steps') ?? '')}${name}`);
  const from = (version: number) => {
    const document = parseDocument(`# ca trực\nschema: ${version} # khuôn mẫu\nid: thu\n`);
    return { upgrade: upgradeLayout('tour', document, [trace('a'), trace('b'), trace('c')]), text: document.toString() };
  };
  expect(from(2)).toEqual({ upgrade: { from: 2, to: 4 }, text: '# ca trực\nschema: 4 # khuôn mẫu\nid: thu\nsteps: bc\n' });
  expect(from(1).text).toContain('steps: abc');
  expect(from(4)).toEqual({ upgrade: undefined, text: expect.not.stringContaining('steps') });
  expect(from(9)).toEqual({ upgrade: { from: 9, to: 4 }, text: '# ca trực\nschema: 9 # khuôn mẫu\nid: thu\n' });
});

test.each(['2024-01-01', '-1', '1.5', 'hai', '[1]', '{}', '~'])('a version “%s” is none and is refused at its line', (version) => {
  const text = textOf('scenes/toan-canh.yaml').replace(/^schema: .*$/m, `schema: ${version}`);
  expect(readLayout('scene', 'scenes/toan-canh.yaml', text, widgets).faults).toContainEqual(expect.objectContaining({ code: 'schema', line: 2 }));
});

test('an alias, and a tile that stands for none, are refused at their lines', () => {
  const text = textOf('scenes/_template.yaml');
  const line = text.split('\n').length;
  expect(readLayout('scene', 'scenes/_template.yaml', `${text.replace('name: {', 'name: &a {')}description: *a\n`, widgets).faults).toContainEqual(expect.objectContaining({ code: 'yaml', line }));
  const faults = readLayout('scene', 'scenes/_template.yaml', `${text}variants:\n  w1x1:\n    size: [1920, 1080]\n    tiles:\n      - { id: bando, rect: { x: 0, y: 0, width: 1920, height: 1080 } }\n`, widgets).faults;
  expect(faults).toEqual([{ file: 'scenes/_template.yaml', line: line + 4, code: 'tile', detail: 'bando' }]);
});

test('a folder tells what it brought up, and keeps the last good version of a file that is newer than the program', async () => {
  const good = await loadLayouts(copy);
  const old = { ...good.scenes.get('toan-canh')!, schema: 1 };
  writeFileSync(join(copy, 'scenes/toan-canh.yaml'), yamlOf(old));
  writeFileSync(join(copy, 'tours/vong-chinh.yaml'), textOf('tours/vong-chinh.yaml').replace('schema: 1', 'schema: 7'));
  const next = await loadLayouts(copy, good);
  expect(next.upgraded).toEqual([{ file: 'scenes/toan-canh.yaml', from: 1, to: 2 }]);
  expect(sayUpgrade('scenes/toan-canh.yaml', next.upgraded[0]!, 'vi')).toContain('từ phiên bản 1 lên 2');
  expect(readFileSync(join(copy, 'scenes/toan-canh.yaml'), 'utf8')).toBe(yamlOf(old));
  expect(next.faults).toEqual([{ file: 'tours/vong-chinh.yaml', line: 2, code: 'version', detail: '7 > 1' }]);
  expect(sayFault(next.faults[0]!, 'vi')).toMatch(/^tours\/vong-chinh\.yaml, dòng 2: .*mới hơn/);
  expect([next.tours.get('vong-chinh'), next.scenes.get('toan-canh')]).toEqual([good.tours.get('vong-chinh'), good.scenes.get('toan-canh')]);
});
