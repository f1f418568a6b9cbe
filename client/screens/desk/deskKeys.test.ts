import { expect, test } from 'vitest';
import { DEED_FIELDS, type Deed } from './deeds.ts';
import { capOf, DEED_KEYS, DESK_KEYS, neighbourOf } from './deskKeys.ts';

test('every stroke is bound once and by the place of its key', () => {
  const strokes = [...DESK_KEYS, ...DEED_KEYS].map(({ stroke }) => stroke);
  expect(new Set(strokes).size).toBe(strokes.length);
  for (const stroke of strokes) expect(stroke).toMatch(/^(Ctrl\+|Shift\+)?(Key[A-Z]|Slash|Space|Escape)$/);
});

test('the keys the house promises are there', () => {
  const acts = Object.fromEntries(DESK_KEYS.map(({ stroke, act }) => [stroke, act]));
  expect(acts).toMatchObject({ Slash: 'search', KeyG: 'go', KeyA: 'acknowledge', KeyW: 'to-wall', Space: 'hold-tour', 'Shift+Slash': 'help' });
});

test('every deed has a key', () => {
  for (const deed of Object.keys(DEED_FIELDS) as Deed[]) expect(capOf(deed), deed).toBeTruthy();
});

test('moving through a list stops at its ends and starts at its head', () => {
  expect(neighbourOf(['a', 'b'], null, 1)).toBe('a');
  expect(neighbourOf(['a', 'b'], 'a', 1)).toBe('b');
  expect(neighbourOf(['a', 'b'], 'b', 1)).toBe('b');
  expect(neighbourOf(['a', 'b'], 'a', -1)).toBe('a');
  expect(neighbourOf(['a', 'b'], 'gone', -1)).toBe('a');
  expect(neighbourOf([], 'a', 1)).toBeNull();
});
