import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { PbfReader } from 'pbf';
import { GeoFault } from './fault.ts';
import { readPrimitiveBlock, type OsmBlock } from './osmBlock.ts';

const unzip = promisify(inflate);
const LARGEST_HEADER = 64 * 1024;
const LARGEST_BLOB = 32 * 1024 * 1024;
const KNOWN_FEATURES = new Set(['OsmSchema-V0.6', 'DenseNodes', 'HistoricalInformation']);

/**
 * Reads an OpenStreetMap extract block by block; memory does not grow with the file.
 * Fails: `GEO_FILE_TRUNCATED` when the file ends inside a block, `GEO_FILE_BROKEN` when a block is not what it says.
 * Source: https://wiki.openstreetmap.org/wiki/PBF_Format
 */
export async function* readOsmPbf(path: string, onProgress?: (readBytes: number, totalBytes: number) => void): AsyncGenerator<OsmBlock> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    if (size === 0) throw new GeoFault('GEO_FILE_EMPTY', `Tệp rỗng: ${path}`);
    let at = 0;
    while (at < size) {
      const headerLength = (await readExactly(file, at, 4)).readUInt32BE();
      if (headerLength === 0 || headerLength > LARGEST_HEADER) throw broken(path, at, 'độ dài tiêu đề sai');
      const header = guarded(path, at, async () => readBlobHeader(await readExactly(file, at + 4, headerLength)));
      const { type, dataSize } = await header;
      if (dataSize <= 0 || dataSize > LARGEST_BLOB) throw broken(path, at, 'độ dài khối sai');
      const blobAt = at + 4 + headerLength;
      const bytes = await readExactly(file, blobAt, dataSize);
      const blob = await guarded(path, at, () => readBlob(bytes));
      at = blobAt + dataSize;
      if (type === 'OSMHeader') await guarded(path, at, async () => checkHeader(blob));
      if (type === 'OSMData') yield await guarded(path, at, async () => readPrimitiveBlock(blob));
      onProgress?.(at, size);
    }
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  return open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new GeoFault('GEO_FILE_MISSING', `Không mở được tệp ${path} (${cause.code ?? cause.message})`);
  });
}

async function readExactly(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  if (bytesRead < length) throw new GeoFault('GEO_FILE_TRUNCATED', `Tệp bị cắt ngắn ở byte ${at + bytesRead}: hãy tải lại tệp gốc`);
  return bytes;
}

async function guarded<T>(path: string, at: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof GeoFault) throw cause;
    throw broken(path, at, cause instanceof Error ? cause.message : String(cause));
  }
}

function broken(path: string, at: number, why: string): GeoFault {
  return new GeoFault('GEO_FILE_BROKEN', `Tệp ${path} hỏng ở byte ${at}: ${why}`);
}

function readBlobHeader(bytes: Uint8Array): { type: string; dataSize: number } {
  return new PbfReader(bytes).readFields(
    (tag, header, pbf) => {
      if (tag === 1) header.type = pbf.readString();
      else if (tag === 3) header.dataSize = pbf.readVarint();
    },
    { type: '', dataSize: 0 },
  );
}

async function readBlob(bytes: Uint8Array): Promise<Uint8Array> {
  const blob = new PbfReader(bytes).readFields(
    (tag, found: { raw?: Uint8Array; rawSize?: number; zlib?: Uint8Array }, pbf) => {
      if (tag === 1) found.raw = pbf.readBytes();
      else if (tag === 2) found.rawSize = pbf.readVarint();
      else if (tag === 3) found.zlib = pbf.readBytes();
    },
    {},
  );
  if (blob.raw) return blob.raw;
  if (!blob.zlib) throw new Error('cách nén không được hỗ trợ (chỉ zlib)');
  const data = await unzip(blob.zlib, { maxOutputLength: LARGEST_BLOB });
  if (blob.rawSize !== undefined && data.length !== blob.rawSize) throw new Error('độ dài sau giải nén sai');
  return data;
}

function checkHeader(bytes: Uint8Array): void {
  new PbfReader(bytes).readFields((tag, _, pbf) => {
    if (tag !== 4) return;
    const feature = pbf.readString();
    if (!KNOWN_FEATURES.has(feature)) throw new Error(`cần tính năng ${feature}`);
  }, null);
}
