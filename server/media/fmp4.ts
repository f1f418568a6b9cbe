import { box, fullBox, u16, u32, u64 } from './boxes.ts';
import { readSps } from './sps.ts';

/** One coded picture (or audio frame) in decode order. Units: durations and offsets in ticks of the track's timescale. */
export interface Sample {
  data: Buffer;
  isKey: boolean;
  duration: number;
  /** Presentation minus decode time; 0 without B-frames. */
  compositionOffset: number;
}

/** Ticks per second of every video track this floor writes. */
export const VIDEO_TIMESCALE = 90_000;

const UNITY_MATRIX = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(u32));
const zeros = (count: number) => Buffer.alloc(count);

interface TrackShape {
  timescale: number;
  handler: 'vide' | 'soun';
  width: number;
  height: number;
  mediaHeader: Buffer;
  sampleEntry: Buffer;
}

function movie(track: TrackShape): Buffer {
  const emptyTables = [
    fullBox('stts', 0, 0, u32(0)),
    fullBox('stsc', 0, 0, u32(0)),
    fullBox('stsz', 0, 0, u32(0), u32(0)),
    fullBox('stco', 0, 0, u32(0)),
  ];
  const stbl = box('stbl', fullBox('stsd', 0, 0, u32(1), track.sampleEntry), ...emptyTables);
  const dinf = box('dinf', fullBox('dref', 0, 0, u32(1), fullBox('url ', 0, 1)));
  const minf = box('minf', track.mediaHeader, dinf, stbl);
  const undetermined = 0x55c4;
  const mdhd = fullBox('mdhd', 0, 0, u32(0), u32(0), u32(track.timescale), u32(0), u16(undetermined), u16(0));
  const hdlr = fullBox('hdlr', 0, 0, u32(0), track.handler, zeros(12), '\0');
  const volume = track.handler === 'soun' ? 0x0100 : 0;
  const tkhd = fullBox('tkhd', 0, 3, zeros(8), u32(1), zeros(20), u16(volume), u16(0), UNITY_MATRIX, u32(track.width * 0x10000), u32(track.height * 0x10000));
  const mvhd = fullBox('mvhd', 0, 0, zeros(8), u32(1000), u32(0), u32(0x10000), u16(0x100), zeros(10), UNITY_MATRIX, zeros(24), u32(2));
  const mvex = box('mvex', fullBox('trex', 0, 0, u32(1), u32(1), u32(0), u32(0), u32(0)));
  const brands = box('ftyp', 'iso5', u32(512), 'iso5iso6mp41');
  return Buffer.concat([brands, box('moov', mvhd, box('trak', tkhd, box('mdia', mdhd, hdlr, minf)), mvex)]);
}

/** Initialisation segment of an H.264 track. */
export function videoInit(sps: Buffer, pps: Buffer): Buffer {
  const { width, height } = readSps(sps);
  const avcC = box('avcC', [1], sps.subarray(1, 4), [0xff, 0xe1], u16(sps.length), sps, [1], u16(pps.length), pps);
  const dotsPerInch = u32(0x480000);
  const entry = box('avc1', zeros(6), u16(1), zeros(16), u16(width), u16(height), dotsPerInch, dotsPerInch, zeros(4), u16(1), zeros(32), u16(24), u16(0xffff), avcC);
  return movie({ timescale: VIDEO_TIMESCALE, handler: 'vide', width, height, mediaHeader: fullBox('vmhd', 0, 1, zeros(8)), sampleEntry: entry });
}

/** Initialisation segment of a mono AAC-LC track; `config` is its two-byte AudioSpecificConfig. */
export function audioInit(sampleRate: number, config: Buffer): Buffer {
  const decoder = Buffer.concat([Buffer.from([0x04, 15 + config.length, 0x40, 0x15]), zeros(11), Buffer.from([0x05, config.length]), config]);
  const descriptor = Buffer.concat([Buffer.from([0x03, 6 + decoder.length]), u16(1), zeros(1), decoder, Buffer.from([0x06, 1, 2])]);
  const entry = box('mp4a', zeros(6), u16(1), zeros(8), u16(1), u16(16), zeros(4), u32(sampleRate * 0x10000), fullBox('esds', 0, 0, descriptor));
  return movie({ timescale: sampleRate, handler: 'soun', width: 0, height: 0, mediaHeader: fullBox('smhd', 0, 0, zeros(4)), sampleEntry: entry });
}

const SYNC_SAMPLE = 0x02000000;
const DEPENDENT_SAMPLE = 0x01010000;

function trackRun(samples: readonly Sample[], dataOffset: number): Buffer {
  const rows = samples.flatMap((sample) => [
    u32(sample.duration),
    u32(sample.data.length),
    u32(sample.isKey ? SYNC_SAMPLE : DEPENDENT_SAMPLE),
    u32(sample.compositionOffset),
  ]);
  return fullBox('trun', 1, 0x000f01, u32(samples.length), u32(dataOffset), ...rows);
}

/** One movie fragment: what a part of the stream is on the wire. `decodeTime` counts ticks since the Unix epoch, hence 64 bits. */
export function fragment(sequence: number, decodeTime: number, samples: readonly Sample[]): Buffer {
  const moof = (dataOffset: number) =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, u32(sequence)),
      box('traf', fullBox('tfhd', 0, 0x020000, u32(1)), fullBox('tfdt', 1, 0, u64(decodeTime)), trackRun(samples, dataOffset)),
    );
  const headerLength = moof(0).length + 8;
  return Buffer.concat([moof(headerLength), box('mdat', ...samples.map((sample) => sample.data))]);
}
