/** A part as the playlist names it. */
export interface PartEntry {
  durationS: number;
  isIndependent: boolean;
}

/** A segment as the playlist names it; the newest one may still be growing. */
export interface SegmentEntry {
  sequence: number;
  /** Wall time of its first picture. Units: epoch ms. */
  startsAt: number;
  parts: PartEntry[];
  isComplete: boolean;
  initId: string;
  /** The timeline or the codec breaks before this segment. */
  isDiscontinuity: boolean;
}

/** What a viewer may ask for now. */
export interface StreamWindow {
  segments: SegmentEntry[];
  /** Breaks that have already left the window. */
  discontinuitySequence: number;
  /** The part that will be made next: what a low-latency player asks for ahead of time. */
  next: { sequence: number; part: number };
}

/** One camera's stream, wherever its pictures come from. Bodies are built on request or held in memory, never on disk. */
export interface MediaStream {
  /** `undefined` while there is nothing to play yet. */
  window(): StreamWindow | undefined;
  init(id: string): Buffer | undefined;
  segment(sequence: number): Buffer | undefined;
  part(sequence: number, part: number): Buffer | undefined;
  /** The newest key picture as a whole MP4 file. */
  still(): { body: Buffer; capturedAt: number } | undefined;
  /** Resolves true as soon as the part (or, without one, the whole segment) exists; false on abort or after `limitMs`. */
  ready(sequence: number, part: number | undefined, limitMs: number, signal?: AbortSignal): Promise<boolean>;
}

/** The shape of every stream. Units: seconds, and counts of segments. */
export const STREAM = { partS: 0.2, segmentS: 1, windowSegments: 8, partSegments: 3 } as const;

/** Length of a segment. Units: seconds. */
export function segmentDuration(segment: SegmentEntry): number {
  return segment.parts.reduce((sum, part) => sum + part.durationS, 0);
}
