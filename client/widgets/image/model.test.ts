import { expect, test } from 'vitest';
import { stillFacts } from './model.ts';

test('it is live with a source, stale without the server, empty without either', () => {
  const source = { isOnline: true, now: 1500, heardAt: 700 };
  expect(stillFacts('/a', source)).toMatchObject({ state: 'live', asOf: 1000 });
  expect(stillFacts('/a', { ...source, isOnline: false })).toMatchObject({ state: 'stale', asOf: 700 });
  expect(stillFacts(undefined, source)).toMatchObject({ state: 'empty' });
});
