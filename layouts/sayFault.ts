import type { LayoutFault } from './check.ts';
import flaws from './flaws.vi.json' with { type: 'json' };
import en from './text.en.json' with { type: 'json' };
import vi from './text.vi.json' with { type: 'json' };
import type { Upgrade } from './upgrade.ts';

const TEXTS = { vi, en };
type Language = keyof typeof TEXTS;

/** What the schema found, in Vietnamese; the words of the validator where there are no others. Shape: its own sentence → ours, `{}` for what varies. */
function sayFlaw(detail: string): string {
  const [, pointer = '', said = ''] = /^(\/\S*) (.+)$/.exec(detail) ?? [];
  for (const [theirs, ours] of Object.entries(flaws)) {
    const [before = '', after] = theirs.split('{}');
    if (after === undefined ? said === before : said.startsWith(before) && said.endsWith(after)) return `${pointer}: ${ours.replace('{}', said.slice(before.length, said.length - (after?.length ?? 0)))}`;
  }
  return detail;
}

/** A fault of a layout file as a sentence for the person who edits it. */
export function sayFault(fault: LayoutFault, language: Language): string {
  const detail = language === 'vi' ? sayFlaw(fault.detail) : fault.detail;
  return TEXTS[language][fault.code].replace('{file}', fault.file).replace('{line}', String(fault.line)).replace('{detail}', () => detail);
}

/** That a file of an older version was brought up while it was read. */
export const sayUpgrade = (file: string, { from, to }: Upgrade, language: Language): string =>
  TEXTS[language].upgraded.replace('{file}', file).replace('{from}', String(from)).replace('{to}', String(to));
