import en from './text.en.json';
import { defineText } from './i18n/text.ts';
import vi from './text.vi.json';

export const uiTexts = defineText(vi, en);
