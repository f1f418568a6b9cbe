import { expect, test } from 'vitest';
import type { SensorState } from '#contract/topics/telemetry.ts';
import { chosenSensors } from './model.ts';

const sensors = [{ ref: 'r2', kind: 'rain', name: 'Sơn Trà' }, { ref: 'w1', kind: 'water-level', name: 'Sông Hàn' }, { ref: 'r1', kind: 'rain', name: 'Hải Châu' }] as SensorState[];

test('sensors stand by kind and name, or in the order a scene asks for', () => {
  expect(chosenSensors(sensors, {}).map((one) => one.ref)).toEqual(['r1', 'r2', 'w1']);
  expect(chosenSensors(sensors, { refs: ['w1', 'gone', 'r2'] }).map((one) => one.ref)).toEqual(['w1', 'r2']);
  expect(chosenSensors(sensors, { kinds: ['water-level'] }).map((one) => one.ref)).toEqual(['w1']);
});
