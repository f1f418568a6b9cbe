import type { HlsConfig, LoaderConfig } from 'hls.js';

/** `grid` plays standard segments; `quick` and `focus` play parts with little delay, focus the one picture in hand. */
export type PlayerMode = 'grid' | 'quick' | 'focus';

const forEver = { maxNumRetry: Infinity, retryDelayMs: 500, maxRetryDelayMs: 4000, backoff: 'exponential' as const };
const playlistPolicy: LoaderConfig = { maxTimeToFirstByteMs: 8000, maxLoadTimeMs: 12_000, timeoutRetry: { ...forEver, retryDelayMs: 0 }, errorRetry: forEver };
const bodyPolicy: LoaderConfig = { maxTimeToFirstByteMs: 6000, maxLoadTimeMs: 10_000, timeoutRetry: { ...forEver, maxNumRetry: 2 }, errorRetry: { ...forEver, maxNumRetry: 4 } };

const shared: Partial<HlsConfig> = {
  enableWorker: false,
  manifestLoadPolicy: { default: playlistPolicy },
  playlistLoadPolicy: { default: playlistPolicy },
  fragLoadPolicy: { default: bodyPolicy },
  backBufferLength: 4,
  maxBufferLength: 10,
};

/** How much must lie ahead before playback goes on after a stall. Units: seconds. */
export const REBUFFER_S: Record<PlayerMode, number> = { grid: 1.8, quick: 0.7, focus: 0.7 };

/** Segments between the wall clock and the picture of a grid tile. */
const BEHIND_SEGMENTS = 3;

const quick: Partial<HlsConfig> = { ...shared, lowLatencyMode: true, liveSyncDuration: 1, liveMaxLatencyDuration: 4, liveSyncOnStallIncrease: 0.3, maxLiveSyncPlaybackRate: 1.05 };

/**
 * Sync and maximum latency always together and in one unit, otherwise hls.js refuses them or never comes back to the edge.
 * Playlists are retried for ever: the default gives up after a restart of the server and never returns.
 */
export const HLS_SETTINGS: Record<PlayerMode, Partial<HlsConfig>> = {
  grid: { ...shared, lowLatencyMode: false, liveSyncDurationCount: BEHIND_SEGMENTS, liveMaxLatencyDurationCount: 6 },
  quick,
  focus: quick,
};

/**
 * How far before the end of its playlist a grid tile begins. A playlist grows by a whole segment at once: counted from its end, a tile is up to a segment
 * older than need be, and two tiles show different moments. Counted from the wall clock all show the same one.
 * Units: seconds; epoch ms.
 * Fails: undefined where the playlist names no time, or a time its length does not explain: a gateway with a clock of its own.
 */
export function beginBefore(endsAt: number | null, segmentS: number, at: number): number | undefined {
  if (endsAt === null) return undefined;
  const agoS = (at - endsAt) / 1000;
  return agoS < 0 || agoS > 1.5 * segmentS ? undefined : BEHIND_SEGMENTS * segmentS - agoS;
}

/**
 * A grid tile asks for the playlist without parts: a blocking request per tile would use up the browser's six connections.
 * An output without a decoder for H.265 says so, and gets something else where there is something else.
 */
export function playlistAddress(src: string, mode: PlayerMode, playsH265 = true): string {
  const more = [mode === 'grid' ? 'parts=0' : '', playsH265 ? '' : 'plays=h264'].filter(Boolean).join('&');
  return more === '' ? src : `${src}${src.includes('?') ? '&' : '?'}${more}`;
}
