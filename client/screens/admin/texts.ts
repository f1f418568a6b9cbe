import { createText, defineText, type Language } from '../../ui/i18n/text.ts';
import deedsEn from './deeds.en.json';
import deedsVi from './deeds.vi.json';
import en from './text.en.json';
import vi from './text.vi.json';

export const texts = defineText(vi, en);
const deeds = defineText(deedsVi, deedsEn);

/** The words of an action of the audit log; an unknown one stays as it is. */
export const deedOf = (action: string, language: Language): string => createText<string>(deeds, () => language)(action);
