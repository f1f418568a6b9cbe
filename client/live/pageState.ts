/** What holds for a page; several may hold at once. */
export interface PageFacts {
  isLoading: boolean;
  isOffline: boolean;
  isStale: boolean;
  mode: 'live' | 'replay' | 'rehearsal';
}

export type PageState = 'loading' | 'live' | 'stale' | 'offline' | 'replay' | 'rehearsal';

/** The one word of `data-state`: loading > offline > replay > rehearsal > stale > live. */
export function pageStateOf(facts: PageFacts): PageState {
  if (facts.isLoading) return 'loading';
  if (facts.isOffline) return 'offline';
  if (facts.mode !== 'live') return facts.mode;
  return facts.isStale ? 'stale' : 'live';
}
