import { defineText } from '../../ui/i18n/text.ts';
import en from './text.en.json';
import vi from './text.vi.json';
import workEn from './work.en.json';
import workVi from './work.vi.json';

export const texts = defineText({ ...vi, ...workVi }, { ...en, ...workEn });
