import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { Check } from 'typebox/value';
import type { Catalogue } from '../domain/indicator/catalogue.ts';
import { readCatalogue, type CatalogueFault, type SourceText } from '../domain/indicator/readCatalogue.ts';
import { DataSetFile, type DataSet } from '../domain/red-case/dataSet.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';

/** Editors write a file in several steps; the folder is read once they are done. Units: ms. */
const SETTLE_MS = 200;

/** Files of a folder that every service may have, as `service/folder/file`. */
function filesOf(root: string, folder: string, ending: string): string[] {
  const services = join(root, 'server', 'services');
  return readdirSync(services, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.includes(`/${folder}/`) && path.endsWith(ending) && !path.startsWith('_'))
    .sort()
    .map((path) => join(services, path));
}

/** The catalogue of every service as it is written now. */
export function loadCatalogue(root: string): { catalogue?: Catalogue; faults: CatalogueFault[] } {
  const sources = filesOf(root, 'catalogue', '.yaml').map((path): SourceText => ({ file: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
  const version = createHash('sha256').update(sources.map(({ file, text }) => `${file}\n${text}`).join('\n')).digest('hex').slice(0, 16);
  return readCatalogue(sources, version);
}

/** Data sets of letters. Fails: throws for a file of a wrong form, as it is the product's own. */
export function loadDataSets(root: string): DataSet[] {
  return filesOf(root, 'data-sets', '.json').map((path) => {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!Check(DataSetFile, value)) throw new Error(`${path} is not a data set`);
    return value;
  });
}

/** Puts the catalogue in force, and again whenever somebody saves a file; with a fault the last good one stays and the fault is said with file and line. */
export async function followCatalogue({ root, log, use }: { root: string; log: Log; use(catalogue: Catalogue): Promise<void> }): Promise<Closable> {
  let settling: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();
  let inForce = '';
  const read = async () => {
    const { catalogue, faults } = loadCatalogue(root);
    for (const { file, line, reason } of faults) log.error({ file, line }, `danh mục chỉ tiêu: ${file}, dòng ${line}: ${reason}`);
    if (!catalogue || catalogue.version === inForce) return;
    await use(catalogue);
    inForce = catalogue.version;
  };
  const again = () => {
    reading = reading.then(read).catch((error: unknown) => log.error({ error: String(error) }, 'the catalogue could not be put in force; the last good one stays'));
  };
  await read();
  const watcher = watch(join(root, 'server', 'services'), { recursive: true }, (_event, name) => {
    if (!name?.endsWith('.yaml')) return;
    clearTimeout(settling);
    settling = setTimeout(again, SETTLE_MS);
  });
  watcher.on('error', (error) => log.warn({ error: String(error) }, 'the catalogue is not watched any more'));
  return {
    async close() {
      clearTimeout(settling);
      watcher.close();
      await reading;
    },
  };
}
