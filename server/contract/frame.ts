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
 * A key frame (`isKey`) holds everything and starts anew; a delta frame follows `number - 1`.
 * Units: positions in 1e-5 degree, heading in 256ths of a turn, speed in km/h, `at` epoch ms.
 */
export interface Frame {
  layer: FrameLayer;
  isKey: boolean;
  number: number;
  at: number;
  placed: { slot: Uint32Array; lon: Int32Array; lat: Int32Array; heading: Uint8Array; speed: Uint8Array; kind: Uint8Array };
  moved: { slot: Uint32Array; dLon: Int16Array; dLat: Int16Array; heading: Uint8Array; speed: Uint8Array };
  removed: Uint32Array;
}

const MAGIC = 0x54;
const FRAME_VERSION = 1;
const HEADER_BYTES = 32;

const columnsOf = (frame: Frame): ArrayBufferView[] => [
  frame.placed.slot,
  frame.placed.lon,
  frame.placed.lat,
  frame.moved.slot,
  frame.removed,
  frame.moved.dLon,
  frame.moved.dLat,
  frame.placed.heading,
  frame.placed.speed,
  frame.placed.kind,
  frame.moved.heading,
  frame.moved.speed,
];

/** Bytes of a frame. Shape: 32-byte header, then columns ordered 4-byte, 2-byte, 1-byte so that every column is aligned; little endian. */
export function encodeFrame(frame: Frame): Uint8Array {
  const columns = columnsOf(frame);
  const bytes = new Uint8Array(HEADER_BYTES + columns.reduce((sum, column) => sum + column.byteLength, 0));
  const header = new DataView(bytes.buffer);
  header.setUint8(0, MAGIC);
  header.setUint8(1, FRAME_VERSION);
  header.setUint8(2, FRAME_LAYERS[frame.layer]);
  header.setUint8(3, frame.isKey ? 1 : 0);
  header.setUint32(4, frame.number, true);
  header.setFloat64(8, frame.at, true);
  header.setUint32(16, frame.placed.slot.length, true);
  header.setUint32(20, frame.moved.slot.length, true);
  header.setUint32(24, frame.removed.length, true);
  let offset = HEADER_BYTES;
  for (const column of columns) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    offset += column.byteLength;
  }
  return bytes;
}

/** Reads a frame without copying its columns. Fails: returns undefined for bytes that are not a whole frame of this version. */
export function decodeFrame(input: ArrayBuffer | Uint8Array): Frame | undefined {
  const isAligned = input instanceof Uint8Array && input.byteOffset % 8 === 0;
  const bytes = input instanceof Uint8Array ? (isAligned ? input : input.slice()) : new Uint8Array(input);
  if (bytes.length < HEADER_BYTES) return undefined;
  const header = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  const layer = (Object.keys(FRAME_LAYERS) as FrameLayer[]).find((name) => FRAME_LAYERS[name] === header.getUint8(2));
  if (header.getUint8(0) !== MAGIC || header.getUint8(1) !== FRAME_VERSION || !layer) return undefined;
  const [placed, moved, removed] = [header.getUint32(16, true), header.getUint32(20, true), header.getUint32(24, true)];
  if (bytes.length !== HEADER_BYTES + placed * 15 + moved * 10 + removed * 4) return undefined;
  let offset = bytes.byteOffset + HEADER_BYTES;
  const take = <T>(make: new (buffer: ArrayBufferLike, offset: number, length: number) => T, length: number, size: number): T => {
    const column = new make(bytes.buffer, offset, length);
    offset += length * size;
    return column;
  };
  const slot = take(Uint32Array, placed, 4);
  const lon = take(Int32Array, placed, 4);
  const lat = take(Int32Array, placed, 4);
  const movedSlot = take(Uint32Array, moved, 4);
  const gone = take(Uint32Array, removed, 4);
  const dLon = take(Int16Array, moved, 2);
  const dLat = take(Int16Array, moved, 2);
  const heading = take(Uint8Array, placed, 1);
  const speed = take(Uint8Array, placed, 1);
  const kind = take(Uint8Array, placed, 1);
  const movedHeading = take(Uint8Array, moved, 1);
  const movedSpeed = take(Uint8Array, moved, 1);
  return {
    layer,
    isKey: header.getUint8(3) === 1,
    number: header.getUint32(4, true),
    at: header.getFloat64(8, true),
    placed: { slot, lon, lat, heading, speed, kind },
    moved: { slot: movedSlot, dLon, dLat, heading: movedHeading, speed: movedSpeed },
    removed: gone,
  };
}
