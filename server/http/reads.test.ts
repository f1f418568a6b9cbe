import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, expect, test } from 'vitest';
import { LAYOUT_KINDS } from '../../layouts/schema.ts';
import { createRealClock } from '../kernel/clock.ts';
import { EXPORTS, tableOf } from './export/table.ts';
import { createTestApp } from './testing/app.ts';
import { asPerson } from './testing/people.ts';
import { EPOCH, NOW } from './testing/moment.ts';

const http = await createTestApp();
http.items.set('alerts', [
  { id: 'al-1', level: 1, kind: 'flood', title: '=HYPERLINK("http://x")', text: 'dòng 1\nông nói "được"', state: 'raised', status: 'active', unit: '20242', ward: '20242', raisedAt: NOW, position: [108.2, 16.06], source: 'vendor', provenance: 'simulated' },
  ...Array.from({ length: 1100 }, (_, i) => ({ id: `al-${i + 2}`, level: 3, kind: 'fire', title: ['+1', '-1', '@x', '\tx', '\rx', 'Cháy'][i % 6], state: 'closed', unit: '20257', ward: '20257', position: null })),
]);
afterAll(() => http.close());
const get = (url: string, who = 'operator') => http.app.inject({ url, headers: asPerson(who) });

test('lists take typed filters and refuse others with a pointer', async () => {
  expect((await get('/api/v1/alerts?limit=2')).json()).toMatchObject({ items: [{ id: 'al-1' }, { id: 'al-2' }], next: '2' });
  expect((await get('/api/v1/alerts?bbox=108,15,109,17&at=1790823600000&q=ng%E1%BA%ADp&level=1&overdue=true&state=raised')).statusCode).toBe(200);
  for (const [query, pointer] of [['limit=0', '/limit'], ['limit=501', '/limit'], ['bbox=1,2,3', '/bbox'], ['bbox=109,15,108,17', '/bbox'], ['bbox=0,0,999,1', '/bbox'], ['level=9', '/level'], ['at=-1', '/at'], ['sort=x', '/sort'], ['unit=a%20b', '/unit'], ['q=a&q=b', '/q']]) {
    const answer = await get(`/api/v1/alerts?${query}`);
    expect([answer.statusCode, answer.json().fault.code, answer.json().fault.pointer], query).toEqual([400, 'REQUEST_QUERY', pointer]);
  }
  expect((await get('/api/v1/alerts/al-none')).json().fault.code).toBe('NOT_FOUND');
});

test('assignments say who answers for them to people, and not to a wall', async () => {
  http.items.set('assignments', [{ id: 'as-1', unit: '20242', ward: null, values: { title: 'Việc một' } }, { id: 'as-2', unit: '20242', ward: null, values: { title: 'Việc hai' } }]);
  const whoOf = async (who: string) => (await get('/api/v1/assignments', who)).json().items.map(({ responsible }: { responsible?: { name: string } }) => responsible?.name ?? null);
  expect(await whoOf('operator')).toEqual(['Tên bính', null]);
  expect(await whoOf('wall-device')).toEqual([null, null]);
  expect((await get('/api/v1/assignments/as-1')).json()).toMatchObject({ responsible: { account: 'ac-7', position: 'Trưởng phòng', unit: '20242' } });
  expect((await get('/api/v1/assignments/as-1', 'wall-device')).json()).not.toHaveProperty('responsible');
  expect((await get('/api/v1/assignments/as-9')).json().fault.code).toBe('NOT_FOUND');
});

test('sensors come from the latest readings while nothing else keeps them', async () => {
  expect((await get('/api/v1/sensors')).json().items[0].ref).toBe('rain-01');
});

test('the log is read from a cursor; another epoch is a conflict', async () => {
  expect((await get(`/api/v1/log?topic=alert,feedback&after=${EPOCH}:3&limit=10`)).json()).toEqual({ epoch: EPOCH, head: 7, entries: [] });
  const other = await get('/api/v1/log?after=ffffffff-0000-4000-8000-000000000000:3');
  expect([other.statusCode, other.json().fault.code]).toEqual([409, 'LOG_EPOCH']);
  for (const query of ['topic=vehicle', 'topic=__proto__', 'topic=alert,', 'after=7', 'limit=1001']) expect((await get(`/api/v1/log?${query}`)).json().fault.code, query).toBe('REQUEST_QUERY');
});

test('cameras by place, walls, and what a wall showed', async () => {
  expect((await get('/api/v1/cameras/near?lon=108.2&lat=16.06')).json().items[0]).toMatchObject({ camera: { id: 'cam-1' }, distanceM: 12 });
  expect((await get('/api/v1/cameras/seeing?lon=108.2&lat=91')).json().fault.pointer).toBe('/lat');
  expect((await get('/api/v1/walls')).json().items[0].id).toBe('w2x2');
  expect((await get(`/api/v1/walls/w2x2/state?at=${NOW}`, 'wall-device')).json().state.scene).toBe('s1');
  expect((await get('/api/v1/walls/w9x9')).json().fault.code).toBe('WALL_UNKNOWN');
  expect((await get('/api/v1/vehicles')).json().items[0].ref).toBe('bus-01');
});

