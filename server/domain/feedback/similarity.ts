import type { Position } from '#contract/base.ts';
import { distanceM } from '../../../geo/distance.ts';
import { fold } from '../../../geo/fold.ts';
import { feedbackPolicy } from './policy.ts';
import emptyWords from './emptyWords.vi.json' with { type: 'json' };

/** What is compared of a report. */
export interface Comparable {
  service: string;
  description: string;
  position: Position | null;
  reportedAt: number;
}

/** How near two reports are: on the ground, and in what they say (0 to 1). */
export interface Nearness {
  distanceM: number;
  similarity: number;
}

const EMPTY_WORDS: ReadonlySet<string> = new Set(emptyWords);

/** Words that carry the matter, folded. */
function wordsOf(text: string): Set<string> {
  const words = fold(text).split(' ').filter((word) => word !== '' && !EMPTY_WORDS.has(word));
  return new Set(words);
}

/** Pairs of neighbouring words: in Vietnamese most notions are two syllables, so single syllables alone mislead. */
function pairsOf(text: string): Set<string> {
  const words = fold(text).split(' ').filter(Boolean);
  return new Set(words.slice(1).map((word, index) => `${words[index]} ${word}`).filter((pair) => pair.split(' ').some((word) => !EMPTY_WORDS.has(word))));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size);
  if (smaller === 0) return 0;
  let shared = 0;
  for (const item of a) if (b.has(item)) shared += 1;
  return shared / smaller;
}

/** How alike two texts are, without diacritics. Shape: 0 (nothing in common) to 1. */
export function textSimilarity(a: string, b: string): number {
  return 0.65 * overlap(wordsOf(a), wordsOf(b)) + 0.35 * overlap(pairsOf(a), pairsOf(b));
}

/** Compares two reports, or undefined when they are too far apart in place, time or words to be about one matter. */
export function nearnessOf(a: Comparable, b: Comparable): Nearness | undefined {
  const { radiusM, days, least, otherServiceLeast } = feedbackPolicy.similar;
  if (!a.position || !b.position || Math.abs(a.reportedAt - b.reportedAt) > days * 86_400_000) return undefined;
  const apart = distanceM(a.position, b.position);
  if (apart > radiusM) return undefined;
  const similarity = textSimilarity(a.description, b.description);
  if (similarity < (a.service === b.service ? least : otherServiceLeast)) return undefined;
  return { distanceM: apart, similarity };
}
