/** What a player must know of a sequence parameter set. */
export interface PictureFormat {
  width: number;
  height: number;
  /** RFC 6381, as in `avc1.4D401E`. */
  codec: string;
}

const WITH_CHROMA_FORMAT = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);

function withoutEmulation(nal: Buffer): Buffer {
  const bytes: number[] = [];
  for (const [index, byte] of nal.entries()) {
    const isEscape = byte === 3 && index >= 2 && nal[index - 1] === 0 && nal[index - 2] === 0;
    if (!isEscape) bytes.push(byte);
  }
  return Buffer.from(bytes);
}

function createBitReader(bytes: Buffer, startBit: number) {
  let position = startBit;
  const bit = () => {
    const value = ((bytes[position >> 3] ?? 0) >> (7 - (position & 7))) & 1;
    position += 1;
    return value;
  };
  const unsigned = () => {
    let zeros = 0;
    while (zeros < 32 && bit() === 0) zeros += 1;
    let value = 1;
    for (let left = zeros; left > 0; left -= 1) value = value * 2 + bit();
    return value - 1;
  };
  const signed = () => {
    const value = unsigned();
    return value % 2 === 0 ? -value / 2 : (value + 1) / 2;
  };
  return { bit, unsigned, signed };
}

type BitReader = ReturnType<typeof createBitReader>;

function skipScalingLists(reader: BitReader, lists: number): void {
  for (let list = 0; list < lists; list += 1) {
    if (!reader.bit()) continue;
    let last = 8;
    let next = 8;
    for (let index = 0; index < (list < 6 ? 16 : 64); index += 1) {
      if (next !== 0) next = (last + reader.signed() + 256) % 256;
      last = next === 0 ? last : next;
    }
  }
}

function readChroma(reader: BitReader): number {
  const chroma = reader.unsigned();
  if (chroma === 3) reader.bit();
  reader.unsigned();
  reader.unsigned();
  reader.bit();
  if (reader.bit()) skipScalingLists(reader, chroma === 3 ? 12 : 8);
  return chroma;
}

function skipPictureOrder(reader: BitReader): void {
  const kind = reader.unsigned();
  if (kind === 0) reader.unsigned();
  if (kind !== 1) return;
  reader.bit();
  reader.signed();
  reader.signed();
  for (let left = reader.unsigned(); left > 0; left -= 1) reader.signed();
}

/** Reads size and codec from an H.264 sequence parameter set. Source: ITU-T H.264, 7.3.2.1.1. */
export function readSps(sps: Buffer): PictureFormat {
  const bytes = withoutEmulation(sps);
  const reader = createBitReader(bytes, 32);
  const profile = bytes[1]!;
  reader.unsigned();
  const chroma = WITH_CHROMA_FORMAT.has(profile) ? readChroma(reader) : 1;
  reader.unsigned();
  skipPictureOrder(reader);
  reader.unsigned();
  reader.bit();
  const widthInBlocks = reader.unsigned() + 1;
  const heightInUnits = reader.unsigned() + 1;
  const frameOnly = reader.bit();
  if (!frameOnly) reader.bit();
  reader.bit();
  const crop = reader.bit() ? [reader.unsigned(), reader.unsigned(), reader.unsigned(), reader.unsigned()] : [0, 0, 0, 0];
  const unitX = chroma === 1 || chroma === 2 ? 2 : 1;
  const unitY = (chroma === 1 ? 2 : 1) * (2 - frameOnly);
  const codec = `avc1.${bytes.subarray(1, 4).toString('hex').toUpperCase()}`;
  return {
    width: widthInBlocks * 16 - (crop[0]! + crop[1]!) * unitX,
    height: heightInUnits * 16 * (2 - frameOnly) - (crop[2]! + crop[3]!) * unitY,
    codec,
  };
}