test('the past is asked for by moment, stretch and wall', async () => {
  expect((await get(`/api/v1/replay/moment?at=${NOW + 5000}&topics=alert,case&wall=w2x2`, 'wall-device')).json()).toMatchObject({ at: NOW, entries: [], walls: [] });
  expect((await get(`/api/v1/replay/stretch?after=0&from=${NOW}&until=${NOW + 60_000}`)).json()).toMatchObject({ until: NOW + 60_000, entries: [] });
  expect((await get('/api/v1/walls/log?wall=w2x2')).json().items[0]).toMatchObject({ wall: 'w2x2', by: 'Trực ban', why: 'Giờ cao điểm' });
  expect((await get(`/api/v1/vehicles?at=${NOW}`)).json().items[0]).toMatchObject({ slot: 4 });
  expect((await get(`/api/v1/cameras/cam-1/recording?at=${NOW}`)).json()).toMatchObject({ startsAt: NOW, endsAt: NOW + 60_000 });
  expect((await get(`/api/v1/cameras/cam-2/recording?at=${NOW}`)).json().fault.code).toBe('CAMERA_NO_RECORDING');
  for (const [query, pointer] of [[`moment?at=${NOW}&topics=vehicle`, '/topics'], [`stretch?after=0&from=${NOW}&until=1`, '/until'], [`stretch?after=0&from=0&until=${NOW}`, '/until'], ['moment', '/at']])
    expect((await get(`/api/v1/replay/${query}`)).json().fault, query).toMatchObject({ code: 'REQUEST_QUERY', pointer });
});

test('decisions taken in front of a wall are read by who may see their unit', async () => {
  const path = `/api/v1/walls/w2x2/decisions?from=${NOW - 60_000}&until=${NOW}`;
  expect((await get(path)).json().items).toMatchObject([{ wall: 'w2x2', by: 'Chánh văn phòng', request: { unit: '20242', title: 'Bơm nước hầm chui' } }]);
  expect((await get(path, 'wall-device')).json().fault.code).toBe('AUTH_FORBIDDEN');
  expect((await get(`/api/v1/walls/w2x2/decisions?from=0&until=${NOW}`)).json().fault).toMatchObject({ code: 'REQUEST_QUERY', pointer: '/until' });
});

test('a command without a socket meets the same schema, handler and refusals', async () => {
  const post = (name: string, payload: object) => http.app.inject({ method: 'POST', url: `/api/v1/commands/${name}`, payload, headers: asPerson('operator') });
  expect((await post('wall.take', { wall: 'w2x2' })).json().wall).toBe('w2x2');
  expect((await post('wall.take', { wall: 'w9x9' })).json().fault.code).toBe('WALL_UNKNOWN');
  expect((await post('wall.take', { wall: 'w2x2', force: true })).json().fault).toMatchObject({ code: 'REQUEST_BODY', pointer: '/force' });
  for (const name of ['alert.acknowledge', 'topic.join', 'nothing', 'constructor']) expect((await post(name, { id: 'al-1' })).json().fault.code, name).toBe('COMMAND_UNKNOWN');
});

test('the domain clock moves forwards by an administrator, and is not there when real', async () => {
  const move = (payload: object, app = http.app, who = 'admin') => app.inject({ method: 'POST', url: '/api/v1/clock', payload, headers: asPerson(who) });
  expect((await move({ at: NOW + 60_000, rate: 0 })).json()).toEqual({ at: NOW + 60_000, rate: 0, isReal: false });
  expect((await move({ at: NOW })).json().fault.code).toBe('CLOCK_BACKWARDS');
  expect((await move({ rate: 101 })).json().fault.pointer).toBe('/rate');
  expect((await move({ rate: 1 }, http.app, 'operator')).statusCode).toBe(403);
  const real = await createTestApp((deps) => ({ ...deps, clock: createRealClock() }));
  expect((await move({ rate: 1 }, real.app)).statusCode).toBe(404);
  await real.close();
});

test('CSV opens in Excel: marked as UTF-8, Vietnamese headings, formulas as text, every page gathered', async () => {
  const answer = await get('/api/v1/export/alerts.csv');
  expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="alerts.csv"' });
  const text = answer.rawPayload.toString('utf8');
  expect(text.startsWith('\uFEFFMã,Mức,Loại,Tiêu đề')).toBe(true);
  const [, first = ''] = text.split('\r\n');
  expect(first).toContain('al-1,1 – ĐỎ,Ngập lụt,"\'=HYPERLINK(""http://x"")","dòng 1\nông nói ""được"""');
  expect(first).toContain('01/10/2026 10:00:00');
  expect(first).toContain('MÔ PHỎNG');
  const rows = parse(text, { bom: true }) as string[][];
  expect(rows).toHaveLength(1102);
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
});

