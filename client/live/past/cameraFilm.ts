/** A piece of what was recorded of a camera. Units: domain time. */
export interface CameraFilm {
  bytes: ArrayBuffer;
  /** Container and codec. */
  type: string;
  startsAt: number;
  endsAt: number;
}

/** The recorded past of one camera, as a player follows it. */
export interface CameraPast {
  /** The moment the page shows. */
  momentNow(): number;
  /** How fast it goes on; 0 stands still. */
  rate(): number;
  /** Film from a moment on; null when nothing was recorded. Fails: rejects when it can not be had now. */
  film(at: number, signal: AbortSignal): Promise<CameraFilm | null>;
}
