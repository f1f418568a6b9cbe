import { expect, test } from 'vitest';
import type { CameraHealthRow } from '#contract/cameras.ts';
import { groupHealth, isClockOff, isDown, toCsv } from './health.ts';

const row = (known: Partial<CameraHealthRow>): CameraHealthRow => ({
  id: 'cam-1', name: 'Cầu Rồng', unit: null, ward: '20242', contractor: null, state: 'live', since: null, checkedAt: null, availability: 1, outages: 0, longestOutageMs: 0, frozenMs: 0, clockOffsetMs: null, hasDefaultLogin: false, request: null, ...known,
});

test.each([['live', false], ['idle', false], [null, false], ['frozen', true], ['unreachable', true], ['no-stream', true]] as const)('a camera that is %s is down: %s', (state, isSo) => {
  expect(isDown(row({ state }))).toBe(isSo);
});

test.each([[null, false], [-29_000, false], [31_000, true], [-90_000, true]])('a clock that is %j ms off names the wrong minute: %s', (clockOffsetMs, isSo) => {
  expect(isClockOff(row({ clockOffsetMs }))).toBe(isSo);
});

test('groups stand with the worst first, and who was never looked at does not count as well or ill', () => {
  const rows = [row({ ward: 'a' }), row({ ward: 'a', availability: null, state: null }), row({ ward: 'b', state: 'lost', availability: 0.5 }), row({ ward: 'c', availability: 0.9 }), row({ ward: null, availability: null })];
  expect(groupHealth(rows, 'ward')).toEqual([
    { code: 'b', all: 1, down: 1, availability: 0.5 },
    { code: 'c', all: 1, down: 0, availability: 0.9 },
    { code: 'a', all: 2, down: 0, availability: 1 },
    { code: null, all: 1, down: 0, availability: null },
  ]);
});

test('a report opens in a spreadsheet, and nothing in it is run there', () => {
  expect(toCsv([['Tên', 'a"b'], [], ['=1+1', '-']])).toBe('\ufeff"Tên","a""b"\r\n\r\n"\'=1+1","\'-"\r\n');
});
