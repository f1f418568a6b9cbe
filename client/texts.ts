import en from './text.en.json';
import vi from './text.vi.json';
import { defineText } from './ui/i18n/text.ts';

export const appTexts = defineText(vi, en);
