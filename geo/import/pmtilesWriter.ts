import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { zxyToTileId } from 'pmtiles';
import type { Box } from '../position.ts';

/** One tile of an archive. Shape: `bytes` are already gzip. */
export interface PackedTile {
  z: number;
  x: number;
  y: number;
  bytes: Uint8Array;
}

interface DirectoryEntry {
  id: number;
  offset: number;
  length: number;
  run: number;
}

const HEADER_BYTES = 127;
const LARGEST_ROOT = 16_384 - HEADER_BYTES;
const LEAF_ENTRIES = 4096;
const GZIP = 2;
const MVT = 1;

/** gzip that gives the same bytes on every machine: no time, no name, and the byte naming the system fixed. */
export function gzipSame(bytes: Uint8Array): Uint8Array {
  const zipped = gzipSync(bytes, { level: 9 });
  zipped[9] = 255;
  return zipped;
}

/** Writes a PMTiles v3 archive; equal tiles are stored once. Source: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md */
export function writePmtiles(tiles: readonly PackedTile[], metadata: object, bounds: Box, center: readonly [number, number, number]): Uint8Array {
  const sorted = tiles.map((tile) => ({ ...tile, id: zxyToTileId(tile.z, tile.x, tile.y) })).sort((a, b) => a.id - b.id);
  const entries: DirectoryEntry[] = [];
  const bodies: Uint8Array[] = [];
  const known = new Map<string, { offset: number; length: number }>();
  let size = 0;
  for (const { id, bytes } of sorted) {
    const hash = createHash('sha1').update(bytes).digest('base64');
    const body = known.get(hash) ?? { offset: size, length: bytes.length };
    if (!known.has(hash)) {
      known.set(hash, body);
      bodies.push(bytes);
      size += bytes.length;
    }
    const last = entries.at(-1);
    if (last && last.offset === body.offset && last.id + last.run === id) last.run++;
    else entries.push({ id, ...body, run: 1 });
  }
  const { root, leaves } = packDirectories(entries);
  const meta = gzipSame(Buffer.from(JSON.stringify(metadata)));
  const zooms = sorted.map(({ z }) => z);
  const header = writeHeader({ root: root.length, meta: meta.length, leaves: leaves.length, data: size, tiles: sorted.length, entries: entries.length, bodies: known.size, minZoom: Math.min(...zooms), maxZoom: Math.max(...zooms), bounds, center });
  return Buffer.concat([header, root, meta, leaves, ...bodies]);
}

function packDirectories(entries: readonly DirectoryEntry[]): { root: Uint8Array; leaves: Uint8Array } {
  const whole = packDirectory(entries);
  if (whole.length <= LARGEST_ROOT) return { root: whole, leaves: new Uint8Array() };
  const leaves: Uint8Array[] = [];
  const pointers: DirectoryEntry[] = [];
  let offset = 0;
  for (let i = 0; i < entries.length; i += LEAF_ENTRIES) {
    const leaf = packDirectory(entries.slice(i, i + LEAF_ENTRIES));
    pointers.push({ id: entries[i]?.id ?? 0, offset, length: leaf.length, run: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: packDirectory(pointers), leaves: Buffer.concat(leaves) };
}

function packDirectory(entries: readonly DirectoryEntry[]): Uint8Array {
  const bytes: number[] = [];
  const put = (value: number): void => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
    bytes.push(rest);
  };
  put(entries.length);
  entries.forEach(({ id }, i) => put(id - (entries[i - 1]?.id ?? 0)));
  for (const { run } of entries) put(run);
  for (const { length } of entries) put(length);
  entries.forEach(({ offset }, i) => {
    const before = entries[i - 1];
    put(before && before.offset + before.length === offset ? 0 : offset + 1);
  });
  return gzipSame(Uint8Array.from(bytes));
}

interface HeaderFigures {
  root: number;
  meta: number;
  leaves: number;
  data: number;
  tiles: number;
  entries: number;
  bodies: number;
  minZoom: number;
  maxZoom: number;
  bounds: Box;
  center: readonly [number, number, number];
}

function writeHeader(figures: HeaderFigures): Uint8Array {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 0, 'ascii');
  header.writeUInt8(3, 7);
  const metaAt = HEADER_BYTES + figures.root;
  const leavesAt = metaAt + figures.meta;
  const places = [HEADER_BYTES, figures.root, metaAt, figures.meta, leavesAt, figures.leaves, leavesAt + figures.leaves, figures.data, figures.tiles, figures.entries, figures.bodies];
  places.forEach((value, i) => header.writeBigUInt64LE(BigInt(value), 8 + i * 8));
  [1, GZIP, GZIP, MVT, figures.minZoom, figures.maxZoom].forEach((value, i) => header.writeUInt8(value, 96 + i));
  const [lon, lat, zoom] = figures.center;
  figures.bounds.forEach((degrees, i) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4));
  header.writeUInt8(zoom, 118);
  header.writeInt32LE(Math.round(lon * 1e7), 119);
  header.writeInt32LE(Math.round(lat * 1e7), 123);
  return header;
}
