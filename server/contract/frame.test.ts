import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFrame, encodeFrame, type Frame } from '#contract/frame.ts';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u8 = fc.integer({ min: 0, max: 255 });
const i16 = fc.integer({ min: -32768, max: 32767 });
const degrees = fc.integer({ min: -18_000_000, max: 18_000_000 });

const framesOf = (move: fc.Arbitrary<[number, number, number, number, number]>): fc.Arbitrary<Frame> =>
  fc
    .record({
      layer: fc.constantFrom('vehicle' as const, 'traffic' as const),
      isKey: fc.boolean(),
      number: u32,
      at: fc.integer({ min: 0, max: 4e12 }),
      placed: fc.array(fc.tuple(u32, degrees, degrees, u8, u8, u8), { maxLength: 40 }),
      moved: fc.array(move, { maxLength: 40 }),
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

const frames = framesOf(fc.tuple(u32, i16, i16, u8, u8));
/** Moves as a city has them: neighbouring slots, mostly small steps. */
const crowds = framesOf(fc.tuple(fc.oneof(fc.nat(3000), fc.nat(200_000)), fc.integer({ min: -140, max: 140 }), fc.integer({ min: -140, max: 140 }), u8, u8)).map((frame) => ({ ...frame, moved: { ...frame.moved, slot: frame.moved.slot.toSorted() } }));
const NOTHING: Frame = { layer: 'vehicle', isKey: false, number: 1, at: 1, placed: { slot: new Uint32Array(0), lon: new Int32Array(0), lat: new Int32Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0), kind: new Uint8Array(0) }, moved: { slot: new Uint32Array(0), dLon: new Int16Array(0), dLat: new Int16Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0) }, removed: new Uint32Array(0) };

/** The moves of a frame, in an order of our own. */
const movesOf = ({ moved }: Frame) => [...moved.slot].map((slot, at) => [slot, moved.dLon[at]!, moved.dLat[at]!, moved.heading[at]!, moved.speed[at]!].join(' ')).sort();

test('a frame survives the wire, also when its bytes start at an odd place', () => {
  fc.assert(
    fc.property(fc.oneof(frames, crowds), fc.integer({ min: 0, max: 7 }), (frame, shift) => {
      const bytes = encodeFrame(frame);
      const shifted = new Uint8Array(bytes.length + shift);
      shifted.set(bytes, shift);
      const read = decodeFrame(shifted.subarray(shift))!;
      expect({ ...read, moved: frame.moved }).toEqual(frame);
      expect(movesOf(read)).toEqual(movesOf(frame));
    }),
  );
});

test('a small move of a neighbour takes five bytes, any other ten', () => {
  const of = (slots: number[], step: number) =>
    encodeFrame({ ...NOTHING, moved: { slot: Uint32Array.from(slots), dLon: Int16Array.from(slots, () => step), dLat: Int16Array.from(slots, () => -step), heading: Uint8Array.from(slots), speed: Uint8Array.from(slots) } }).length - encodeFrame(NOTHING).length;
  expect(of([0, 3, 258, 400], 127)).toBe(20);
  expect(of([0, 300], 1)).toBe(12);
  expect(of([0, 3], 128)).toBe(20);
  expect(of([3, 3, 0, 5000], 1)).toBe(32);
  expect(of([100_000], 1)).toBe(10);
});

test('a cut, longer or foreign frame is refused', () => {
  fc.assert(
    fc.property(fc.oneof(frames, crowds), fc.integer({ min: 1, max: 31 }), (frame, cut) => {
      const bytes = encodeFrame(frame);
      expect(decodeFrame(bytes.subarray(0, bytes.length - cut))).toBeUndefined();
      expect(decodeFrame(Uint8Array.from([...bytes, 0]))).toBeUndefined();
      bytes[0] = 0;
      expect(decodeFrame(bytes)).toBeUndefined();
    }),
  );
});
