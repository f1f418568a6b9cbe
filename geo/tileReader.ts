import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { bytesToHeader, findTile, readVarint, tileIdToZxy, zxyToTileId, type Entry } from 'pmtiles';
import { magnifyTile } from './magnify.ts';

/** A vector tile ready for the wire. Shape: `bytes` are gzip; `etag` names the content, quotes included. */
export interface Tile {
  bytes: Uint8Array;
  etag: string;
}

/** Reads tiles of one archive. */
export interface TileReader {
  /** A tile, or undefined where there is nothing. Deeper than the archive is cut, the nearest tile above is magnified. */
  getTile(z: number, x: number, y: number): Promise<Tile | undefined>;
  /** Every stored address, in archive order. */
  addresses(): Promise<[z: number, x: number, y: number][]>;
  close(): Promise<void>;
}

const HEADER_BYTES = 127;
const DEEPEST_ZOOM = 18;

/** Opens an archive. Fails: throws when the file is missing or not a PMTiles v3 archive. */
export async function createTileReader(path: string): Promise<TileReader> {
  const file = await open(path);
  const readAt = async (offset: number, length: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, offset);
    if (bytesRead < length) throw new Error(`${path} ends before byte ${offset + length}`);
    return bytes;
  };
  const header = bytesToHeader((await readAt(0, HEADER_BYTES)).buffer as ArrayBuffer);
  const directory = async (offset: number, length: number): Promise<Entry[]> => readDirectory(gunzipSync(await readAt(offset, length)));
  const root = await directory(header.rootDirectoryOffset, header.rootDirectoryLength);
  const leaves = new Map<number, Promise<Entry[]>>();
  const leaf = (entry: Entry): Promise<Entry[]> => {
    const known = leaves.get(entry.offset) ?? directory(header.leafDirectoryOffset + entry.offset, entry.length);
    leaves.set(entry.offset, known);
    return known;
  };

  const stored = async (z: number, x: number, y: number): Promise<Uint8Array | undefined> => {
    const id = zxyToTileId(z, x, y);
    let entry = findTile(root, id);
    if (entry?.runLength === 0) entry = findTile(await leaf(entry), id);
    return entry ? readAt(header.tileDataOffset + entry.offset, entry.length) : undefined;
  };

  const getTile = async (z: number, x: number, y: number): Promise<Tile | undefined> => {
    if (!isAddress(z, x, y)) return undefined;
    const bytes = await stored(z, x, y);
    if (bytes) return withEtag(bytes);
    for (let up = 1; up <= z; up++) {
      const above = await stored(z - up, x >> up, y >> up);
      const magnified = above && magnifyTile(above, [z - up, x >> up, y >> up], [z, x, y]);
      if (above) return magnified && withEtag(magnified);
    }
    return undefined;
  };

  const addresses = async (): Promise<[number, number, number][]> => {
    const entries = (await Promise.all(root.map((entry) => (entry.runLength === 0 ? leaf(entry) : [entry])))).flat();
    return entries.flatMap((entry) => Array.from({ length: entry.runLength }, (_, i) => tileIdToZxy(entry.tileId + i)));
  };

  return { getTile, addresses, close: () => file.close() };
}

function isAddress(z: number, x: number, y: number): boolean {
  return [z, x, y].every(Number.isInteger) && z >= 0 && z <= DEEPEST_ZOOM && x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z;
}

function withEtag(bytes: Uint8Array): Tile {
  return { bytes, etag: `"${createHash('sha1').update(bytes).digest('base64url')}"` };
}

function readDirectory(bytes: Uint8Array): Entry[] {
  const at = { buf: bytes, pos: 0 };
  const count = readVarint(at);
  const column = (): number[] => Array.from({ length: count }, () => readVarint(at));
  const [steps, runs, lengths, offsets] = [column(), column(), column(), column()];
  const entries: Entry[] = [];
  let tileId = 0;
  for (let i = 0; i < count; i++) {
    tileId += steps[i] ?? 0;
    const before = entries[i - 1];
    const packed = offsets[i] ?? 0;
    entries.push({ tileId, runLength: runs[i] ?? 0, length: lengths[i] ?? 0, offset: packed === 0 && before ? before.offset + before.length : packed - 1 });
  }
  return entries;
}
