import { createText, defineText, type Language } from '../ui/i18n/text.ts';
import en from './words.en.json';
import vi from './words.vi.json';

const words = defineText(vi, en);

/** The word of a code of the contract: a kind, a state, a step, a field service; an unknown code stays as it is. */
export const wordOf = (code: string, language: Language): string => createText<string>(words, () => language)(code);
