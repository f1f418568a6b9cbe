import { findBox, readBoxes } from './boxes.ts';
import type { Sample } from './fmp4.ts';

/** What a camera said of its picture when it began, in its own MP4 boxes. */
export interface SourceTrack {
  /** Its initialisation segment, as it came. */
  init: Buffer;
  /** The sample entry: `avc1`, `hvc1`, … */
  codec: string;
  timescale: number;
}

/** A sample with its place in the source's own time. */
export interface TimedSample extends Sample {
  decodeTime: number;
}

export interface FragmentSink {
  onTrack(track: SourceTrack): void;
  onSample(sample: TimedSample): void;
}

/** A box larger than this is not a camera's picture. */
const LARGEST_BOX = 32 * 1024 * 1024;

function readTrack(ftyp: Buffer, moov: Buffer): SourceTrack {
  const mdhd = findBox(moov, 'trak/mdia/mdhd');
  const stsd = findBox(moov, 'trak/mdia/minf/stbl/stsd');
  if (!mdhd || !stsd) throw new Error('a movie without a track');
  const timescale = mdhd.readUInt32BE(mdhd[0] === 1 ? 20 : 12);
  return { init: Buffer.concat([wrapped('ftyp', ftyp), wrapped('moov', moov)]), codec: stsd.toString('latin1', 12, 16), timescale };
}

function wrapped(type: string, payload: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(payload.length + 8);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, payload]);
}

const NON_SYNC = 0x00010000;

/** Reads the samples of one movie fragment. Source: ISO/IEC 14496-12, 8.8. */
export function readFragment(moof: Buffer, mdat: Buffer): TimedSample[] {
  const traf = findBox(moof, 'traf');
  const tfhd = traf && findBox(traf, 'tfhd');
  const tfdt = traf && findBox(traf, 'tfdt');
  const trun = traf && findBox(traf, 'trun');
  if (!tfhd || !tfdt || !trun) throw new Error('a fragment without a run of samples');
  const defaults = readDefaults(tfhd);
  const flags = trun.readUInt32BE(0) & 0xffffff;
  const count = trun.readUInt32BE(4);
  let row = 8 + (flags & 0x1 ? 4 : 0);
  const firstFlags = flags & 0x4 ? trun.readUInt32BE(row) : undefined;
  row += flags & 0x4 ? 4 : 0;
  const next = (isGiven: number, fallback: number) => {
    if (!isGiven) return fallback;
    row += 4;
    return trun.readInt32BE(row - 4);
  };
  const samples: TimedSample[] = [];
  let decodeTime = tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4);
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    const duration = next(flags & 0x100, defaults.duration);
    const size = next(flags & 0x200, defaults.size);
    const sampleFlags = next(flags & 0x400, index === 0 ? (firstFlags ?? defaults.flags) : defaults.flags);
    const compositionOffset = next(flags & 0x800, 0);
    samples.push({ data: mdat.subarray(at, at + size), isKey: (sampleFlags & NON_SYNC) === 0, duration, compositionOffset, decodeTime });
    decodeTime += duration;
    at += size;
  }
  return samples;
}

function readDefaults(tfhd: Buffer): { duration: number; size: number; flags: number } {
  const flags = tfhd.readUInt32BE(0) & 0xffffff;
  let row = 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0);
  const next = (isGiven: number) => {
    if (!isGiven) return 0;
    row += 4;
    return tfhd.readUInt32BE(row - 4);
  };
  return { duration: next(flags & 0x8), size: next(flags & 0x10), flags: next(flags & 0x20) };
}

/** Takes a fragmented MP4 apart as it arrives on a pipe. Fails: `write` throws on bytes that are no MP4. */
export function createFragmentReader(sink: FragmentSink): { write(chunk: Buffer): void } {
  let pending: Buffer = Buffer.alloc(0);
  let ftyp: Buffer | undefined;
  let moof: Buffer | undefined;
  return {
    write(chunk) {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      let taken = 0;
      for (const { type, size, payload } of readBoxes(pending)) {
        taken += size;
        if (type === 'ftyp') ftyp = Buffer.from(payload);
        else if (type === 'moov') sink.onTrack(readTrack(ftyp ?? Buffer.alloc(0), payload));
        else if (type === 'moof') moof = Buffer.from(payload);
        else if (type === 'mdat' && moof) for (const sample of readFragment(moof, Buffer.from(payload))) sink.onSample(sample);
      }
      pending = pending.subarray(taken);
      if (pending.length >= 8 && pending.readUInt32BE(0) > LARGEST_BOX) throw new Error('a box too large for a camera');
    },
  };
}
