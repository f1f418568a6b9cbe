import { fragment } from './fmp4.ts';
import type { SourceTrack, TimedSample } from './fragmentReader.ts';
import { initIdOf } from './loopLibrary.ts';
import { STREAM, segmentDuration, type MediaStream, type PartEntry, type SegmentEntry } from './stream.ts';

/** A stream that is fed as its camera sends. It survives the camera's comings and goings: numbers go on, breaks are marked. */
export interface LivePackager extends MediaStream {
  /** A (new) connection begins, perhaps with another size or codec. */
  begin(track: SourceTrack): void;
  /** Shape: decode order; nothing is kept before the first key picture. */
  push(sample: TimedSample): void;
  /** Nothing more comes: the growing segment is as complete as it will be. */
  finish(): void;
  /** Forgets the pictures, not the numbering. */
  clear(): void;
  /** Resolves true once there is something to play; false on abort or after `limitMs`. */
  playable(limitMs: number, signal?: AbortSignal): Promise<boolean>;
  /** Lets every waiting viewer go with what there is. */
  release(): void;
}

interface HeldSegment extends SegmentEntry {
  parts: (PartEntry & { body: Buffer })[];
  key: TimedSample;
}

interface Waiter {
  isReady: () => boolean;
  settle: (isReady: boolean) => void;
}

const SLACK_S = 0.001;
/** The clock of a camera runs a little off ours: this much a segment is followed, over the least delay of so many segments. Slowness of a network is more, and stays late. */
const DRIFT = { mostMs: 0.5, segments: 60 };

export function createLivePackager(realNow: () => number): LivePackager {
  const segments: HeldSegment[] = [];
  const inits = new Map<string, Buffer>();
  const waiters = new Set<Waiter>();
  let track: SourceTrack & { initId: string } = { init: Buffer.alloc(0), codec: '', timescale: 1, initId: '' };
  let growing: HeldSegment | undefined;
  let part: TimedSample[] = [];
  let nextSequence = 0;
  let discontinuitySequence = 0;
  let isBroken = false;
  /** Ticks to add so that decode times count from the Unix epoch. */
  let offset: number | undefined;
  let fragments = 0;
  let behindMs: number[] = [];
  let driftMs = 0;

  const wait = (isReady: () => boolean, limitMs: number, signal?: AbortSignal): Promise<boolean> => {
    if (isReady()) return Promise.resolve(true);
    if (signal?.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        isReady,
        settle(outcome) {
          waiters.delete(waiter);
          clearTimeout(limit);
          signal?.removeEventListener('abort', leave);
          resolve(outcome);
        },
      };
      const leave = () => waiter.settle(false);
      const limit = setTimeout(leave, limitMs);
      signal?.addEventListener('abort', leave);
      waiters.add(waiter);
    });
  };

  const secondsOf = (samples: readonly TimedSample[]) => samples.reduce((sum, sample) => sum + sample.duration, 0) / track.timescale;

  const wake = () => {
    for (const waiter of [...waiters]) if (waiter.isReady()) waiter.settle(true);
  };

  const endPart = () => {
    const [first] = part;
    if (!first || !growing || offset === undefined) return;
    fragments += 1;
    const body = fragment(fragments, first.decodeTime + offset, part);
    growing.parts.push({ durationS: secondsOf(part), isIndependent: first.isKey, body });
    part = [];
  };

  const endSegment = () => {
    endPart();
    if (growing && growing.parts.length > 0) {
      growing.isComplete = true;
      segments.push(growing);
      nextSequence = growing.sequence + 1;
    }
    growing = undefined;
    while (segments.length > STREAM.windowSegments) if (segments.shift()?.isDiscontinuity) discontinuitySequence += 1;
  };

  const beginSegment = (key: TimedSample) => {
    offset ??= Math.round((realNow() / 1000) * track.timescale) - key.decodeTime;
    const saidAt = ((key.decodeTime + offset) / track.timescale) * 1000;
    behindMs = [...behindMs, realNow() - saidAt].slice(-DRIFT.segments);
    driftMs += Math.max(-DRIFT.mostMs, Math.min(DRIFT.mostMs, Math.min(...behindMs) - driftMs));
    const startsAt = Math.round(saidAt + driftMs);
    const sequence = Math.max(nextSequence, segments.length === 0 ? Math.floor(startsAt / 1000) : 0);
    growing = { sequence, startsAt, parts: [], isComplete: false, initId: track.initId, isDiscontinuity: isBroken, key };
    isBroken = false;
  };

  const find = (sequence: number) => (growing?.sequence === sequence ? growing : segments.find((segment) => segment.sequence === sequence));
  const next = () => ({ sequence: growing?.sequence ?? nextSequence, part: growing?.parts.length ?? 0 });
  const exists = (sequence: number, index: number | undefined) => {
    const edge = next();
    return sequence < edge.sequence || (sequence === edge.sequence && index !== undefined && index < edge.part);
  };

  return {
    begin(source) {
      endSegment();
      const initId = initIdOf(source.init);
      track = { ...source, initId };
      for (const id of inits.keys()) if (!segments.some((segment) => segment.initId === id)) inits.delete(id);
      inits.set(initId, source.init);
      offset = undefined;
      [behindMs, driftMs] = [[], 0];
      isBroken = nextSequence > 0;
    },
    push(sample) {
      const grownS = growing ? segmentDuration(growing) + secondsOf(part) : 0;
      if (sample.isKey && (!growing || grownS >= STREAM.segmentS - SLACK_S)) {
        endSegment();
        beginSegment(sample);
      }
      if (!growing) return;
      const wouldBeS = secondsOf(part) + sample.duration / track.timescale;
      if (part.length > 0 && wouldBeS > STREAM.partS + SLACK_S) endPart();
      part.push(sample);
      if (secondsOf(part) + sample.duration / track.timescale > STREAM.partS + SLACK_S) endPart();
      wake();
    },
    finish: () => endSegment(),
    clear() {
      endSegment();
      for (const segment of segments.splice(0)) if (segment.isDiscontinuity) discontinuitySequence += 1;
    },
    release() {
      for (const waiter of [...waiters]) waiter.settle(false);
    },
    window() {
      if (segments.length === 0) return undefined;
      const shown = growing && growing.parts.length > 0 ? [...segments, growing] : [...segments];
      return { segments: shown, discontinuitySequence, next: next() };
    },
    init: (id) => inits.get(id),
    segment(sequence) {
      const segment = find(sequence);
      return segment?.isComplete ? Buffer.concat(segment.parts.map(({ body }) => body)) : undefined;
    },
    part: (sequence, index) => find(sequence)?.parts[index]?.body,
    still() {
      const segment = growing ?? segments.at(-1);
      const init = segment && inits.get(segment.initId);
      if (!segment || !init) return undefined;
      return { body: Buffer.concat([init, fragment(0, 0, [{ ...segment.key, duration: track.timescale }])]), capturedAt: segment.startsAt };
    },
    ready: (sequence, index, limitMs, signal) => wait(() => exists(sequence, index), limitMs, signal),
    playable: (limitMs, signal) => wait(() => segments.length > 0, limitMs, signal),
  };
}
