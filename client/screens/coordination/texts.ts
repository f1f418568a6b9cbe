import { defineText } from '../../ui/i18n/text.ts';
import en from './text.en.json';
import vi from './text.vi.json';

export const texts = defineText(vi, en);
