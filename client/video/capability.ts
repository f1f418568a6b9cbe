/** Codecs a camera may send, by RFC 6381 string. */
const ASKED = { h264: 'avc1.4D401F', h265: 'hvc1.1.6.L93.B0', av1: 'av01.0.04M.08' };

/** What this output can decode, for the registry to choose a stream by. */
export function decodableCodecs(): Record<keyof typeof ASKED, boolean> {
  const plays = (codec: string) => 'MediaSource' in globalThis && MediaSource.isTypeSupported(`video/mp4; codecs="${codec}"`);
  return { h264: plays(ASKED.h264), h265: plays(ASKED.h265), av1: plays(ASKED.av1) };
}
