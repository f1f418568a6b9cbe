import { expect, test } from 'vitest';
import type { StreetSign } from '#contract/traffic.ts';
import { streetMarks } from './streetMarks.ts';

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;
const event = (change: Partial<StreetSign>): StreetSign => ({ id: 'te-1', kind: 'closure', title: 'Thi công cống', position: [108.22, 16.06], line: [[108.22, 16.06], [108.22, 16.07]], fromAt: NOW - HOUR, toAt: null, ...change });
const marks = (...events: StreetSign[]) => streetMarks(events, NOW, (kind) => kind.toUpperCase(), (at) => `từ ${at}`);

test('a street event says in words what it is and lies on its stretch', () => {
  expect(marks(event({}))).toEqual([{ id: 'te-1', kind: 'closure', position: [108.22, 16.06], line: [[108.22, 16.06], [108.22, 16.07]], isNow: true, word: 'CLOSURE', label: 'CLOSURE: Thi công cống' }]);
});

test('what is planned says from when and is not there yet', () => {
  expect(marks(event({ kind: 'planned', fromAt: NOW + HOUR }))).toMatchObject([{ isNow: false, label: `PLANNED: Thi công cống · từ ${NOW + HOUR}` }]);
});

test('what is over is not drawn, and a long title is cut', () => {
  expect(marks(event({ toAt: NOW }))).toEqual([]);
  expect(marks(event({ title: 'x'.repeat(90) }))[0]!.label).toHaveLength(40);
});
