import type { TileFacts } from '../../live/widget.ts';
import type { WidgetSource } from '../../live/source.ts';
import { wholeSecond } from '../../live/second.ts';

/** A thing that does not change is there, or not; it is stale only while the server is away. */
export function stillFacts(src: string | undefined, source: Pick<WidgetSource, 'isOnline' | 'now' | 'heardAt'>): TileFacts {
  if (!src) return { state: 'empty', asOf: null, provenance: null };
  return { state: source.isOnline ? 'live' : 'stale', asOf: source.isOnline ? wholeSecond(source.now) : source.heardAt, provenance: null };
}
