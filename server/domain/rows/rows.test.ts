import { expect, test } from 'vitest';
import { faultOf } from '#contract/faults.ts';
import { createRowMapper } from './mapRow.ts';
import { valueAt } from './path.ts';
import { readRows } from './readRows.ts';
import { refusedByDoor } from './refusedByDoor.ts';
import { takeRows } from './takeRows.ts';
import { readBoolean, readNumber, readTime } from './values.ts';

test.each([
  ['1.234,5', 'comma', 1234.5],
  ['0,85', 'comma', 0.85],
  ['1,234.5', 'point', 1234.5],
  ['-12', 'point', -12],
  ['1 234,5', 'comma', 1234.5],
] as const)('the number %s written with a %s', (text, style, value) => {
  expect(readNumber(text, style)).toEqual({ value });
});

test.each(['', 'mười', '1,2,3', '12abc', 'NaN', 'Infinity', '0x10'])('%j is not a number', (text) => {
  expect(readNumber(text)).toMatchObject({ code: 'ROW_NUMBER' });
});

test.each([
  ['20/11/2026 09:50', 'dd/MM/yyyy HH:mm', 'Asia/Ho_Chi_Minh', Date.UTC(2026, 10, 20, 2, 50)],
  ['2026-11-20T09:50:00+07:00', undefined, undefined, Date.UTC(2026, 10, 20, 2, 50)],
  ['2026-11-20T09:50:00', 'iso', 'Asia/Ho_Chi_Minh', Date.UTC(2026, 10, 20, 2, 50)],
  ['1795142400', 'seconds', undefined, 1795142400000],
  [1795142400000, undefined, undefined, 1795142400000],
])('the time %s', (text, form, zone, value) => {
  expect(readTime(text, form, zone)).toEqual({ value });
});

test.each([
  ['2026-11-20T09:50:00', 'iso', 'ROW_ZONE'],
  ['31/02/2026', 'dd/MM/yyyy', 'ROW_TIME'],
  ['hôm qua', 'iso', 'ROW_ZONE'],
])('the time %s is refused', (text, form, code) => {
  expect(readTime(text, form)).toMatchObject({ code });
});

test('yes and no as people write them', () => {
  expect(['Có', 'x', 'true', '1'].map(readBoolean)).toEqual(Array(4).fill({ value: true }));
  expect(['không', '0', 'False'].map(readBoolean)).toEqual(Array(3).fill({ value: false }));
  expect(readBoolean('có lẽ')).toMatchObject({ code: 'ROW_BOOLEAN' });
});

test('a path follows own properties only', () => {
  const root = { a: { b: [{ c: 7 }] }, 'a.b': 'whole name first' };
  expect(valueAt(root, 'a.b[0].c')).toBe(7);
  expect(valueAt(root, 'a.b')).toBe('whole name first');
  expect(valueAt(root, '__proto__.polluted')).toBeUndefined();
  expect(valueAt(root, 'constructor')).toBeUndefined();
});

test('a table in any delimiter, with a byte order mark, quoted cells and decomposed accents', () => {
  const text = `\ufefften;moc\r\n"Trạm; ""A""";2\r\n\r\n${'Trạm B'.normalize('NFD')};3\r\n`;
  expect(readRows('csv', text)).toEqual({
    rows: [{ line: 2, fields: { ten: 'Trạm; "A"', moc: '2' } }, { line: 4, fields: { ten: 'Trạm B', moc: '3' } }],
    refused: [],
  });
});

test('a row cut in the middle and a quotation left open are refused by their line', () => {
  expect(readRows('csv', 'a,b\n1,2\n3').refused).toEqual([expect.objectContaining({ line: 3, code: 'ROW_CELLS' })]);
  const broken = readRows('csv', 'a,b\n1,2\n"3,4\n');
  expect(broken.rows).toEqual([{ line: 2, fields: { a: '1', b: '2' } }]);
  expect(broken.refused).toEqual([expect.objectContaining({ code: 'ROW_QUOTE' })]);
});

test('JSON lines: a broken line does not take its neighbours with it', () => {
  const { rows, refused } = readRows('ndjson', '{"a":1}\nnot json\n\n[1]\n{"a":2}\n');
  expect(rows.map(({ line }) => line)).toEqual([1, 5]);
  expect(refused.map(({ line, code }) => [line, code])).toEqual([[2, 'ROW_JSON'], [4, 'ROW_OBJECT']]);
});

