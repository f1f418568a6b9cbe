import type { Scenario, Step } from '#contract/scenario.ts';
import type { Words } from '#contract/wall.ts';

/** Said on the wall instead of a made-up story when real data is shown and the step has no words for it. */
export const MADE_UP: Words = {
  vi: 'Bước này kể một tình huống giả định. Đang trình bày trên dữ liệu thật: các ô chỉ hiện những gì thành phố đang có.',
  en: 'This step tells a made-up case. Real data is being shown: the tiles show only what the city has now.',
};
const SHOWS_SENT = /"\$thing:/;

/**
 * Whether a step tells of something made up: it has other words for real data, it sends, or it shows what was sent. A briefing speaks of the city's own
 * figures, and what it sends only fills a rehearsal.
 */
export const isMadeUp = ({ kind }: Pick<Scenario, 'kind'>, { onRealData, inject = [], put }: Step): boolean =>
  onRealData !== undefined || SHOWS_SENT.test(JSON.stringify(put ?? {})) || (kind !== 'briefing' && inject.length > 0);
