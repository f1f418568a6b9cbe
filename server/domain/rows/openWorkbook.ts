import type { Workbook } from 'exceljs';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

const inflate = promisify(inflateRaw);
const [LOCAL, CENTRAL] = [0x04034b50, 0x02014b50];
const CENTRAL_LENGTH = 46;
const STORED = 0;
const MOST_PARTS = 2000;
/** A sheet of 50,000 rows unpacks to about 30 MiB. Units: bytes. */
export const MOST_UNPACKED = 256 * 1024 * 1024;

interface Part {
  isStored: boolean;
  start: number;
  packed: number;
}

/** The parts of an archive by its directory. Fails: throws for one that does not hold together. */
function partsOf(bytes: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1 && at + CENTRAL_LENGTH <= bytes.length && bytes.readUInt32LE(at) === CENTRAL; ) {
    const local = bytes.readUInt32LE(at + 42);
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL || parts.length >= MOST_PARTS) throw new Error('no workbook');
    parts.push({ isStored: bytes.readUInt16LE(at + 10) === STORED, packed: bytes.readUInt32LE(at + 20), start: local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28) });
    at += CENTRAL_LENGTH + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return parts;
}

/** Unpacks every part up to the limit: what an archive says of its own sizes is not believed. Fails: throws beyond it. */
async function refuseBomb(bytes: Buffer, most: number): Promise<void> {
  let left = most;
  for (const { isStored, start, packed } of partsOf(bytes)) {
    const part = bytes.subarray(start, start + packed);
    left -= isStored ? part.length : (await inflate(part, { maxOutputLength: Math.max(1, left) })).length;
    if (left <= 0) throw new Error('the workbook unpacks to too much');
  }
}

/** Opens a workbook that somebody sent. Fails: throws when it is none, or unpacks to more than `most` bytes. */
export async function openWorkbook(bytes: Uint8Array, most = MOST_UNPACKED): Promise<Workbook> {
  const whole = Buffer.from(bytes);
  await refuseBomb(whole, most);
  // A second of start and 22 MiB that most servers never need.
  const { default: ExcelJS } = await import('exceljs');
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(whole as unknown as Parameters<typeof book.xlsx.load>[0]);
  return book;
}
