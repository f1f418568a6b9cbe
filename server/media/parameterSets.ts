const LENGTH_BYTES = 4;
const TYPES = { sps: 7, pps: 8 };

/** What a key picture of H.264 says of its own form. */
export interface ParameterSets {
  sps: Buffer;
  pps: Buffer;
}

/**
 * The parameter sets that a key picture brings with it: others mean another size or form of picture. Undefined when it brings none.
 * Shape: `data` is a sample of an MP4, each unit behind its length. Source: ISO/IEC 14496-15, 5.3.
 */
export function parameterSets(data: Buffer): ParameterSets | undefined {
  const found: Partial<ParameterSets> = {};
  for (let at = 0; at + LENGTH_BYTES < data.length; ) {
    const length = data.readUInt32BE(at);
    const unit = data.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
    const type = unit[0]! & 0x1f;
    if (type === TYPES.sps) found.sps ??= unit;
    if (type === TYPES.pps) found.pps ??= unit;
    at += LENGTH_BYTES + length;
  }
  const { sps, pps } = found;
  return sps && pps && { sps, pps };
}
