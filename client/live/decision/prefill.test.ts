import { expect, test } from 'vitest';
import type { Decision } from '#contract/decision.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Tile, WallState } from '#contract/wall.ts';
import { givenOf, isAboutLate, prefillOf, tomorrowAt, type Known } from './prefill.ts';

const NOW = Date.UTC(2026, 9, 1, 3);
const FIVE_TOMORROW = Date.UTC(2026, 9, 2, 10);
const tile = (widget: string): Tile => ({ id: 't', widget, rect: { x: 0, y: 0, width: 1, height: 1 } });
const knowing = (known: Partial<Known>): Known => ({ alerts: [], red: [], requests: [], feedback: [], now: NOW, ...known });
const late = (unit: string | null, title: string, agoH: number, more: object = {}) => ({ unit, ward: null, title, description: title, dueAt: NOW - agoH * 3_600_000, step: 'sent', state: 'assigned', requestId: null, duplicateOf: null, ...more });
const alert = { id: 'al-1', title: 'Ngập hầm chui', unit: null, ward: '20242' } as AlertState;
const red = (id: string, unit: string, redSince: number, code = id) => ({ id, unit, level: 'red', redSince, subject: { code, title: `Chỉ tiêu ${id}` } }) as RedStatusState;

test('the alert that has the wall comes first', () => {
  const composed: WallState['composed'] = { alert: 'al-1', level: 1, title: 'Ngập', raisedAt: 1, rule: 'canh-bao-do', until: 2 };
  expect(prefillOf({ tiles: [tile('red-units')], composed }, knowing({ alerts: [alert], red: [red('rs-1', '48', 1)] }))).toEqual({ unit: '20242', text: 'Ngập hầm chui', dueAt: FIVE_TOMORROW });
});

test('an alert that a tile follows is what is spoken of', () => {
  expect(prefillOf({ tiles: [{ ...tile('alert-focus'), settings: { alert: 'al-1' } }, tile('red-units')] }, knowing({ alerts: [alert], red: [red('rs-1', '48', 1)] }))).toMatchObject({ unit: '20242', text: 'Ngập hầm chui' });
});

test('a wall of RED suggests what was RED longest; another wall suggests nothing but the time', () => {
  const both = [red('rs-1', '20242', 50), red('rs-2', '20263', 10)];
  expect(prefillOf({ tiles: [tile('red-units')] }, knowing({ alerts: [alert], red: both }))).toMatchObject({ unit: '20263', text: 'Chỉ tiêu rs-2' });
  expect(prefillOf({ tiles: [tile('map')] }, knowing({ alerts: [alert], red: both }))).toEqual({ unit: '', text: '', dueAt: FIVE_TOMORROW });
  expect(prefillOf(null, knowing({})).text).toBe('');
});

test('a wall of one indicator suggests who is RED for that one, and a second decision goes to the next', () => {
  const all = [red('rs-1', '20242', 10, 'KTXH-01'), red('rs-2', '20263', 50, 'KTXH-05'), red('rs-3', '20275', 60, 'KTXH-05')];
  const tiles = [{ ...tile('indicator-board'), settings: { rows: [{ code: 'KTXH-05' }] } }, { ...tile('red-units'), settings: { codes: ['KTXH-05'] } }];
  const first = prefillOf({ tiles }, knowing({ red: all }));
  expect(first).toMatchObject({ unit: '20263', text: 'Chỉ tiêu rs-2' });
  expect(prefillOf({ tiles }, knowing({ red: all }), [first])).toMatchObject({ unit: '20275' });
});

test('a wall of late work suggests what waits longest and has a unit; tiles take turns', () => {
  const requests = [late('20242', 'Vá ổ gà', 24), late('20257', 'Khơi cống', 216), late('20263', 'Đã làm', 300, { step: 'carried-out' })] as unknown as HandlingRequestState[];
  const feedback = [late('20275', 'Đèn hỏng', 400, { rehearsal: 'run-9' }), late(null, 'Không ai nhận', 500), late(null, 'Rác tồn', 48, { ward: '20275' })] as unknown as FeedbackState[];
  const known = knowing({ requests, feedback, red: [red('rs-1', '48', 1)] });
  const tiles = [tile('overdue-board'), tile('red-units')];
  const given = [prefillOf({ tiles }, known)];
  given.push(prefillOf({ tiles }, known, given));
  given.push(prefillOf({ tiles }, known, given));
  expect(given.map(({ unit, text }) => `${unit} ${text}`)).toEqual(['20257 Khơi cống', '48 Chỉ tiêu rs-1', '20275 Rác tồn']);
  const own = { tiles: [{ ...tile('overdue-board'), settings: { about: 'feedback' } }], story: { run: 'run-9' } as WallState['story'] };
  expect(prefillOf(own, known)).toMatchObject({ unit: '20275', text: 'Đèn hỏng' });
  expect([isAboutLate(own), isAboutLate({ tiles: [tile('map')] }), isAboutLate(null)]).toEqual([true, false, false]);
});

test('what another device decided is not suggested here, with words added or cut to a title, unless another rehearsal decided it', () => {
  const long = 'Ngập '.repeat(80).trim();
  const known = knowing({ red: [red('rs-1', '20242', 50), red('rs-2', '20263', 60)], feedback: [late('20275', long, 10)] as unknown as FeedbackState[] });
  const made = (unit: string, title: string, rehearsal: string | null = null) => ({ request: { unit, title, rehearsal } }) as Decision;
  const suggested = (...decisions: Decision[]) => prefillOf({ tiles: [tile('red-units')] }, known, givenOf(decisions, 'run-2')).unit;
  expect(suggested(made('20242', 'Chỉ tiêu rs-1'))).toBe('20263');
  expect(suggested(made('20242', 'Chỉ tiêu rs-1: báo cáo trước thứ Sáu', 'run-2'))).toBe('20263');
  expect([suggested(made('20263', 'Chỉ tiêu rs-1')), suggested(made('20242', 'Chỉ tiêu rs-1', 'run-1'))]).toEqual(['20242', '20242']);
  expect(prefillOf({ tiles: [tile('overdue-board')] }, known, givenOf([made('20275', long.slice(0, 300))], undefined)).unit).toBe('');
});

test('five in the afternoon of the next day is told by the clock of Việt Nam', () => {
  expect(tomorrowAt(Date.UTC(2026, 9, 1, 18))).toBe(Date.UTC(2026, 9, 3, 10));
});
