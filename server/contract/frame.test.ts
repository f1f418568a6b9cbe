import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame, type Frame } from '#contract/frame.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u8 = fc.integer({ min: 0, max: 255 });
const i16 = fc.integer({ min: -32768, max: 32767 });
const degrees = fc.integer({ min: -18_000_000, max: 18_000_000 });

const frames: fc.Arbitrary<Frame> = fc
  .record({
    layer: fc.constantFrom('vehicle' as const, 'traffic' as const),
    isKey: fc.boolean(),
    number: u32,
    at: fc.integer({ min: 0, max: 4e12 }),
    placed: fc.array(fc.tuple(u32, degrees, degrees, u8, u8, u8), { maxLength: 40 }),
    moved: fc.array(fc.tuple(u32, i16, i16, u8, u8), { maxLength: 40 }),
    removed: fc.array(u32, { maxLength: 10 }),
  })
  .map((raw) => ({
    ...raw,
    placed: {
      slot: Uint32Array.from(raw.placed, (row) => row[0]),
      lon: Int32Array.from(raw.placed, (row) => row[1]),
      lat: Int32Array.from(raw.placed, (row) => row[2]),
      heading: Uint8Array.from(raw.placed, (row) => row[3]),
      speed: Uint8Array.from(raw.placed, (row) => row[4]),
      kind: Uint8Array.from(raw.placed, (row) => row[5]),
    },
    moved: {
      slot: Uint32Array.from(raw.moved, (row) => row[0]),
      dLon: Int16Array.from(raw.moved, (row) => row[1]),
      dLat: Int16Array.from(raw.moved, (row) => row[2]),
      heading: Uint8Array.from(raw.moved, (row) => row[3]),
      speed: Uint8Array.from(raw.moved, (row) => row[4]),
    },
    removed: Uint32Array.from(raw.removed),
  }));

test('a frame survives the wire, also when its bytes start at an odd place', () => {
  fc.assert(
    fc.property(frames, fc.integer({ min: 0, max: 7 }), (frame, shift) => {
      const bytes = encodeFrame(frame);
      const shifted = new Uint8Array(bytes.length + shift);
      shifted.set(bytes, shift);
      expect(decodeFrame(shifted.subarray(shift))).toEqual(frame);
    }),
  );
});

test('a cut, longer or foreign frame is refused', () => {
  fc.assert(
    fc.property(frames, fc.integer({ min: 1, max: 31 }), (frame, cut) => {
      const bytes = encodeFrame(frame);
      expect(decodeFrame(bytes.subarray(0, bytes.length - cut))).toBeUndefined();
      expect(decodeFrame(Uint8Array.from([...bytes, 0]))).toBeUndefined();
      bytes[0] = 0;
      expect(decodeFrame(bytes)).toBeUndefined();
    }),
  );
});
