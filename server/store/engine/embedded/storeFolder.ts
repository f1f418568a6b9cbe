import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../../kernel/log.ts';
import { startThread } from './thread.ts';
import { answerOf, simpleQuery } from './wire.ts';

const EXTENSIONS = ['postgis', 'pg_trgm', 'unaccent', 'btree_gist'];
const PACKAGE = new URL('../../../../package.json', import.meta.url);

/** The folder of the embedded store inside the data folder. */
export const storeFolderOf = (dataFolder: string) => join(dataFolder, 'store');

/** Makes sure a usable store exists, from a template when one is kept. A start that was killed half way leaves nothing half made. */
export async function ensureStoreFolder(dataFolder: string, templateFolder: string | undefined, log: Log): Promise<string> {
  const folder = storeFolderOf(dataFolder);
  if (isStore(folder)) return folder;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  if (templateFolder) await cp(await ensureTemplate(templateFolder, log), partial, { recursive: true });
  else await initialise(partial, log);
  await rename(partial, folder);
  return folder;
}

async function ensureTemplate(templateFolder: string, log: Log): Promise<string> {
  const template = join(templateFolder, templateName());
  if (isStore(template)) return template;
  await mkdir(templateFolder, { recursive: true });
  const partial = `${template}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await initialise(partial, log);
  try {
    await rename(partial, template);
  } catch (error) {
    if (!isStore(template)) throw error;
    await rm(partial, { recursive: true });
  }
  return template;
}

/** Changes with each version of the engine, so that an old template is never used. */
function templateName(): string {
  const { dependencies } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { dependencies: Record<string, string> };
  return `pglite-${dependencies['@electric-sql/pglite']}-postgis-${dependencies['@electric-sql/pglite-postgis']}`;
}

async function initialise(folder: string, log: Log): Promise<void> {
  log.info({}, 'preparing an empty embedded store; this takes up to half a minute, once');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const thread = await startThread({ folder });
  try {
    for (const name of EXTENSIONS) {
      const { output } = await thread.execute(simpleQuery(`create extension if not exists ${name}`));
      if (answerOf(output).hasError) throw new Error(`the embedded engine cannot create the extension ${name}`);
    }
  } finally {
    await thread.close();
  }
}

const isStore = (folder: string) => existsSync(join(folder, 'PG_VERSION'));
