import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadLayouts } from '../../layouts/load.ts';
import { loadCatalogue } from './catalogue.ts';
import { KINDS, makeNew } from './newThing.ts';
import { ROOT } from './root.ts';

const root = mkdtempSync(join(tmpdir(), 'toan-canh-new-'));
beforeAll(() => {
  for (const { folder, template } of Object.values(KINDS)) cpSync(join(ROOT, folder, template), join(root, folder, template), { recursive: true });
  cpSync(join(ROOT, 'layouts'), join(root, 'layouts'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const textsUnder = (path: string) => readdirSync(join(root, path), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'utf8')] as const);

test.each(['feed', 'widget'])('a new %s carries its own name in every file', (kind) => {
  const path = makeNew(root, kind, 'rain-gauge');
  const files = textsUnder(path);
  expect(files.length).toBeGreaterThan(3);
  for (const [name, text] of files) expect(`${name} ${text}`).not.toMatch(/_template|Template/);
  expect(textOf(join(path, 'index.ts'))).toContain("name: 'rain-gauge'");
});

test('a new layer is a file of code with its own functions', () => {
  const path = makeNew(root, 'layer', 'bus-stops');
  expect(path).toBe('client/map/layers/busStops.ts');
  expect(textOf(path)).toMatch(/export interface BusStopsMark[^]*export function busStopsLayers/);
});

test('a new service is a catalogue that is read without a fault', () => {
  makeNew(root, 'service', 'cong-vien');
  const { catalogue, faults } = loadCatalogue(root);
  expect(faults).toEqual([]);
  expect([...catalogue!.indicators.keys()]).toContain('cong-vien-01');
});

test('a new layout and a new scenario pass the checks of the wall', async () => {
  makeNew(root, 'layout', 'phong-hop');
  makeNew(root, 'scenario', 'buoi-sang');
  const { scenes, scenarios, faults } = await loadLayouts(join(root, 'layouts'));
  expect(faults).toEqual([]);
  expect([scenes.has('phong-hop'), scenarios.has('buoi-sang')]).toEqual([true, true]);
});

test.each([
  ['planet', 'x', 'npm run new'],
  ['feed', 'Rain Gauge', 'kebab-case'],
  ['feed', '../out', 'kebab-case'],
  ['feed', 'a', 'kebab-case'],
])('a %s named %s is refused with a sentence', (kind, name, sentence) => {
  expect(() => makeNew(root, kind, name)).toThrow(sentence);
});

test('what exists already is left alone', () => {
  makeNew(root, 'feed', 'twice');
  expect(() => makeNew(root, 'feed', 'twice')).toThrow('exists already');
});
