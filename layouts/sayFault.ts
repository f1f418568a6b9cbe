import type { LayoutFault } from './check.ts';
import en from './text.en.json' with { type: 'json' };
import vi from './text.vi.json' with { type: 'json' };

const TEXTS = { vi, en };

/** A fault of a layout file as a sentence for the person who edits it. */
export function sayFault(fault: LayoutFault, language: keyof typeof TEXTS): string {
  return TEXTS[language][fault.code].replace('{file}', fault.file).replace('{line}', String(fault.line)).replace('{detail}', fault.detail);
}
