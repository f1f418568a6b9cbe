const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;
const PLAIN = /^[\x20-\x7e]*$/;
const DEEPEST = 12;

/** A value whose texts are fit to keep, and whether one of them was damaged before it reached us. */
export interface Cleaned {
  value: unknown;
  isDamaged: boolean;
}

/**
 * One text as it is kept: NFC, no control characters but tab and line feed, no lone surrogates, no towers of marks.
 * Damage shows as U+FFFD: it is kept, so that a person can still read the rest.
 */
export function cleanText(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.toWellFormed().normalize('NFC').replace(CONTROLS, '').replace(STACKED_MARKS, '$1');
}

/** Cleans every text inside an item. What lies deeper than any item of the contract is left for the schema to refuse. */
export function cleanItem(item: unknown): Cleaned {
  let isDamaged = false;
  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') {
      const text = cleanText(value);
      isDamaged ||= text.includes('\ufffd');
      return text;
    }
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
    if (Array.isArray(value)) return typeof value[0] === 'number' ? value : value.map((inner) => clean(inner, depth + 1));
    // Object.fromEntries keeps a key `__proto__` as an own property, so that the closed schema sees and refuses it.
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner, depth + 1)]));
  };
  return { value: clean(item, 0), isDamaged };
}
