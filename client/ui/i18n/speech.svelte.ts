import { createContext } from 'svelte';
import { createFormats, type Formats } from './formats.ts';
import { createText, type Language, type Texts, type Translate } from './text.ts';

/** Language of one screen and the formats that go with it. */
export class Speech {
  language = $state<Language>('vi');
  readonly formats: Formats = $derived(createFormats(this.language));

  constructor(language: Language = 'vi') {
    this.language = language;
  }

  text<Key extends string>(texts: Texts<Key>): Translate<Key> {
    return createText(texts, () => this.language);
  }
}

/** Every part of a screen speaks the language of the nearest `setSpeech`. */
export const [useSpeech, setSpeech] = createContext<Speech>();

/** Texts of a folder in the language of the screen. Called while a component is created. */
export const useText = <Key extends string>(texts: Texts<Key>): Translate<Key> => useSpeech().text(texts);
