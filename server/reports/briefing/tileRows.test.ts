import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { FeedHealth, LogEntry } from '#contract/entry.ts';
import { encodeFrame } from '#contract/frame.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { Tile } from '#contract/wall.ts';
import type { RowsOf } from './board.ts';
import { lateOf, weeklyAt } from './late.ts';
import { tileRows } from './tileRows.ts';

const AT = Date.UTC(2026, 9, 1, 3);
const HOUR = 3_600_000;
let seq = 0;
const entry = (topic: string, id: string, body: object): LogEntry => ({ seq: ++seq, topic, key: id, id, rev: 1, at: AT, body });
const status = (id: string, unit: string, code: string, level: string, values: (number | null)[]) => entry('red-status', id, { id, unit, level, since: AT - 50 * HOUR, redSince: null, subject: { topic: 'indicator', code, title: `Chỉ tiêu ${code}` }, trend: values.map((value, at) => ({ period: `2026-0${at + 1}`, value, level })) });
const open = [
  entry('alert', 'al-1', { title: 'Ngập', level: 2, kind: 'flood', state: 'raised' }),
  entry('alert', 'al-2', { title: 'Cháy', level: 1, kind: 'fire', state: 'assigned' }),
  entry('alert', 'al-3', { title: 'Cây đổ', level: 1, kind: 'fire', state: 'closed' }),
  entry('feedback', 'fb-1', { description: 'Rác ùn lại', service: 'environment', state: 'received', receivedAt: AT - 9 * HOUR, dueAt: AT - HOUR, position: [108.22, 16.06] }),
  entry('feedback', 'fb-2', { description: 'Đèn hỏng', service: 'public-lighting', state: 'received', receivedAt: AT - 2 * HOUR, dueAt: AT + HOUR, position: [108.1, 16.06] }),
  entry('handling-request', 'hr-1', { title: 'Thay bóng', unit: '20242', step: 'sent', dueAt: AT + HOUR, about: { topic: 'feedback', id: 'fb-2' } }),
  entry('handling-request', 'hr-2', { title: 'Dọn rác', unit: '20275', step: 'accepted', dueAt: AT - HOUR, about: { topic: 'alert', id: 'al-1' } }),
  status('rs-1', 'A', 'KT-1', 'red', [60, 63.44, null]),
  status('rs-2', 'B', 'KT-1', 'green', [96, 90]),
];
const dossiers = (id: string, unit: string, day: string, onTime: number, overdue: number) => entry('dossier', id, { id, unit, provenance: 'real', at: AT, values: { procedure: 'TT', day, received: onTime + overdue + 1, onTime, overdue } });
const counted = (code: string, unit: string, value: number) => entry('red-status', `${code}-${unit}`, { id: `${code}-${unit}`, unit, level: 'green', since: AT, redSince: null, provenance: 'real', subject: { topic: 'indicator', code, title: code }, value, asOf: AT, trend: [] });
const boards = [
  dossiers('do-1', 'A', '2026-09-30', 90, 10), dossiers('do-2', 'B', '2026-09-29', 38, 12), dossiers('do-3', 'B', '2026-08-01', 0, 99),
  counted('ATTT-01', 'A', 50), counted('ATTT-02', 'A', 40), counted('ATTT-03', 'A', 9),
  entry('document', 'dc-1', { at: AT, values: { number: '7/TB', issuedOn: '2026-09-01', issuer: 'VP', title: 'Thông báo', direction: 'in' } }),
  entry('document', 'dc-2', { at: AT, values: { number: '8/BC', issuedOn: '2026-09-02', issuer: 'VP', title: 'Báo cáo', direction: 'out' } }),
  entry('security-event', 'sv-1', { at: AT - HOUR, values: { kind: 'scan', severity: 3, asset: 'Máy 1' } }),
  entry('security-event', 'sv-2', { at: AT - 2 * HOUR, values: { kind: 'malware', severity: 1, asset: 'Máy 2', text: 'Mã độc' } }),
  entry('security-event', 'sv-3', { at: AT - 25 * HOUR, values: { kind: 'old', severity: 1, asset: 'Máy 3' } }),
];
const sensor = (ref: string, kind: string, value: number): SensorState => ({ ref, name: `Trạm ${ref}`, kind, value, unitOfMeasure: 'm', position: null, unit: null, at: AT - 5 * 60_000, provenance: 'real', bounds: { worse: 'above', amber: 1, red: 2 } });
const sensors = [sensor('s1', 'water-level', 0.5), sensor('s2', 'water-level', 2.4), sensor('s3', 'rain', 1.5)];
const [none, nowhere] = [new Uint32Array(), new Int16Array()];
const percents = [10, 30, 30, 60, 90, 100, 100, 100];
const frame = Buffer.from(encodeFrame({ layer: 'traffic', isKey: true, number: 1, at: AT, removed: none, moved: { slot: none, dLon: nowhere, dLat: nowhere, heading: new Uint8Array(), speed: new Uint8Array() }, placed: { slot: Uint32Array.from(percents.keys()), lon: new Int32Array(8), lat: new Int32Array(8), heading: new Uint8Array(8), speed: new Uint8Array(8), kind: Uint8Array.from(percents) } })).toString('base64');
const feed = (id: string, state: FeedHealth['state'], lastAt: number | null = null): FeedHealth => ({ id, name: `Nguồn ${id}`, state, ageMs: null, lastAt, accepted: 1, rejected: 0 });
const feeds = [feed('a', 'live'), feed('b', 'down', AT - HOUR)];
const listed = (widget: string, settings: Record<string, unknown> = {}, entries = open, stood: RowsOf['feeds'] = feeds) => tileRows({ id: 't', widget, rect: { x: 0, y: 0, width: 1, height: 1 }, settings } as Tile, { entries, sensors, frames: [{ layer: 'traffic', at: AT - 30_000, provenance: 'simulated', grain: 'keyframe', bytes: frame }], feeds: stood, at: AT, language: 'vi', percent: (share) => `${Math.round(share * 1000) / 10} %`.replace('.', ','), unitName: (code) => `đơn vị ${code}`, number: (value) => String(Math.round(value * 10) / 10).replace('.', ','), time: (at) => new Date(at).toISOString().slice(11, 16), dateTime: (at) => new Date(at).toISOString(), say: (key, blanks = {}) => [key, ...Object.values(blanks)].join(' ') })?.map(({ text, level }) => [text, level]);

