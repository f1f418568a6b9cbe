type Part = Buffer | string | readonly number[];

const asBytes = (part: Part): Buffer => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part));

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

export function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** One ISO base media box: length, four letters, payload. */
export function box(type: string, ...parts: Part[]): Buffer {
  const payload = Buffer.concat(parts.map(asBytes));
  return Buffer.concat([u32(8 + payload.length), Buffer.from(type, 'latin1'), payload]);
}

/** A box that begins with a version and 24 bits of flags. */
export function fullBox(type: string, version: number, flags: number, ...parts: Part[]): Buffer {
  return box(type, u32(version * 0x1000000 + flags), ...parts);
}

/** A box found in a buffer; `payload` follows the eight bytes of its header. */
export interface FoundBox {
  type: string;
  size: number;
  payload: Buffer;
}

/** The boxes that lie complete in `bytes`, one after the other. Fails: throws on a length below its own header. */
export function readBoxes(bytes: Buffer): FoundBox[] {
  const found: FoundBox[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    const size = bytes.readUInt32BE(at);
    if (size < 8) throw new Error(`box of impossible length ${size}`);
    if (at + size > bytes.length) break;
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), size, payload: bytes.subarray(at + 8, at + size) });
    at += size;
  }
  return found;
}

/** The payload at the end of a path of nested boxes, such as `trak/mdia/mdhd`. */
export function findBox(bytes: Buffer, path: string): Buffer | undefined {
  let here: Buffer | undefined = bytes;
  for (const type of path.split('/')) here = here && readBoxes(here).find((entry) => entry.type === type)?.payload;
  return here;
}
