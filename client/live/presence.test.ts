import { expect, test } from 'vitest';
import { withPresence } from './presence.ts';

const person = { id: 'ac-1', name: 'Trực ban', at: 1 };

test('what somebody has open is known, the newest word counts, and what they left is gone', () => {
  const opened = withPresence(new Map(), { thing: 'al-1', people: [person] });
  const joined = withPresence(opened, { thing: 'al-1', people: [person, { ...person, id: 'ac-2' }] });
  expect([...joined.values()].map((people) => people.length)).toEqual([2]);
  expect([...withPresence(joined, { thing: 'al-1', people: [] })]).toEqual([]);
  expect([...withPresence(opened, { thing: 'al-2', people: [] }).keys()]).toEqual(['al-1']);
});