test('alerts that are over are not listed, and a tile of one alert shows that one', () => {
  expect(listed('alert-list')).toEqual([['Cháy', 1], ['Ngập', 2]]);
  expect(listed('alert-list', { kinds: ['flood'] })).toEqual([['Ngập', 2]]);
  expect(listed('alert-focus', { alert: 'al-1' })).toEqual([['Ngập', 2]]);
  expect(listed('alert-focus')).toEqual([['Cháy', 1]]);
});

test('reports and requests are those the tile asks for', () => {
  expect(listed('feedback-list', { services: ['environment'] })).toEqual([['Rác ùn lại', 0]]);
  expect(listed('feedback-list', { near: [108.1, 16.06], withinM: 500 })).toEqual([['Đèn hỏng', 0]]);
  expect(listed('feedback-list')?.map(([text]) => text)).toEqual(['Rác ùn lại', 'Đèn hỏng']);
  expect(listed('feedback-list', { newestFirst: true })?.map(([text]) => text)).toEqual(['Đèn hỏng', 'Rác ùn lại']);
  expect(listed('response', { alert: 'al-1' })).toEqual([['đơn vị 20275: Dọn rác', 0]]);
  expect(listed('countdown')).toEqual([['đơn vị 20242: Thay bóng', 0]]);
});

test('a board of late work says its sum, the week and the units; a weekly deadline its next time', () => {
  expect(listed('overdue-board')?.map(([text]) => text)).toEqual(['overdueOf 2 4', 'againstWeek 2 0', 'unassigned: 1', 'đơn vị 20275: 1']);
  expect(listed('overdue-board', { about: 'handling-request' })?.map(([text]) => text)).toEqual(['overdueOf 1 2', 'againstWeek 1 0', 'đơn vị 20275: 1']);
  expect(lateOf([{ unit: 'A', dueAt: AT - 8 * 24 * HOUR }, { unit: 'A', dueAt: AT - HOUR }, { dueAt: AT + HOUR }], AT)).toEqual({ overdue: 2, total: 3, before: 1, units: [['A', 2]] });
  expect(listed('countdown', { weekly: { day: 5, at: '15:00' }, label: 'Báo cáo tuần' })).toEqual([['Báo cáo tuần: 2026-10-02T08:00:00.000Z', 0]]);
  expect(new Date(weeklyAt({ day: 4, at: '09:59' }, AT)).toISOString()).toBe('2026-10-08T02:59:00.000Z');
});

