import type { HlsConfig, LoaderConfig } from 'hls.js';

export type PlayerMode = 'grid' | 'focus';

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
export const REBUFFER_S: Record<PlayerMode, number> = { grid: 1.8, focus: 0.7 };

/**
 * Sync and maximum latency always together and in one unit, otherwise hls.js refuses them or never comes back to the edge.
 * Playlists are retried for ever: the default gives up after a restart of the server and never returns.
 */
export const HLS_SETTINGS: Record<PlayerMode, Partial<HlsConfig>> = {
  grid: { ...shared, lowLatencyMode: false, liveSyncDurationCount: 3, liveMaxLatencyDurationCount: 6 },
  focus: { ...shared, lowLatencyMode: true, liveSyncDuration: 1, liveMaxLatencyDuration: 4, liveSyncOnStallIncrease: 0.3, maxLiveSyncPlaybackRate: 1.05 },
};

/** A grid tile asks for the playlist without parts: a blocking request per tile would use up the browser's six connections. */
export function playlistAddress(src: string, mode: PlayerMode): string {
  if (mode === 'focus') return src;
  return `${src}${src.includes('?') ? '&' : '?'}parts=0`;
}
