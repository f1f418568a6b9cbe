import { expect, test } from 'vitest';
import { parameterSets } from './parameterSets.ts';

const unit = (...bytes: number[]) => Buffer.from([0, 0, 0, bytes.length, ...bytes]);

test('the parameter sets of a key picture are found among other units', () => {
  expect(parameterSets(Buffer.concat([unit(0x09, 0xf0), unit(0x67, 1, 2), unit(0x68, 3), unit(0x65, 9)]))).toEqual({ sps: Buffer.from([0x67, 1, 2]), pps: Buffer.from([0x68, 3]) });
});

test('a picture without them, or bytes that are no picture, have none', () => {
  expect(parameterSets(unit(0x65, 9))).toBeUndefined();
  expect(parameterSets(unit(0x67, 9))).toBeUndefined();
  expect(parameterSets(Buffer.from([255, 255, 255, 255, 0x67]))).toBeUndefined();
  expect(parameterSets(Buffer.alloc(0))).toBeUndefined();
});