test('only what is ĐỎ stands with the RED units; an indicator has its newest value, – without one', () => {
  expect(listed('red-units')).toEqual([['đơn vị A · days 2: Chỉ tiêu KT-1', 1]]);
  expect(listed('indicator-board', { rows: [{ code: 'KT-1', label: 'Giải ngân', unitOfMeasure: '%' }, { code: 'KT-2' }] })).toEqual([['Giải ngân: 76,7 %', 1], ['KT-2: –', 0]]);
});

test('words are those of the language; a tile that shows nothing the log keeps has none', () => {
  expect(listed('text', { vi: 'Một\nHai', en: 'One' })).toEqual([['Một', 0], ['Hai', 0]]);
  expect(listed('clock')).toEqual([['03:00', 0]]);
  expect(listed('data-health', {}, open, null)).toBeUndefined();
  expect(listed('sensor-board', { kinds: ['noise'] })).toBeUndefined();
});

test('boards of counts say what the registers said then', () => {
  expect(listed('dossier-board', {}, boards)).toEqual([['onTime 85,3 %', 0], ['dossiers 152 22', 0], ['đơn vị B: 76 %', 2], ['đơn vị A: 90 %', 0]]);
  expect(listed('dossier-board', { days: 1 }, boards)).toEqual([['onTime 90 %', 0], ['dossiers 101 10', 0], ['đơn vị A: 90 %', 0]]);
  expect(listed('dossier-board')).toEqual([]);
  expect(listed('coverage-board', {}, boards)).toEqual([['watched Máy chủ: 40/50 (80 %)', 0], ['đơn vị A, Máy chủ: 40/50 (80 %)', 0]]);
  expect(listed('document-list', {}, boards)).toEqual([['Báo cáo · 8/BC · out · 02/09/2026', 0], ['Thông báo · 7/TB · in · 01/09/2026', 0]]);
  expect(listed('document-list', { direction: 'in' }, boards)?.map(([text]) => text)).toEqual(['Thông báo · 7/TB · in · 01/09/2026']);
  expect(listed('security-board', {}, boards)).toEqual([['2 securityEvents', 0], ['Mã độc · 01:00 · Máy 2', 1], ['scan · 02:00 · Máy 1', 3]]);
});

test('sensors and streets are told from what is kept of that moment, each with its time', () => {
  expect(listed('sensor-board')).toEqual([['2,4 m · Trạm s2 · 02:55', 1], ['1,5 m · Trạm s3 · 02:55', 2], ['0,5 m · Trạm s1 · 02:55', 0]]);
  expect(listed('sensor-board', { refs: ['s1'] })).toEqual([['0,5 m · Trạm s1 · 02:55', 0]]);
  expect(listed('traffic-state')).toEqual([['62,5 % moving', 0], ['free: 4', 0], ['slow: 1', 0], ['heavy: 2', 0], ['jammed: 1', 0]]);
});

test('a tile of cameras that was told none shows the first by name', () => {
  const cameras = ['Cầu Rồng', 'An Hải', 'Bạch Đằng', 'A chưa có luồng'].map((name, index) => entry('camera', `cam-${index}`, { id: `cam-${index}`, name, streams: index < 3 ? [{ role: 'sub', kind: 'rtsp' }] : [] }));
  expect(listed('camera-strip', { most: 2 }, cameras)?.map(([text]) => text)).toEqual(['An Hải', 'Bạch Đằng']);
  expect(listed('camera', {}, cameras)?.map(([text]) => text)).toEqual(['An Hải']);
  expect(listed('camera-matrix', { cameras: ['cam-0', 'cam-1'] }, cameras)?.map(([text]) => text)).toEqual(['Cầu Rồng', 'An Hải']);
});

test('sources are told as they stood, those in trouble first and since when', () => {
  expect(listed('data-health')).toEqual([['feedsLive 1 2', 0], [`Nguồn b · feed-down · lastHeard ${new Date(AT - HOUR).toISOString()}`, 1], ['Nguồn a · feed-live', 0]]);
});

test('all that the shipped scenarios show is told, but for the map', () => {
  const layouts = ['scenarios', 'stages'].map((folder) => fileURLToPath(new URL(`../../../layouts/${folder}/`, import.meta.url)));
  const files = layouts.flatMap((folder) => readdirSync(folder).map((file) => readFileSync(`${folder}${file}`, 'utf8')));
  const shown = new Set(files.flatMap((yaml) => [...yaml.matchAll(/widget: ([a-z-]+)/g)].map(([, widget]) => widget!)));
  expect(shown.size).toBeGreaterThan(15);
  expect([...shown].filter((widget) => widget !== 'map' && listed(widget) === undefined)).toEqual([]);
});
