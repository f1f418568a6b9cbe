import { audioInit, fragment, type Sample } from './fmp4.ts';
import { initIdOf } from './loopLibrary.ts';
import { STREAM, type MediaStream, type SegmentEntry } from './stream.ts';
import type { Deadlines } from './deadlines.ts';

const RATE = 32_000;
const FRAME = 1024;
/** One AAC-LC mono frame without sound, and the configuration of 32 kHz mono that goes with it. */
const SILENCE = Buffer.from([0x00, 0xc8, 0x00, 0x80, 0x23, 0x80]);
const CONFIG = Buffer.from([0x12, 0x88]);
const INIT = audioInit(RATE, CONFIG);
const INIT_ID = initIdOf(INIT);

const firstFrame = (sequence: number) => Math.ceil((sequence * RATE) / FRAME);
const frameCount = (sequence: number) => firstFrame(sequence + 1) - firstFrame(sequence);

/** A camera that sends sound and no picture, from `since` on: the clock-driven counterpart of a loop with its video gone. */
export function createSilentStream(deps: { since: number; realNow: () => number; deadlines: Deadlines }): MediaStream {
  const { since, realNow, deadlines } = deps;
  const sinceSequence = Math.ceil(since / 1000);
  const head = () => Math.floor(realNow() / 1000);
  const isHeld = (sequence: number) => sequence >= sinceSequence && sequence < head();
  const body = (sequence: number) => {
    const sample: Sample = { data: SILENCE, isKey: true, duration: FRAME, compositionOffset: 0 };
    return fragment(sequence, firstFrame(sequence) * FRAME, new Array<Sample>(frameCount(sequence)).fill(sample));
  };
  const entry = (sequence: number): SegmentEntry => ({
    sequence,
    startsAt: Math.round((firstFrame(sequence) * FRAME * 1000) / RATE),
    parts: [{ durationS: (frameCount(sequence) * FRAME) / RATE, isIndependent: true }],
    isComplete: true,
    initId: INIT_ID,
    isDiscontinuity: sequence === sinceSequence,
  });
  return {
    window() {
      const first = Math.max(sinceSequence, head() - STREAM.windowSegments);
      if (first >= head()) return undefined;
      const segments = Array.from({ length: head() - first }, (_, index) => entry(first + index));
      return { segments, discontinuitySequence: first > sinceSequence ? 1 : 0, next: { sequence: head(), part: 0 } };
    },
    init: (id) => (id === INIT_ID ? INIT : undefined),
    segment: (sequence) => (isHeld(sequence) ? body(sequence) : undefined),
    part: (sequence, part) => (part === 0 && isHeld(sequence) ? body(sequence) : undefined),
    still: () => undefined,
    ready: (sequence, _part, limitMs, signal) => deadlines.until((sequence + 1) * 1000, limitMs, signal),
  };
}
