import type { CameraCodec, CameraConnection, CameraStatus } from '#contract/cameras.ts';

/** Answer of the camera origin, ready to be sent. */
export interface MediaAnswer {
  status: number;
  headers: Record<string, string>;
  body?: Uint8Array | string;
}

/** How a camera's connection stands. Units: epoch ms; null for what has always been so. */
export interface CameraStands {
  state: CameraConnection;
  since: number | null;
  codec: CameraCodec | null;
}

/** A camera's state beside what decides who may know it. */
export interface PlacedStatus extends CameraStatus {
  unit: string | null;
  ward: string | null;
}

/** Playlists and segments by camera id and strict file name. */
export interface MediaPort {
  serve(camera: string, file: string, query: Record<string, string | undefined>, signal: AbortSignal): Promise<MediaAnswer>;
  /** Opens a view of a camera over WebRTC, for as long as `maySee` holds; the answer names it. Fails: 404 for a camera of another kind. */
  openView(view: { camera: string; maySee(): Promise<boolean> }, offer: string, stream?: 'main' | 'sub'): Promise<MediaAnswer>;
  endView(id: string): Promise<void>;
  status(camera: string): CameraStands;
}
