import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matches, parseMessage } from './parse.ts';

const NOW = Date.UTC(2026, 10, 20, 3);
const WATER = { filter: 'city/water/+', kind: 'water-level', unitOfMeasure: 'm' };
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')) as [string, unknown][];
const read = (name: string) => fixture(name).map(([topic, payload]) => parseMessage(topic, JSON.stringify(payload), WATER, NOW));

test('every good message becomes a reading, with its time in any of three forms', () => {
  expect(read('good')).toMatchObject([
    { ref: 'city/water/tram-01', value: 1.42, at: Date.UTC(2026, 10, 20, 2, 50), position: [108.2123, 16.0612], name: 'Mực nước trạm 01' },
    { at: 1795139400000, value: 0.37 },
    { at: NOW, value: 12.5 },
  ]);
});

test('every bad message is named with its reason', () => {
  expect(read('bad').map((item) => (typeof item === 'string' ? item : 'good'))).toEqual(['MQTT_VALUE', 'MQTT_TIME', 'MQTT_PLACE', 'MQTT_FORM', 'good']);
});

test.each(['', '{', 'null', '[]', 'true', '"x"'])('%j is no message', (payload) => {
  expect(parseMessage('a', payload, WATER, NOW)).toBe('MQTT_FORM');
});

test.each([
  ['city/water/+', 'city/water/a', true], ['city/water/+', 'city/water/a/b', false], ['city/#', 'city/water/a/b', true],
  ['city/+/a', 'city/rain/a', true], ['city/water', 'city/water/a', false], ['#', 'x', true],
])('%s and %s: %s', (filter, topic, isMeant) => {
  expect(matches(filter, topic)).toBe(isMeant);
});
