import { describe, expect, it } from 'vitest';
import { box, findBox, fullBox, readBoxes, u32 } from './boxes.ts';

describe('boxes', () => {
  it('reads back what it writes, nested', () => {
    const outer = box('moov', box('trak', fullBox('tkhd', 1, 3, u32(7))));
    expect(outer.readUInt32BE(0)).toBe(outer.length);
    expect(findBox(outer, 'moov/trak/tkhd')).toEqual(Buffer.from([1, 0, 0, 3, 0, 0, 0, 7]));
  });

  it('leaves a box that has not arrived whole', () => {
    const bytes = Buffer.concat([box('ftyp', 'iso5'), box('moov', [1, 2, 3])]);
    expect(readBoxes(bytes.subarray(0, bytes.length - 1)).map((entry) => entry.type)).toEqual(['ftyp']);
  });

  it('refuses a length below its own header', () => {
    expect(() => readBoxes(Buffer.concat([u32(4), Buffer.from('mdatXXXX')]))).toThrow(/length/);
  });

  it('finds nothing at a path that is not there', () => {
    expect(findBox(box('moov'), 'moov/trak')).toBeUndefined();
  });
});
