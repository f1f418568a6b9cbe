import type { WallLogLine } from '#contract/past.ts';
import type { Reading, WidgetSource } from '../../live/source.ts';
import type { TileFacts } from '../../live/widget.ts';

/** Acts that change no picture: nobody asks who did them. */
const QUIET: ReadonlySet<string> = new Set(['take', 'release-control', 'refit', 'open', 'save']);

/** What is told of a wall, newest first. */
export const toldLines = (lines: readonly WallLogLine[]): WallLogLine[] => lines.filter(({ act }) => !QUIET.has(act));

/** Facts of the log: it has no provenance, only an age. */
export function logFacts({ isReady, fault }: Reading<WallLogLine>, shown: number, source: Pick<WidgetSource, 'isOnline' | 'now' | 'heardAt'>): TileFacts {
  const asOf = source.isOnline ? Math.floor(source.now / 1000) * 1000 : source.heardAt;
  if (fault) return { state: 'refused', asOf, provenance: null };
  if (!isReady) return { state: 'loading', asOf: null, provenance: null };
  if (!source.isOnline) return { state: 'stale', asOf, provenance: null };
  return { state: shown > 0 ? 'live' : 'empty', asOf, provenance: null };
}
