import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Log } from '../../../kernel/log.ts';
import { namesIn, pick } from './tar.ts';

const WHOLE = fileURLToPath(new URL('./postgis.tar.gz', import.meta.resolve('@electric-sql/pglite-postgis')));
/** What the store needs of PostGIS: no rasters, topology, geocoder, nor ways from older versions. */
const NEEDED = /^(lib\/postgresql\/postgis-3\.so|share\/proj\/.*|share\/postgresql\/extension\/postgis(\.control|--[\d.]+\.sql))$/;
const NEEDED_FILES = ['lib/postgresql/postgis-3.so', 'share/proj/proj.db', 'share/postgresql/extension/postgis.control'];
/** A seventh larger than the smallest, and written in a seventh of the time. */
const LEVEL = 1;

/**
 * The part of PostGIS that is used, packed apart and kept beside the template: each start of the engine unpacks and compiles
 * all that its bundle holds. Undefined where nothing can be kept or the package is another than expected; the whole then serves.
 */
export async function ensurePostgisBundle(keptIn: string | undefined, name: string, log: Log): Promise<string | undefined> {
  if (!keptIn) return undefined;
  const bundle = join(keptIn, `${name}.tar.gz`);
  if (existsSync(bundle)) return bundle;
  const partial = `${bundle}.${randomUUID()}.partial`;
  try {
    await mkdir(keptIn, { recursive: true });
    const part = pick(await promisify(gunzip)(await readFile(WHOLE)), NEEDED);
    const missing = NEEDED_FILES.filter((file) => !namesIn(part).includes(file));
    if (missing.length > 0) throw new Error(`not in the package: ${missing.join(', ')}`);
    await writeFile(partial, await promisify(gzip)(part, { level: LEVEL }));
    await rename(partial, bundle);
    return bundle;
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    log.info({ error: String(error) }, 'the embedded store starts with all of PostGIS');
    return undefined;
  }
}
