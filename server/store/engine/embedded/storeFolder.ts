import { constants, existsSync, readFileSync } from 'node:fs';
import { access, cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../../kernel/log.ts';
import { startThread } from './thread.ts';
import { answerOf, simpleQuery } from './wire.ts';

const EXTENSIONS = ['postgis', 'pg_trgm', 'unaccent', 'btree_gist'];
const PACKAGE = new URL('../../../../package.json', import.meta.url);

/** Makes an empty store in a folder. */
type Maker = (folder: string, log: Log) => Promise<void>;

/** The folder of the embedded store inside the data folder. */
export const storeFolderOf = (dataFolder: string) => join(dataFolder, 'store');

/** Makes sure a usable store exists, from a template when one is kept. A start that was killed half way leaves nothing half made. */
export async function ensureStoreFolder(dataFolder: string, templateFolder: string | undefined, log: Log, make: Maker = initialise): Promise<string> {
  const folder = storeFolderOf(dataFolder);
  if (isStore(folder)) return folder;
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  const template = templateFolder && (await templateIn(templateFolder, log, make));
  if (template) await cp(template, partial, { recursive: true });
  else await make(partial, log);
  await rename(partial, folder);
  return folder;
}

/** An installed service may not write beside its code and does without: undefined. */
async function templateIn(templateFolder: string, log: Log, make: Maker): Promise<string | undefined> {
  const template = join(templateFolder, templateName());
  if (isStore(template)) return template;
  if (!(await isWritable(templateFolder))) return undefined;
  const partial = `${template}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await make(partial, log);
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

const isWritable = (folder: string) =>
  mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK))
    .then(
      () => true,
      () => false,
    );

const isStore = (folder: string) => existsSync(join(folder, 'PG_VERSION'));
