import { expect, test } from 'vitest';
import type { CatalogueAnswer } from '#contract/red.ts';
import { blamedFields, dayOf, deedsOf, endOfDay, filledFields, promiseOf, tableOf } from './model.ts';

const status = (id: string, unit: string, level: string) => ({ id, unit, level, trend: [] });
const answer = {
  items: [
    { code: 'KTXH-01', service: 'socio-economic', period: 'month', name: { vi: 'Giải ngân vốn', en: 'Disbursement' }, statuses: [status('rs-1', 'SM-A', 'green'), status('rs-2', 'SM-B', 'red')] },
    { code: 'DVC-01', service: 'public-services', period: 'week', name: { vi: 'Hồ sơ trễ hạn', en: 'Late dossiers' }, statuses: [status('rs-3', 'SM-A', 'grey')] },
  ],
} as unknown as CatalogueAnswer;
const ALL = { unit: '', service: '', period: '', level: '', words: '' };

test('the worst stands first, filters narrow, words need no marks', () => {
  expect(tableOf(answer, ALL).map(({ id }) => id)).toEqual(['rs-2', 'rs-1', 'rs-3']);
  expect(tableOf(answer, { ...ALL, unit: 'SM-A' }).map(({ id }) => id)).toEqual(['rs-1', 'rs-3']);
  expect(tableOf(answer, { ...ALL, words: 'giai ngan', level: 'red' }).map(({ id }) => id)).toEqual(['rs-2']);
  expect(tableOf(answer, { ...ALL, service: 'health' })).toEqual([]);
});

test('a field of blanks is not filled', () => {
  expect(filledFields({ cause: '  ', solution: 'x', milestones: [], responsible: null })).toEqual({ cause: false, solution: true, milestones: false, responsible: false });
});

test('a refusal marks the fields it names', () => {
  expect(blamedFields({ detail: 'cause, milestones' })).toEqual(['cause', 'milestones']);
  expect(blamedFields({ pointer: '/milestones/2/dueAt' })).toEqual(['milestones']);
  expect(blamedFields(null)).toEqual([]);
});

test('a promise kept at its moment is kept late', () => {
  expect([promiseOf({ dueAt: 10, keptAt: 9 }, 50), promiseOf({ dueAt: 10, keptAt: 10 }, 50), promiseOf({ dueAt: 10, keptAt: null }, 9), promiseOf({ dueAt: 10, keptAt: null }, 10)]).toEqual(['kept', 'kept-late', 'promised', 'broken']);
});

test('deeds follow the state and the right', () => {
  expect(deedsOf('opened', true, false)).toEqual(['acknowledge', 'submit']);
  expect(deedsOf('submitted', true, false)).toEqual([]);
  expect(deedsOf('submitted', false, true)).toEqual(['accept', 'refuse', 'nudge']);
  expect(deedsOf('verified', false, true)).toEqual(['close']);
  expect(deedsOf('closed', true, true)).toEqual([]);
});

test('a day ends with the office, in the time of Việt Nam', () => {
  expect(endOfDay('2026-11-30')).toBe(Date.UTC(2026, 10, 30, 10));
  expect(dayOf(Date.UTC(2026, 10, 30, 18))).toBe('2026-12-01');
  expect(endOfDay('30/11/2026')).toBeUndefined();
});
