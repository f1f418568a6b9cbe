import type { StreetSign } from '#contract/traffic.ts';
import type { StreetMark } from '../../map/index.ts';

const LONGEST_LABEL = 40;

const cut = (words: string): string => (words.length > LONGEST_LABEL ? `${words.slice(0, LONGEST_LABEL - 1)}…` : words);

/** Events on the streets as signs of the map: what it is in words, and from when where it has not begun. */
export function streetMarks(events: readonly StreetSign[], now: number, kindName: (kind: StreetSign['kind']) => string, from: (at: number) => string): StreetMark[] {
  return events
    .filter(({ toAt }) => toAt === null || toAt > now)
    .map(({ id, kind, title, position, line, fromAt }) => {
      const isNow = fromAt <= now + 60_000;
      return { id, kind, position, line, isNow, word: kindName(kind), label: [cut(`${kindName(kind)}: ${title}`), ...(isNow ? [] : [from(fromAt)])].join(' · ') };
    });
}
