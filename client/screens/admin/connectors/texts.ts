import { defineText } from '../../../ui/i18n/text.ts';
import fieldsEn from './fields.en.json';
import fieldsVi from './fields.vi.json';
import en from './text.en.json';
import vi from './text.vi.json';

export const texts = defineText(vi, en);

/** What the fields of the contract mean; a new field without words is shown by its name alone. */
export const fieldTexts = defineText(fieldsVi, fieldsEn);
