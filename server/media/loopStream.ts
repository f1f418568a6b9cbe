import type { Timeline } from './cameraFault.ts';
import type { Deadlines } from './deadlines.ts';
import { fragment, VIDEO_TIMESCALE, type Sample } from './fmp4.ts';
import type { Loop } from './loopLibrary.ts';
import { STREAM, type MediaStream, type SegmentEntry } from './stream.ts';

const PARTS = Math.round(STREAM.segmentS / STREAM.partS);
const PART_MS = STREAM.partS * 1000;
const PART_TICKS = STREAM.partS * VIDEO_TIMESCALE;
/** Segments still answered after they left the playlist: a page on a busy machine asks late, and old ones cost nothing to make. */
const GRACE_SEGMENTS = 60;

/** What a loop camera plays in the second that began at `second` after the Unix epoch. */
export type LoopAt = (second: number) => Loop;

/** A demo camera: a stream, and every second it ever played. */
export interface LoopStream extends MediaStream {
  past(second: number): { init: Buffer; initId: string; body: Buffer };
}

function partSamples(loop: Loop, second: number, phaseS: number, part: number): Sample[] {
  const count = Math.round(loop.fps * STREAM.partS);
  const first = (second + phaseS) * loop.fps + part * count;
  return Array.from({ length: count }, (_, offset) => loop.samples[(first + offset) % loop.samples.length]!);
}

/**
 * A demo camera as a pure function of the clock: picture i since the Unix epoch is picture i mod n of its loop, and a segment is
 * numbered by the second it began. Every node and every restart yields the same bytes, and a camera nobody watches costs nothing.
 */
export function createLoopStream(deps: { loopAt: LoopAt; phaseS: number; timeline: Timeline; realNow: () => number; deadlines: Deadlines }): LoopStream {
  const { loopAt, phaseS, timeline, realNow, deadlines } = deps;
  const head = () => {
    const at = timeline.headAt(realNow());
    const sequence = Math.floor(at / 1000);
    return { sequence, part: Math.floor((at - sequence * 1000) / PART_MS) };
  };

  const entry = (sequence: number, parts: number): SegmentEntry => ({
    sequence,
    startsAt: sequence * 1000,
    parts: Array.from({ length: parts }, (_, index) => ({ durationS: STREAM.partS, isIndependent: index === 0 })),
    isComplete: parts === PARTS,
    initId: loopAt(sequence).initId,
    isDiscontinuity: false,
  });

  const partBody = (sequence: number, part: number) => {
    const samples = partSamples(loopAt(sequence), sequence, phaseS, part);
    return fragment(sequence * PARTS + part, sequence * VIDEO_TIMESCALE + part * PART_TICKS, samples);
  };

  const wholeBody = (sequence: number) => Buffer.concat(Array.from({ length: PARTS }, (_, part) => partBody(sequence, part)));

  const isHeld = (sequence: number) => sequence >= head().sequence - STREAM.windowSegments - GRACE_SEGMENTS;

  return {
    window() {
      const now = head();
      const segments = Array.from({ length: STREAM.windowSegments }, (_, index) => entry(now.sequence - STREAM.windowSegments + index, PARTS));
      if (now.part > 0) segments.push(entry(now.sequence, now.part));
      return { segments, discontinuitySequence: 0, next: now };
    },
    init(id) {
      const { init, initId } = loopAt(head().sequence);
      return id === initId ? init : undefined;
    },
    segment: (sequence) => (isHeld(sequence) && sequence < head().sequence ? wholeBody(sequence) : undefined),
    past(second) {
      const { init, initId } = loopAt(second);
      return { init, initId, body: wholeBody(second) };
    },
    part(sequence, part) {
      const now = head();
      const exists = part < PARTS && (sequence < now.sequence || (sequence === now.sequence && part < now.part));
      return exists && isHeld(sequence) ? partBody(sequence, part) : undefined;
    },
    still() {
      const sequence = head().sequence - 1;
      const loop = loopAt(sequence);
      const key = { ...partSamples(loop, sequence, phaseS, 0)[0]!, duration: VIDEO_TIMESCALE };
      return { body: Buffer.concat([loop.init, fragment(0, 0, [key])]), capturedAt: sequence * 1000 };
    },
    ready(sequence, part, limitMs, signal) {
      const streamAt = sequence * 1000 + (part === undefined ? 1000 : Math.min(part + 1, PARTS) * PART_MS);
      return deadlines.until(timeline.reaches(streamAt), limitMs, signal);
    },
  };
}
