import { expect, test } from 'vitest';
import { placeInFilm, stillFacts } from './model.ts';

test('it is live with a source, stale without the server, empty without either', () => {
  const source = { isOnline: true, now: 1500, heardAt: 700 };
  expect(stillFacts('/a', source)).toMatchObject({ state: 'live', asOf: 1000 });
  expect(stillFacts('/a', { ...source, isOnline: false })).toMatchObject({ state: 'stale', asOf: 700 });
  expect(stillFacts(undefined, source)).toMatchObject({ state: 'empty' });
});

test('every output is at the same place of the film', () => {
  expect([placeInFilm(12_500, 5), placeInFilm(0, 5), placeInFilm(9000, 0)]).toEqual([2.5, 0, 0]);
});
