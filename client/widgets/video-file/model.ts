import type { TileFacts } from '../../live/widget.ts';
import type { WidgetSource } from '../../live/source.ts';

/** A thing that does not change is there, or not; it is stale only while the server is away. */
export function stillFacts(src: string | undefined, source: Pick<WidgetSource, 'isOnline' | 'now' | 'heardAt'>): TileFacts {
  if (!src) return { state: 'empty', asOf: null, provenance: null };
  return { state: source.isOnline ? 'live' : 'stale', asOf: source.isOnline ? Math.floor(source.now / 1000) * 1000 : source.heardAt, provenance: null };
}

/** Where a repeated film stands at a moment of server time: every output shows the same picture. Units: ms, seconds. */
export const placeInFilm = (serverAt: number, durationS: number): number => (durationS > 0 ? ((serverAt / 1000) % durationS + durationS) % durationS : 0);
