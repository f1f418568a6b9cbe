import type { FeedHealth } from '#contract/entry.ts';
import { createText, defineText, type Language } from '../ui/i18n/text.ts';
import en from './words.en.json';
import vi from './words.vi.json';

const words = defineText(vi, en);

/** The word of a code of the contract: a kind, a state, a step, a field service; an unknown code stays as it is. */
export const wordOf = (code: string, language: Language): string => createText<string>(words, () => language)(code);

/** The name of a source: the product's own in the language that is read, any other as its centre named it. */
export function feedName({ id, name }: Pick<FeedHealth, 'id' | 'name'>, language: Language): string {
  const code = `feed-${id}`;
  return wordOf(code, 'vi') === name ? wordOf(code, language) : name;
}
