const LENGTH_BYTES = 4;
const SPS = { h264: 7, h265: 33 };

/**
 * The parameter set that a key picture brings with it: another one means another size or form of picture. Undefined when it brings none.
 * Shape: `data` is a sample of an MP4, each unit behind its length. Source: ISO/IEC 14496-15, 5.3.
 */
export function pictureShape(data: Buffer, isH265: boolean): string | undefined {
  for (let at = 0; at + LENGTH_BYTES < data.length; ) {
    const length = data.readUInt32BE(at);
    const unit = data.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
    const type = isH265 ? (unit[0]! >> 1) & 0x3f : unit[0]! & 0x1f;
    if (type === (isH265 ? SPS.h265 : SPS.h264)) return unit.toString('latin1');
    at += LENGTH_BYTES + length;
  }
  return undefined;
}
