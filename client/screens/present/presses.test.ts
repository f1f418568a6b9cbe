import { expect, test } from 'vitest';
import { Presses, type Shut } from './presses.svelte.ts';

const presenter = () => {
  const stage = { shut: null as Shut | null, steps: 0 };
  const presses = new Presses(() => stage.shut);
  const press = (event?: { repeat: boolean }) => presses.take(async () => (stage.steps += 1), event);
  return { stage, presses, press };
};

test('a press while the server is away is said, and never comes later', () => {
  const { stage, presses, press } = presenter();
  stage.shut = 'cut';
  press();
  expect([stage.steps, presses.missed]).toEqual([0, 'cut']);
  stage.shut = null;
  expect([stage.steps, presses.missed]).toEqual([0, 'cut']);
  press();
  expect([stage.steps, presses.missed]).toEqual([1, null]);
});

test('a key held down and a press upon a press are one step', () => {
  const { stage, presses, press } = presenter();
  press({ repeat: false });
  press({ repeat: true });
  stage.shut = 'sending';
  press({ repeat: false });
  expect([stage.steps, presses.missed]).toEqual([1, 'sending']);
});
