import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_KEYS } from '../../server/kernel/config.ts';
import { ROOT } from '../house/tree.ts';

/** Where the guide stands. */
export const CONFIGURATION_GUIDE = join(ROOT, 'docs/guides/configuration.md');

const cell = (text: string) => text.replaceAll('|', '\\|');

/** The guide of settings, from the table that the server reads them by. */
export function configurationGuide(): string {
  const rows = Object.entries(CONFIG_KEYS).map(([name, { reason, form, fallback }]) => `| \`${name}\` | ${cell(reason)} | ${cell(form)} | ${fallback === '' ? '–' : `\`${fallback}\``} |`);
  return [
    '# Configuration',
    '',
    'Settings come from the environment; all are optional. An unknown `IOC_` key stops the start and names the nearest known one. This page is written by `test/docs/configurationGuide.ts`; a test holds it equal to the code.',
    '',
    '| key | what for | form | without it |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

if (process.argv[1] === import.meta.filename) writeFileSync(CONFIGURATION_GUIDE, configurationGuide());
