import { openRtspWay, type RtspWay } from '../rtspWay.ts';

/** A time as RTSP writes it on the clock of the world. Source: RFC 2326, 3.7. */
export const clockTime = (at: number): string => new Date(at).toISOString().replace(/[-:]/g, '');

/** Puts the range of a replay, and what ONVIF asks of its client, into a PLAY request; any other stays as it is. Source: ONVIF Streaming Specification, 6.4. */
export function withRange(request: string, from: number, to: number): string {
  if (!request.startsWith('PLAY ')) return request;
  const [line, ...headers] = request.split('\r\n');
  const kept = headers.filter((header) => !/^(Range|Require|Scale|Speed):/i.test(header));
  return [line, 'Require: onvif-replay', `Range: clock=${clockTime(from)}-${clockTime(to)}`, ...kept].join('\r\n');
}

/**
 * Opens a way to a recorder that plays a stretch of the past: its address names a recording, the time goes into the request, which ffmpeg can not say.
 * Shape: `url` is pinned, host and port of the recorder itself. Units: epoch ms.
 */
export const openRangeRelay = (url: URL, from: number, to: number): Promise<RtspWay> => openRtspWay(url, (request) => withRange(request, from, to));
