import { filled, joined, nearOf, readGaps, type Moves } from '#contract/nearMoves.ts';

/** Layers that travel as binary frames. */
export const FRAME_LAYERS = { vehicle: 1, traffic: 2 } as const;
export type FrameLayer = keyof typeof FRAME_LAYERS;

/** Order of vehicle kinds in frames; the index is the code on the wire. */
export const VEHICLE_KINDS = ['motorbike', 'car', 'bus', 'truck', 'police', 'ambulance', 'fire-engine'] as const;

/** Steps per degree of a position in a frame: 1e-5 degree, about 1.1 m. */
export const POSITION_STEPS = 1e5;

/**
 * One tick of telemetry.
 * Shape: `placed` things with absolute position, `moved` things as offsets from their last position, `removed` slots.
 * A key frame (`isKey`) holds everything and starts anew; a delta frame follows `number - 1`. The order of `moved` may change on the wire.
 * Units: positions in 1e-5 degree, heading in 256ths of a turn, speed in km/h, `at` epoch ms.
 */
export interface Frame {
  layer: FrameLayer;
  isKey: boolean;
  number: number;
  at: number;
  placed: { slot: Uint32Array; lon: Int32Array; lat: Int32Array; heading: Uint8Array; speed: Uint8Array; kind: Uint8Array };
  moved: Moves;
  removed: Uint32Array;
}

const MAGIC = 0x54;
/** What is written: 2 with near moves, 1 without, as kept key frames are. */
const NEWEST_VERSION = 2;
const HEADER_BYTES = 32;

/** Bytes of a frame. Shape: 32-byte header, then columns ordered 4-byte, 2-byte, 1-byte so that every column is aligned; near moves first; little endian. */
export function encodeFrame({ layer, isKey, number, at, placed, moved, removed }: Frame): Uint8Array {
  const { near, far, gaps } = nearOf(moved);
  const order = [...near, ...far];
  const columns: ArrayBufferView[] = [
    placed.slot, placed.lon, placed.lat, filled(new Uint32Array(far.length), moved.slot, far), removed,
    filled(new Int16Array(far.length), moved.dLon, far), filled(new Int16Array(far.length), moved.dLat, far),
    placed.heading, placed.speed, placed.kind, filled(new Uint8Array(order.length), moved.heading, order), filled(new Uint8Array(order.length), moved.speed, order),
    filled(new Int8Array(near.length), moved.dLon, near), filled(new Int8Array(near.length), moved.dLat, near), Uint8Array.from(gaps),
  ];
  const bytes = new Uint8Array(HEADER_BYTES + columns.reduce((sum, column) => sum + column.byteLength, 0));
  const header = new DataView(bytes.buffer);
  header.setUint8(0, MAGIC);
  header.setUint8(1, near.length > 0 ? NEWEST_VERSION : 1);
  header.setUint8(2, FRAME_LAYERS[layer]);
  header.setUint8(3, isKey ? 1 : 0);
  header.setUint32(4, number, true);
  header.setFloat64(8, at, true);
  header.setUint32(16, placed.slot.length, true);
  header.setUint32(20, far.length, true);
  header.setUint32(24, removed.length, true);
  header.setUint32(28, near.length, true);
  let offset = HEADER_BYTES;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += column.byteLength;
  }
  return bytes;
}

/** Reads a frame, copying only columns of near moves. Fails: returns undefined for bytes that are not a whole frame. */
export function decodeFrame(input: ArrayBuffer | Uint8Array): Frame | undefined {
  const isAligned = input instanceof Uint8Array && input.byteOffset % 8 === 0;
  const bytes = input instanceof Uint8Array ? (isAligned ? input : input.slice()) : new Uint8Array(input);
  if (bytes.length < HEADER_BYTES) return undefined;
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const layer = (Object.keys(FRAME_LAYERS) as FrameLayer[]).find((name) => FRAME_LAYERS[name] === header.getUint8(2));
  const version = header.getUint8(1);
  if (header.getUint8(0) !== MAGIC || version < 1 || version > NEWEST_VERSION || !layer) return undefined;
  const [placed, far, removed, near] = [header.getUint32(16, true), header.getUint32(20, true), header.getUint32(24, true), header.getUint32(28, true)];
  const gapBytes = bytes.length - (HEADER_BYTES + placed * 15 + far * 10 + removed * 4 + near * 4);
  if (gapBytes < near || (near === 0 && gapBytes > 0)) return undefined;
  let offset = bytes.byteOffset + HEADER_BYTES;
  const take = <T>(make: new (buffer: ArrayBufferLike, offset: number, length: number) => T, length: number, size: number): T => {
    const column = new make(bytes.buffer, offset, length);
    offset += length * size;
    return column;
  };
  const slot = take(Uint32Array, placed, 4);
  const lon = take(Int32Array, placed, 4);
  const lat = take(Int32Array, placed, 4);
  const farSlot = take(Uint32Array, far, 4);
  const gone = take(Uint32Array, removed, 4);
  const farLon = take(Int16Array, far, 2);
  const farLat = take(Int16Array, far, 2);
  const heading = take(Uint8Array, placed, 1);
  const speed = take(Uint8Array, placed, 1);
  const kind = take(Uint8Array, placed, 1);
  const movedHeading = take(Uint8Array, near + far, 1);
  const movedSpeed = take(Uint8Array, near + far, 1);
  const moved: Moves = { slot: farSlot, dLon: farLon, dLat: farLat, heading: movedHeading, speed: movedSpeed };
  if (near > 0) {
    moved.dLon = joined(new Int16Array(near + far), take(Int8Array, near, 1), farLon);
    moved.dLat = joined(new Int16Array(near + far), take(Int8Array, near, 1), farLat);
    moved.slot = joined(new Uint32Array(near + far), [], farSlot);
    if (!readGaps(take(Uint8Array, gapBytes, 1), near, moved.slot)) return undefined;
  }
  return {
    layer,
    isKey: header.getUint8(3) === 1,
    number: header.getUint32(4, true),
    at: header.getFloat64(8, true),
    placed: { slot, lon, lat, heading, speed, kind },
    moved,
    removed: gone,
  };
}
