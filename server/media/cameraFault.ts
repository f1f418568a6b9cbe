/** What can be made to go wrong with a camera on purpose, so that a demonstration or a test shows it truthfully. */
export interface CameraFault {
  state: 'freeze' | 'lost' | 'late' | 'audio-only' | 'unsupported-codec';
  /** When it began. Units: epoch ms, real time. */
  since: number;
}

/** How far a late camera falls behind. */
export const LATE_BY_MS = 15_000;

/** The stream's own time under a fault: it may stop or fall behind, and never runs backwards, so MEDIA-SEQUENCE does not regress. */
export interface Timeline {
  /** Wall time of the newest picture. */
  headAt(now: number): number;
  /** Real time at which the stream will have reached `streamAt`; Infinity when it never will. */
  reaches(streamAt: number): number;
}

export function timelineUnder(fault: CameraFault | undefined): Timeline {
  if (fault?.state === 'freeze') {
    const { since } = fault;
    return { headAt: (now) => Math.min(now, since), reaches: (streamAt) => (streamAt <= since ? streamAt : Infinity) };
  }
  if (fault?.state === 'late') {
    const { since } = fault;
    return {
      headAt: (now) => (now <= since ? now : Math.max(since, now - LATE_BY_MS)),
      reaches: (streamAt) => (streamAt <= since ? streamAt : streamAt + LATE_BY_MS),
    };
  }
  return { headAt: (now) => now, reaches: (streamAt) => streamAt };
}
