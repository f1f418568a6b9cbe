import type { TileFacts } from '../../live/widget.ts';
import type { WidgetSource } from '../../live/source.ts';

/** A thing that does not change is there, or not; it is stale only while the server is away. */
export function stillFacts(src: string | undefined, source: Pick<WidgetSource, 'isOnline' | 'now' | 'heardAt'>): TileFacts {
  if (!src) return { state: 'empty', asOf: null, provenance: null };
  return { state: source.isOnline ? 'live' : 'stale', asOf: source.isOnline ? Math.floor(source.now / 1000) * 1000 : source.heardAt, provenance: null };
}

/** Whether a report of the browser says that this page may not be framed. */
export const isBlocked = (src: string, violation: { blockedURI: string; effectiveDirective: string }): boolean =>
  violation.effectiveDirective === 'frame-src' && (src.startsWith(violation.blockedURI) || violation.blockedURI.startsWith(new URL(src).origin));
