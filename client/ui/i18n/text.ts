/** Languages of the product; Vietnamese is the source of truth. */
export type Language = 'vi' | 'en';

/** The same keys in both languages. */
export interface Texts<Key extends string = string> {
  vi: Readonly<Record<Key, string>>;
  en: Readonly<Record<Key, string>>;
}

export type Blanks = Readonly<Record<string, string | number>>;

/** Looks a text up by key and fills its `{blanks}`. */
export type Translate<Key extends string = string> = (key: Key, blanks?: Blanks) => string;

/** Joins the two dictionaries of a folder; a key missing in one of them does not compile. */
export function defineText<Key extends string>(vi: Readonly<Record<Key, string>>, en: Readonly<Record<NoInfer<Key>, string>>): Texts<Key> {
  return { vi, en };
}

/** The texts in one language. A key that only data names (a code of a catalogue) is shown as it is when unknown. */
export function createText<Key extends string>(texts: Texts<Key>, language: () => Language): Translate<Key> {
  return (key, blanks = {}) => {
    const words = texts[language()];
    const text = Object.hasOwn(words, key) ? words[key] : key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(blanks, name) ? String(blanks[name]) : whole));
  };
}
