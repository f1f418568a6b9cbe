import { expect, test } from 'vitest';
import { pageAddress, stillFacts } from './model.ts';

test('it is live with a source, stale without the server, empty without either', () => {
  const source = { isOnline: true, now: 1500, heardAt: 700 };
  expect(stillFacts('/a', source)).toMatchObject({ state: 'live', asOf: 1000 });
  expect(stillFacts('/a', { ...source, isOnline: false })).toMatchObject({ state: 'stale', asOf: 700 });
  expect(stillFacts(undefined, source)).toMatchObject({ state: 'empty' });
});

test('a page is named by its number, the first without one', () => {
  expect(pageAddress('/files/a.pdf', 3)).toContain('#page=3&');
  expect(pageAddress('/files/a.pdf')).toContain('#page=1&');
});
