import { expect, test } from 'vitest';
import { neighbourScene } from './order.ts';

const scenes = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

test('next and back go round', () => {
  const state = { scene: 'c', tour: null };
  expect([neighbourScene(scenes, undefined, state, 1), neighbourScene(scenes, undefined, state, -1)]).toEqual(['a', 'b']);
  expect(neighbourScene(scenes, undefined, { scene: 'gone', tour: null }, 1)).toBe('a');
  expect(neighbourScene([], undefined, state, 1)).toBeUndefined();
});

test('a running tour goes by its stops', () => {
  const tour = { stops: [{ scene: 'b', dwellS: 5 }, { scene: 'a', dwellS: 5 }, { scene: 'b', dwellS: 5 }] };
  expect(neighbourScene(scenes, tour, { scene: 'b', tour: { id: 't', index: 2, nextAt: 0, isPaused: true } }, -1)).toBe('a');
});
