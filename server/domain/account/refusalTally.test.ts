import { expect, test } from 'vitest';
import { createRefusalTally, REFUSAL_WINDOW_MS, refusalAction } from './refusalTally.ts';

const forbidden = { actor: 'ac-2', isKnown: true, route: 'GET /api/v1/users', door: 'GET /api/v1/users', code: 'AUTH_FORBIDDEN' as const };

test('the first refusal of a kind is a line at once, the others one count when the window ends', () => {
  const tally = createRefusalTally();
  tally.note(forbidden);
  expect(tally.take(1000)).toEqual([{ at: 1000, actor: 'ac-2', action: 'door.refuse', object: 'GET /api/v1/users AUTH_FORBIDDEN' }]);
  for (let n = 0; n < 41; n += 1) tally.note(forbidden);
  expect(tally.take(2000)).toEqual([]);
  expect(tally.take(1000 + REFUSAL_WINDOW_MS)).toEqual([expect.objectContaining({ object: 'GET /api/v1/users AUTH_FORBIDDEN ×41' })]);
  expect(tally.take(1000 + 3 * REFUSAL_WINDOW_MS)).toEqual([]);
  tally.note(forbidden);
  expect(tally.take(1000 + 4 * REFUSAL_WINDOW_MS)).toHaveLength(1);
});

test('a flood from many addresses leaves few lines, and can not hide a person of ours', () => {
  const tally = createRefusalTally();
  for (let n = 0; n < 10_000; n += 1) tally.note({ actor: `address-10.0.${n >> 8}.${n & 255}`, isKnown: false, route: `GET /x${n}`, door: `GET /x${n}`, code: 'AUTH_REQUIRED' });
  tally.note(forbidden);
  const lines = [...tally.take(1), ...tally.take(1 + REFUSAL_WINDOW_MS)];
  expect(lines).toHaveLength(22);
  expect(lines).toContainEqual(expect.objectContaining({ actor: 'ac-2' }));
  expect(lines.at(-1)).toMatchObject({ actor: 'system', object: 'others ×9980' });
});

test('somebody who tries one thing after the other is one line with a count, and no more than twelve kinds', () => {
  const tally = createRefusalTally();
  for (let n = 0; n < 500; n += 1) tally.note({ ...forbidden, route: 'GET /api/v1/alerts/:id', door: `GET /api/v1/alerts/al-${n}`, code: 'NOT_FOUND' });
  for (let n = 0; n < 100; n += 1) tally.note({ ...forbidden, route: `GET /r${n}`, door: `GET /r${n}` });
  tally.note({ ...forbidden, actor: 'ac-3' });
  const lines = tally.take(1, true);
  expect(lines[0]).toMatchObject({ action: 'object.refuse', object: 'GET /api/v1/alerts/al-0 NOT_FOUND ×500' });
  expect(lines.filter(({ actor }) => actor === 'ac-2')).toHaveLength(12);
  expect(lines.filter(({ actor }) => actor === 'ac-3')).toHaveLength(1);
});

test('the door of a line is bounded, and what is left is written when the process ends', () => {
  const tally = createRefusalTally();
  tally.note({ ...forbidden, door: `GET /${'x'.repeat(5000)}` });
  tally.note({ ...forbidden, door: `GET /${'x'.repeat(5000)}` });
  const [line] = tally.take(1);
  expect(line!.object.length).toBeLessThan(200);
  tally.note({ ...forbidden, door: `GET /${'x'.repeat(5000)}` });
  expect(tally.take(2, true)).toHaveLength(1);
});

test.each([
  ['AUTH_REFUSED', 'door.refuse'],
  ['AUTH_ORIGIN', 'door.refuse'],
  ['INGEST_SCOPE', 'door.refuse'],
  ['REQUEST_BODY', 'input.refuse'],
  ['RATE_LIMITED', 'input.refuse'],
  ['NOT_FOUND', 'object.refuse'],
  ['STORE_UNAVAILABLE', undefined],
  ['AUTH_PASSWORD_CHANGE', undefined],
] as const)('%s is the action %s', (code, action) => {
  expect(refusalAction(code)).toBe(action);
});
