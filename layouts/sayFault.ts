import type { LayoutFault } from './check.ts';
import en from './text.en.json' with { type: 'json' };
import vi from './text.vi.json' with { type: 'json' };
import type { Upgrade } from './upgrade.ts';

const TEXTS = { vi, en };
type Language = keyof typeof TEXTS;

/** A fault of a layout file as a sentence for the person who edits it. */
export function sayFault(fault: LayoutFault, language: Language): string {
  return TEXTS[language][fault.code].replace('{file}', fault.file).replace('{line}', String(fault.line)).replace('{detail}', fault.detail);
}

/** That a file of an older version was brought up while it was read. */
export const sayUpgrade = (file: string, { from, to }: Upgrade, language: Language): string =>
  TEXTS[language].upgraded.replace('{file}', file).replace('{from}', String(from)).replace('{to}', String(to));
