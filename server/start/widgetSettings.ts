import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TSchema } from 'typebox';
import type { WidgetSettings } from '../../layouts/checkSettings.ts';

/** What each widget of the pages may be told, from the one file of a widget's folder that the server reads too. */
export async function readWidgetSettings(folder: string): Promise<WidgetSettings> {
  if (!existsSync(folder)) return new Map();
  const names = (await readdir(folder)).filter((name) => !name.startsWith('_') && existsSync(join(folder, name, 'settings.ts')));
  const read = names.map(async (name) => {
    const { settings } = (await import(pathToFileURL(join(folder, name, 'settings.ts')).href)) as { settings: TSchema };
    return [name, settings] as const;
  });
  return new Map(await Promise.all(read));
}
