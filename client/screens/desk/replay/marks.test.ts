import { expect, test } from 'vitest';
import type { WallLogLine } from '#contract/past.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { markBeside, marksOf } from './marks.ts';

const alert = (id: string, raisedAt: number, level: 1 | 2 | 3) => ({ id, raisedAt, level, title: 'Ngập' }) as AlertState;
const line = (rev: number, at: number, act: string): WallLogLine => ({ wall: 'w2x2', rev, at, applyAt: at, act, by: 'Lan', why: '', scene: 'toan-canh', hash: '', chain: null });

test('what lies in the span is marked at its place; quiet changes and low alerts are not', () => {
  const marks = marksOf(
    {
      alerts: [alert('al-1', 1500, 1), alert('al-2', 1500, 3), alert('al-3', 900, 1)],
      lines: [line(2, 2000, 'scene'), line(3, 1200, 'take')],
      bookmarks: [{ id: 'bm-1', at: 1000, name: 'Mưa lớn', wall: null, madeBy: 'Lan', madeAt: 1 }],
    },
    { from: 1000, until: 2000 },
  );
  expect(marks.map(({ kind, id, share }) => [kind, id, share])).toEqual([['wall', 'w2x2/2', 1], ['alert', 'al-1', 0.5], ['bookmark', 'bm-1', 0]]);
});

test('a span without length marks nothing outside of it', () => {
  expect(marksOf({ alerts: [alert('al-1', 5, 1)], lines: [], bookmarks: [] }, { from: 10, until: 10 })).toEqual([]);
});

test('every mark can be reached one after the other, those of one moment at once', () => {
  const marks = marksOf({ alerts: [alert('al-1', 5000, 1), alert('al-2', 5050, 1)], lines: [line(2, 6000, 'scene')], bookmarks: [{ id: 'bm-1', at: 3000, name: 'Mưa', wall: null, madeBy: 'Lan', madeAt: 1 }] }, { from: 0, until: 10_000 });
  expect(markBeside(marks, 0, 'on')?.id).toBe('bm-1');
  expect(markBeside(marks, 3000, 'on')?.id).toBe('al-1');
  expect(markBeside(marks, 5000, 'on')?.id).toBe('w2x2/2');
  expect(markBeside(marks, 6000, 'on')).toBeUndefined();
  expect(markBeside(marks, 6000, 'back')?.id).toBe('al-2');
  expect(markBeside(marks, 3000, 'back')).toBeUndefined();
});
