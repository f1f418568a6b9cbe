import type { Settings } from './settings.ts';

/** The words in the language of the screen, else in the other one. */
export const wordsOf = ({ vi, en }: Settings, language: 'vi' | 'en'): string => (language === 'vi' ? (vi ?? en) : (en ?? vi)) ?? '';
