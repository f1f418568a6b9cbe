import { expect, test } from 'vitest';
import type { Level } from '#contract/base.ts';
import { alarmOf, isDue, isFirst, isSilent, isTestDue, toneOf } from './alarm.ts';

const NOW = 10_000_000;
const alert = (level: Level, more: object = {}) => ({ state: 'raised', status: 'active', level, shelvedUntil: null, duplicateOf: null, receivedAt: NOW, ...more }) as never;

test('the highest priority nobody has taken over sounds', () => {
  expect(alarmOf([alert(3), alert(2), alert(2, { receivedAt: NOW + 5 })], NOW)).toEqual({ level: 2, newestAt: NOW + 5, count: 2 });
  expect(alarmOf([alert(1, { state: 'acknowledged' }), alert(2, { shelvedUntil: NOW + 1 }), alert(3, { duplicateOf: 'al-1' }), alert(4, { status: 'ended' })], NOW)).toBeNull();
});

test('every priority has a tone of its own, the graver one heard more often', () => {
  const tones = ([1, 2, 3, 4] as const).map(toneOf);
  expect(new Set(tones.map(({ notes }) => JSON.stringify(notes))).size).toBe(4);
  expect(tones.map(({ repeatMs }) => repeatMs)).toEqual([...tones.map(({ repeatMs }) => repeatMs)].sort((a, b) => a - b));
});

test('a tone is heard again after its wait, a graver one at once', () => {
  expect(isDue(2, null, 0)).toBe(true);
  expect(isDue(2, { level: 2, atMs: 0 }, 7999)).toBe(false);
  expect(isDue(2, { level: 2, atMs: 0 }, 8000)).toBe(true);
  expect(isDue(1, { level: 2, atMs: 0 }, 1)).toBe(true);
});

test('a silence ends at its time, and at once when ĐỎ comes after it', () => {
  const silence = { at: NOW, until: NOW + 60_000, reason: 'đang họp' };
  expect(isSilent(silence, { level: 2, newestAt: NOW + 5, count: 1 }, NOW + 10)).toBe(true);
  expect(isSilent(silence, { level: 1, newestAt: NOW - 5, count: 1 }, NOW + 10)).toBe(true);
  expect(isSilent(silence, { level: 1, newestAt: NOW + 5, count: 1 }, NOW + 10)).toBe(false);
  expect(isSilent(silence, null, NOW + 60_000)).toBe(false);
  expect(isSilent(null, null, NOW)).toBe(false);
});

test('one screen of a room sounds: the one open longest, and the next when it goes', () => {
  const screens = [{ screen: 'b', at: 2 }, { screen: 'a', at: 1 }];
  expect([isFirst('a', screens), isFirst('b', screens)]).toEqual([true, false]);
  expect(isFirst('b', screens.slice(0, 1))).toBe(true);
  expect(isFirst('a', [])).toBe(true);
});

test('the speakers are tested once in every hour', () => {
  const hour = 3_600_000;
  expect(isTestDue(hour * 5 + 1, hour * 6 - 1)).toBe(false);
  expect(isTestDue(hour * 5 + 1, hour * 6)).toBe(true);
});
