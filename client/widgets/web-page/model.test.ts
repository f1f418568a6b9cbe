import { expect, test } from 'vitest';
import { isBlocked, stillFacts } from './model.ts';

test('it is live with a source, stale without the server, empty without either', () => {
  const source = { isOnline: true, now: 1500, heardAt: 700 };
  expect(stillFacts('/a', source)).toMatchObject({ state: 'live', asOf: 1000 });
  expect(stillFacts('/a', { ...source, isOnline: false })).toMatchObject({ state: 'stale', asOf: 700 });
  expect(stillFacts(undefined, source)).toMatchObject({ state: 'empty' });
});

test('a page outside the allow-list is known by the report of the browser', () => {
  const violation = { blockedURI: 'https://example.vn', effectiveDirective: 'frame-src' };
  expect(isBlocked('https://example.vn/a', violation)).toBe(true);
  expect(isBlocked('https://other.vn/', violation)).toBe(false);
  expect(isBlocked('https://example.vn/a', { ...violation, effectiveDirective: 'img-src' })).toBe(false);
});
