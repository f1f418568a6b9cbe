/** A piece of recorded film. Units: epoch ms of the time it was taken. */
export interface ReelFilm {
  bytes: ArrayBuffer;
  /** Container and codec. */
  type: string;
  startsAt: number;
  endsAt: number;
}

/** What was recorded of one camera, and the moment of it that is wanted now. */
export interface Reel {
  momentNow(): number;
  /** How fast the moment goes on; 0 stands still. */
  rate(): number;
  /** The film from a moment on; null when nothing was recorded. Fails: rejects when it can not be had now, or when it is no longer wanted. */
  film(at: number, signal: AbortSignal): Promise<ReelFilm | null>;
}
