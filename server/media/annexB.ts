/** One picture of an H.264 stream: its slices, without parameter sets and delimiters. */
export interface AccessUnit {
  isKey: boolean;
  nals: Buffer[];
}

/** An Annex B stream taken apart: the pictures in decode order and the parameter sets they need. */
export interface ElementaryStream {
  units: AccessUnit[];
  sps: Buffer;
  pps: Buffer;
}

const NAL = { slice: 1, idr: 5, sps: 7, pps: 8, delimiter: 9 };

/** Cuts an Annex B byte stream at its start codes. */
export function splitNals(stream: Buffer): Buffer[] {
  const nals: Buffer[] = [];
  let start = -1;
  for (let at = stream.indexOf('\0\0\x01', 0, 'latin1'); at >= 0; at = stream.indexOf('\0\0\x01', at + 3, 'latin1')) {
    if (start >= 0) nals.push(withoutTrailingZeros(stream.subarray(start, at)));
    start = at + 3;
  }
  if (start >= 0) nals.push(withoutTrailingZeros(stream.subarray(start)));
  return nals;
}

function withoutTrailingZeros(nal: Buffer): Buffer {
  let end = nal.length;
  while (end > 0 && nal[end - 1] === 0) end -= 1;
  return nal.subarray(0, end);
}

/** Groups NAL units into pictures. Fails: throws when the stream carries no parameter sets. */
export function readElementaryStream(stream: Buffer): ElementaryStream {
  const units: AccessUnit[] = [];
  let sps: Buffer | undefined;
  let pps: Buffer | undefined;
  for (const nal of splitNals(stream)) {
    const type = nal[0]! & 0x1f;
    if (type === NAL.sps) sps ??= nal;
    else if (type === NAL.pps) pps ??= nal;
    else if (type === NAL.slice || type === NAL.idr) {
      const startsPicture = (nal[1]! & 0x80) !== 0;
      if (startsPicture) units.push({ isKey: type === NAL.idr, nals: [nal] });
      else units.at(-1)?.nals.push(nal);
    }
  }
  if (!sps || !pps) throw new Error('H.264 stream without parameter sets');
  return { units, sps, pps };
}

/** The form MP4 wants: every NAL unit behind its length in four bytes. */
export function lengthPrefixed(nals: readonly Buffer[]): Buffer {
  const parts = nals.flatMap((nal) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(nal.length);
    return [length, nal];
  });
  return Buffer.concat(parts);
}