test('a list inside a document, and a document without it', () => {
  expect(readRows('json', '{"result":{"records":[{"a":1}]}}', 'result.records').rows).toEqual([{ line: 1, fields: { a: 1 } }]);
  expect(readRows('json', '{"result":{}}', 'result.records').refused).toEqual([expect.objectContaining({ line: 0, code: 'ROW_ITEMS' })]);
  expect(readRows('json', '{"half').refused).toEqual([expect.objectContaining({ line: 0, code: 'ROW_JSON' })]);
});

test('GeoJSON without a mapping: names of the contract, geometry as place', () => {
  const feature = { type: 'Feature', properties: { key: 'f1', at: 1795142400000, kind: 'flood', level: 2, title: 'Ngập' }, geometry: { type: 'Point', coordinates: [108.2, 16.06, 3] } };
  const { rows } = readRows('geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
  expect(createRowMapper('alert')(rows[0]!)).toEqual({
    line: 1,
    item: { key: 'f1', at: 1795142400000, kind: 'flood', level: 2, title: 'Ngập', position: [108.2, 16.06] },
  });
});

test('a polygon becomes the area of an alert', () => {
  const area = { type: 'Polygon', coordinates: [[[108, 16], [108.1, 16], [108, 16.1], [108, 16]]] };
  expect(createRowMapper('alert')({ line: 1, fields: { key: 'a', geometry: area } })).toMatchObject({ item: { area } });
});

test('a mapping: templates, constants, tables, scales and what is left out', () => {
  const mapRow = createRowMapper('vehicle', {
    key: '{xe}@{luc}',
    map: {
      ref: '{xe}', at: { from: 'luc', time: 'seconds' }, kind: { from: 'loai', table: { 'Xe buýt': 'bus' }, else: 'car' },
      speedKmh: { from: 'ms', scale: 3.6 }, headingDeg: { value: 0 }, position: { lon: 'x', lat: 'y' }, unit: 'don_vi',
    },
  });
  const fields = { xe: 43, luc: '1795142400', loai: 'Xe lạ', ms: '10', x: '108,2', y: '16,06', don_vi: '' };
  expect(mapRow({ line: 2, fields })).toEqual({
    line: 2,
    item: { key: '43@1795142400', ref: '43', at: 1795142400000, kind: 'car', speedKmh: 36, headingDeg: 0, position: [108.2, 16.06] },
  });
  expect(mapRow({ line: 3, fields: { ...fields, xe: '' } })).toEqual({ refusal: expect.objectContaining({ line: 3, code: 'ROW_MISSING' }) });
  expect(mapRow({ line: 4, fields: { ...fields, x: 'đông' } })).toEqual({ refusal: expect.objectContaining({ field: 'position', code: 'ROW_PLACE' }) });
});

test('a row without a key is named by its content', () => {
  const mapRow = createRowMapper('sensor');
  const keyOf = (value: string) => {
    const mapped = mapRow({ line: 1, fields: { at: '1795142400000', kind: 'rain', value, unitOfMeasure: 'mm' } });
    return 'item' in mapped ? mapped.item.key : '';
  };
  expect(keyOf('1')).toBe(keyOf('1'));
  expect(keyOf('1')).not.toBe(keyOf('2'));
});

test('a door that does not answer fails the whole; nothing is called taken', async () => {
  const rows = [{ line: 2, fields: { key: 'a' } }];
  const answer = await takeRows('sensor', rows, createRowMapper('sensor'), async () => ({ ok: false, fault: { code: 'STORE_UNAVAILABLE', message: '' } }));
  expect(answer).toMatchObject({ ok: false, fault: { code: 'STORE_UNAVAILABLE' } });
});

test('what the door refuses is said to who maps rows: what is missing by name, in Vietnamese, else as the door said it', () => {
  const said = (detail: string, pointer = '/at') => refusedByDoor(3, faultOf('INGEST_ITEM', { pointer, detail }));
  expect(said('must have required properties at, kind')).toEqual({ line: 3, field: 'at', code: 'INGEST_ITEM', reason: 'Mục tin không đúng định dạng. Thiếu: at, kind.' });
  expect(said('must be equal to constant', '/kind').reason).toBe('Mục tin không đúng định dạng. Giá trị không có trong danh mục.');
  expect(said('outside Việt Nam').reason).toBe('Mục tin không đúng định dạng. outside Việt Nam');
});
