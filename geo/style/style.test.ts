import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import icons from '../icons.json' with { type: 'json' };
import { createStyle } from './createStyle.ts';
import { fontFiles, MAP_FONTS } from './fonts.ts';
import { hatchImage } from './hatch.ts';

const require = createRequire(import.meta.url);
const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
const choice = { tilesUrl: 'http://h/tiles/basemap', fontsUrl: 'http://h/geo/fonts' };

describe('createStyle', () => {
  it('asks nothing of the outside and names every font it uses', () => {
    for (const theme of ['dark', 'light'] as const) {
      const style = createStyle({ ...choice, theme });
      expect(JSON.stringify(style).match(/https?:\/\/[^/"]+/g)?.every((host) => host === 'http://h')).toBe(true);
      expect(style).not.toHaveProperty('glyphs');
      const used = style.layers.flatMap(({ layout }) => (layout?.['text-font'] as string[] | undefined) ?? []);
      expect([...new Set(used)].sort()).toEqual(Object.keys(style['font-faces']).sort());
    }
  });

  it('builds the tile address from a folder or takes a template', () => {
    expect(createStyle(choice).sources.basemap?.tiles).toEqual(['http://h/tiles/basemap/{z}/{x}/{y}']);
    expect(createStyle({ ...choice, tilesUrl: 'http://h/{z}/{x}/{y}.mvt' }).sources.basemap?.tiles).toEqual(['http://h/{z}/{x}/{y}.mvt']);
  });

  it('has one layer per id, water above wards, names above all', () => {
    const ids = createStyle(choice).layers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.indexOf('water')).toBeGreaterThan(ids.indexOf('ward'));
    expect(ids.findIndex((id) => id.startsWith('label-'))).toBeGreaterThan(ids.indexOf('ward-red'));
  });

  it('carries the attribution of every source', () => {
    expect(createStyle(choice).sources.basemap?.attribution).toMatch(/OpenStreetMap.*Bản đồ sáp nhập.*Natural Earth/);
  });
});

describe('fonts', () => {
  const letters = 'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY'.split('').flatMap((vowel) => ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => (vowel + tone).normalize('NFC'))).concat('đ', 'Đ', '–', '’');
  const holds = (ranges: string[], letter: string): boolean =>
    ranges.some((range) => {
      const [first = '', last = first] = range.slice(2).split('-');
      const code = letter.codePointAt(0) ?? 0;
      return code >= Number.parseInt(first, 16) && code <= Number.parseInt(last, 16);
    });

  it('every Vietnamese letter is one code and lies in a file of both weights', () => {
    for (const weight of [400, 600]) {
      const files = fontFiles().filter((file) => file.weight === weight);
      expect(letters.filter((letter) => letter.length !== 1 || !files.some(({ unicodeRange }) => holds(unicodeRange, letter)))).toEqual([]);
    }
  });

  it('every file is installed, is woff2, and Vietnamese comes first', () => {
    expect(fontFiles()).toHaveLength(6);
    for (const file of fontFiles()) expect(readFileSync(join(folderOf(file.package), file.path)).subarray(0, 4).toString()).toBe('wOF2');
    expect(createStyle(choice)['font-faces'][MAP_FONTS.regular]?.[0]?.url).toContain('vietnamese-400');
  });
});

it('the hatch repeats without a seam', () => {
  const { width, height, data } = hatchImage();
  expect(data).toHaveLength(width * height * 4);
  const alpha = (x: number, y: number): number | undefined => data[((y % height) * width + (x % width)) * 4 + 3];
  for (let y = 0; y < height; y++) expect(alpha(width, y)).toBe(alpha(width - 1, y + 1));
});

it('every icon named exists', () => {
  const names = JSON.stringify(icons).match(/"(maki|temaki)\/[\w-]+"/g)?.map((name) => JSON.parse(name) as string).filter((name) => !name.includes('/icons')) ?? [];
  const folders = { maki: folderOf('@mapbox/maki'), temaki: folderOf('@rapideditor/temaki') };
  expect(names.length).toBeGreaterThan(30);
  expect(names.filter((name) => !existsSync(join(folders[name.split('/')[0] as 'maki'], 'icons', `${name.split('/')[1]}.svg`)))).toEqual([]);
});
