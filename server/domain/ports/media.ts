/** Answer of the camera origin, ready to be sent. */
export interface MediaAnswer {
  status: number;
  headers: Record<string, string>;
  body?: Uint8Array | string;
}

/** Playlists and segments by camera id and strict file name. */
export interface MediaPort {
  serve(camera: string, file: string, query: Record<string, string | undefined>, signal: AbortSignal): Promise<MediaAnswer>;
}
