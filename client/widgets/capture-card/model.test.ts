import { expect, test } from 'vitest';
import { deviceFacts, deviceNamed, isOwnMachine } from './model.ts';

test('it is live with a device, stale without the server, empty without either, lost in the past', () => {
  const source = { isOnline: true, now: 1500, heardAt: 700, past: null };
  expect(deviceFacts('HDMI', source)).toMatchObject({ state: 'live', asOf: 1000 });
  expect(deviceFacts('HDMI', { ...source, isOnline: false })).toMatchObject({ state: 'stale', asOf: 700 });
  expect(deviceFacts(undefined, source)).toMatchObject({ state: 'empty' });
  expect(deviceFacts('HDMI', { ...source, past: {} as never })).toMatchObject({ state: 'lost' });
});

test('a device is found by a part of its name; a microphone is none', () => {
  const devices = [{ kind: 'audioinput', label: 'HDMI Capture' }, { kind: 'videoinput', label: 'USB HDMI Capture (1234)' }] as const;
  expect(deviceNamed(devices, 'hdmi')).toBe(devices[1]);
  expect(deviceNamed(devices, 'webcam')).toBeUndefined();
});

test('only the window of an output opens a device', () => {
  expect(['/wall/w2x2/r1c1', '/wall/w2x2', '/desk', '/editor/x'].map(isOwnMachine)).toEqual([true, false, false, false]);
});
