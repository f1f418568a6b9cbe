import { expect, test } from 'vitest';
import { faultOf } from '#contract/faults.ts';
import { eventBody, eventKey, isFinal, wants } from './message.ts';

const FLOODS = { topics: ['alert' as const], leastLevel: 2, withSimulated: false };
const entry = (body: object, topic = 'alert') => ({ seq: 7, topic, key: 'k', id: 'al-1', rev: 2, at: 1000, body });

test.each([
  [{ level: 1, provenance: 'real' }, true],
  [{ level: 2, provenance: 'real', rehearsal: null }, true],
  [{ level: 3, provenance: 'real' }, false],
  [{ level: 1, provenance: 'simulated' }, false],
  [{ level: 1, provenance: 'real', rehearsal: 'rh-1' }, false],
])('an alert %o leaves: %s', (body, leaves) => {
  expect(wants(FLOODS, entry(body))).toBe(leaves);
});

test('other things leave when their kind is wanted, whatever their level', () => {
  expect(wants(FLOODS, entry({ provenance: 'real' }, 'feedback'))).toBe(false);
  expect(wants({ ...FLOODS, topics: ['case'] }, entry({ level: 4 }, 'case'))).toBe(true);
  expect(wants({ ...FLOODS, withSimulated: true }, entry({ level: 1, provenance: 'simulated' }))).toBe(true);
});

test('an event is the same text each time it is sent', () => {
  expect(eventBody(eventKey('epoch-1', 7), entry({ level: 1 }))).toBe('{"key":"epoch-1:7","topic":"alert","id":"al-1","rev":2,"at":1000,"state":{"level":1}}');
});

test('only a refusal of the event itself is final', () => {
  const status = (detail: string) => isFinal(faultOf('SOURCE_STATUS', { detail }));
  expect(['HTTP 400', 'HTTP 404', 'HTTP 410', 'HTTP 422'].every(status)).toBe(true);
  expect(['HTTP 408', 'HTTP 429', 'HTTP 500', 'HTTP 503'].some(status)).toBe(false);
  expect([isFinal(faultOf('SOURCE_LOGIN', { detail: 'HTTP 401' })), isFinal(faultOf('SOURCE_UNREACHABLE'))]).toEqual([false, false]);
});