test('XLSX and GeoJSON say the same', async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await get('/api/v1/export/alerts.xlsx')).rawPayload as unknown as ArrayBuffer);
  const sheet = book.getWorksheet('Cảnh báo')!;
  expect([sheet.rowCount, sheet.getCell('D2').value]).toEqual([1102, '\'=HYPERLINK("http://x")']);
  const { features } = (await get('/api/v1/export/alerts.geojson?level=1')).json();
  expect([features.length, features[0].geometry, features[1].geometry]).toEqual([1101, { type: 'Point', coordinates: [108.2, 16.06] }, null]);
});

test('every export answers in each format with headings of its own', async () => {
  for (const name of EXPORTS) {
    const csv = await get(`/api/v1/export/${name}.csv?csv=vi`);
    expect([name, csv.statusCode]).toEqual([name, 200]);
    const { header } = tableOf(name, [], false);
    expect(csv.rawPayload.toString('utf8').split('\r\n')[0]).toBe(`\uFEFF${header.join(';')}`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await get(`/api/v1/export/${name}.xlsx`)).rawPayload as unknown as ArrayBuffer);
    expect(book.worksheets[0]!.getRow(1).values).toEqual([undefined, ...header]);
    expect((await get(`/api/v1/export/${name}.geojson`)).json()).toMatchObject({ type: 'FeatureCollection' });
  }
});

test('readings, streets and the wall log leave as rows in words', async () => {
  const rows = async (name: string) => parse((await get(`/api/v1/export/${name}.csv`)).body, { bom: true, columns: true }) as Record<string, string>[];
  expect((await rows('wall-log'))[0]).toMatchObject({ 'Màn hình ghép': 'w2x2', 'Thao tác': 'đổi bố cục', Ai: 'Trực ban', 'Vì sao': 'Giờ cao điểm' });
  expect((await rows('traffic'))[0]).toMatchObject({ 'Đoạn đường': 'c1', 'Tốc độ (km/h)': '18', 'Nguồn gốc dữ liệu': 'MÔ PHỎNG' });
  expect((await get(`/api/v1/export/sensors.csv?at=${NOW}`)).statusCode).toBe(200);
});

test('the form of every layout file is published for editors, without a session', async () => {
  for (const kind of Object.keys(LAYOUT_KINDS)) {
    const answer = await http.app.inject(`/api/v1/layout-schemas/${kind}`);
    expect(answer.headers['content-type']).toContain('application/schema+json');
    expect(answer.json()).toEqual(JSON.parse(readFileSync(new URL(`../../layouts/schema/${kind}.json`, import.meta.url), 'utf8')));
  }
  expect((await http.app.inject('/api/v1/layout-schemas/user')).statusCode).toBe(404);
});

test('an export holds only what its reader may see', async () => {
  expect((await get('/api/v1/export/alerts.csv', 'ward-officer')).body.match(/^al-/gm)).toHaveLength(1);
  expect((await get('/api/v1/export/alerts.csv', 'wall-device')).statusCode).toBe(403);
  expect((await get('/api/v1/export/users.csv', 'admin')).statusCode).toBe(404);
});

test('accounts and keys are made by an administrator', async () => {
  const post = (url: string, payload: object) => http.app.inject({ method: 'POST', url, payload, headers: asPerson('admin') });
  const account = { user: 'truc.ban', name: 'Trực ban', position: 'Trực ban', roles: ['operator'], units: null, password: 'một câu đủ dài' };
  expect((await post('/api/v1/users', account)).statusCode).toBe(201);
  expect((await post('/api/v1/users', { ...account, user: 'taken' })).json().fault.code).toBe('STATE_CONFLICT');
  expect((await post('/api/v1/users', { ...account, roles: ['root'] })).json().fault.code).toBe('REQUEST_BODY');
  expect((await post('/api/v1/users/us-9/disabled', { isDisabled: true })).statusCode).toBe(404);
  expect((await get('/api/v1/users', 'admin')).body).not.toContain('password');
  expect((await post('/api/v1/keys', { id: 'mua', name: 'Trạm mưa', topics: ['sensor'], provenance: 'real' })).json().key).toMatch(/^ioc_mua_/);
  expect((await post('/api/v1/keys', { id: 'mua', name: 'Trạm mưa', topics: ['rain'], provenance: 'real' })).json().fault.pointer).toBe('/topics');
});
