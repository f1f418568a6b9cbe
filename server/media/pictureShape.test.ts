import { expect, test } from 'vitest';
import { pictureShape } from './pictureShape.ts';

const unit = (...bytes: number[]) => Buffer.from([0, 0, 0, bytes.length, ...bytes]);

test('the parameter set of a key picture is found behind other units, in either codec', () => {
  expect(pictureShape(Buffer.concat([unit(0x09, 0xf0), unit(0x67, 1, 2), unit(0x65, 9)]), false)).toBe('\x67\x01\x02');
  expect(pictureShape(Buffer.concat([unit(0x40, 1), unit(0x42, 1, 7), unit(0x26, 1)]), true)).toBe('\x42\x01\x07');
});

test('a picture without one, or bytes that are no picture, have no shape', () => {
  expect(pictureShape(unit(0x65, 9), false)).toBeUndefined();
  expect(pictureShape(Buffer.from([255, 255, 255, 255, 0x67]), true)).toBeUndefined();
  expect(pictureShape(Buffer.alloc(0), false)).toBeUndefined();
});
