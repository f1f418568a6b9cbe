import { wordOf } from '../../live/words.ts';
import { defineText, type Language } from '../../ui/i18n/text.ts';
import type { Choice } from './fields.ts';
import en from './settings.en.json';
import vi from './settings.vi.json';

const words = defineText<string>(vi, en);
const said = (key: string, language: Language): string | undefined => (Object.hasOwn(words[language], key) ? words[language][key] : undefined);

/** What a setting is called in a form: as this widget calls it, else as all do. `path` leads to a part of a group or a row. Undefined for a setting without words. */
export function labelOf(widget: string, path: readonly string[], language: Language): string | undefined {
  const name = path.join('.');
  return said(`${widget}.${name}`, language) ?? said(name, language);
}

/** What one of several values of a setting is called; a code of the contract by its own word. */
export const choiceWord = (choice: Choice, language: Language): string => said(`=${choice}`, language) ?? wordOf(String(choice), language);
