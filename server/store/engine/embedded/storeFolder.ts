import { constants, existsSync, readFileSync } from 'node:fs';
import { access, cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../../../kernel/log.ts';
import { ensurePostgisBundle } from './postgisBundle.ts';
import { startThread, type WorkerStart } from './thread.ts';
import { answerOf, simpleQuery } from './wire.ts';

const EXTENSIONS = ['postgis', 'pg_trgm', 'unaccent', 'btree_gist'];
const PACKAGE = new URL('../../../../package.json', import.meta.url);

/** Makes an empty store in a folder. */
type Maker = (start: WorkerStart, log: Log) => Promise<void>;

/** The folder of the embedded store inside the data folder. */
export const storeFolderOf = (dataFolder: string) => join(dataFolder, 'store');

/** Makes sure a usable store exists, from a template when one is kept. A start that was killed half way leaves nothing half made. */
export async function ensureStoreFolder(dataFolder: string, templateFolder: string | undefined, log: Log, make: Maker = initialise): Promise<WorkerStart> {
  const postgis = await ensurePostgisBundle(templateFolder, `postgis-${versionOf('@electric-sql/pglite-postgis')}`, log);
  const folder = storeFolderOf(dataFolder);
  if (isStore(folder)) return { folder, postgis };
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  const template = templateFolder && (await templateIn(templateFolder, postgis, log, make));
  if (template) await cp(template, partial, { recursive: true });
  else await make({ folder: partial, postgis }, log);
  await rename(partial, folder);
  return { folder, postgis };
}

/** An installed service may not write beside its code and does without: undefined. */
async function templateIn(templateFolder: string, postgis: string | undefined, log: Log, make: Maker): Promise<string | undefined> {
  const template = join(templateFolder, templateName());
  if (isStore(template)) return template;
  if (!(await isWritable(templateFolder))) return undefined;
  const partial = `${template}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await make({ folder: partial, postgis }, log);
  try {
    await rename(partial, template);
  } catch (error) {
    if (!isStore(template)) throw error;
    await rm(partial, { recursive: true });
  }
  return template;
}

/** Changes with each version of the engine, so that an old template is never used. */
const templateName = (): string => `pglite-${versionOf('@electric-sql/pglite')}-postgis-${versionOf('@electric-sql/pglite-postgis')}`;

const versionOf = (library: string): string => (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { dependencies: Record<string, string> }).dependencies[library]!;

async function initialise(start: WorkerStart, log: Log): Promise<void> {
  log.info({}, 'preparing an empty embedded store; this takes up to half a minute, once');
  await mkdir(start.folder, { recursive: true, mode: 0o700 });
  const thread = await startThread(start);
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
