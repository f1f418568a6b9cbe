import { expect, test } from 'vitest';
import type { LogEntry } from '#contract/entry.ts';
import type { Tile } from '#contract/wall.ts';
import { lateOf, weeklyAt } from './late.ts';
import { tileRows } from './tileRows.ts';

const AT = Date.UTC(2026, 9, 1, 3);
const HOUR = 3_600_000;
let seq = 0;
const entry = (topic: string, id: string, body: object): LogEntry => ({ seq: ++seq, topic, key: id, id, rev: 1, at: AT, body });
const status = (id: string, unit: string, code: string, level: string, values: (number | null)[]) => entry('red-status', id, { id, unit, level, since: AT - 50 * HOUR, redSince: null, subject: { topic: 'indicator', code, title: `Chỉ tiêu ${code}` }, trend: values.map((value, at) => ({ period: `2026-0${at + 1}`, value, level })) });
const entries = [
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
const listed = (widget: string, settings: Record<string, unknown> = {}) => tileRows({ id: 't', widget, rect: { x: 0, y: 0, width: 1, height: 1 }, settings } as Tile, { entries, at: AT, language: 'vi', unitName: (code) => `đơn vị ${code}`, number: (value) => String(Math.round(value * 10) / 10).replace('.', ','), time: (at) => new Date(at).toISOString().slice(11, 16), dateTime: (at) => new Date(at).toISOString(), say: (key, blanks = {}) => [key, ...Object.values(blanks)].join(' ') })?.map(({ text, level }) => [text, level]);

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
  expect(listed('camera-strip')).toBeUndefined();
  expect(listed('sensor-board')).toBeUndefined();
});
