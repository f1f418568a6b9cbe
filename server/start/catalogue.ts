import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import { Check } from 'typebox/value';
import type { ConnectorText } from '#contract/connector.ts';
import { readLayout } from '../../layouts/check.ts';
import { sayFault } from '../../layouts/sayFault.ts';
import type { Catalogue } from '../domain/indicator/catalogue.ts';
import type { CatalogueFault, SourceText } from '../domain/indicator/readYaml.ts';
import { DataSetFile, type DataSet } from '../domain/red-case/dataSet.ts';
import type { PackFile } from '../domain/service/pack.ts';
import { readServices, type KnownAround } from '../domain/service/readServices.ts';
import { foldersOf, settle, type Folders, type Settled } from '../domain/service/settle.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { ROOT } from './root.ts';

/** Editors write a file in several steps; the folder is read once they are done. Units: ms. */
const SETTLE_MS = 200;
const FIGURES = join(ROOT, 'server', 'store', 'reports', 'figures');
const NO_FOLDERS: Folders = new Map();

/** Files of a folder that every service may have, as `service/folder/file`. */
function filesOf(root: string, isWanted: (path: string) => boolean): string[] {
  const services = join(root, 'server', 'services');
  return readdirSync(services, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => isWanted(path) && !path.startsWith('_'))
    .sort()
    .map((path) => join(services, path));
}

const inFolder = (folder: string, ending: string) => (path: string) => path.includes(`/${folder}/`) && path.endsWith(ending);
const isPackFile = (path: string) => /^[^/]+\/service\.yaml$/.test(path) || inFolder('catalogue', '.yaml')(path) || inFolder('connectors', '.yaml')(path);

/** Reads the scenes that services name, from the folder people edit. */
function createAround(root: string): Omit<KnownAround, 'fresh'> {
  const layouts = join(root, 'layouts');
  const listIn = (name: string) => new Set(JSON.parse(readFileSync(join(layouts, name), 'utf8')) as string[]);
  const widgets = listIn('widgets.json');
  return {
    layers: listIn('layers.json'),
    figures: new Set(readdirSync(FIGURES).map((name) => basename(name, '.sql'))),
    sceneFaults(id) {
      const file = `scenes/${id}.yaml`;
      if (!existsSync(join(layouts, file))) return undefined;
      return readLayout('scene', file, readFileSync(join(layouts, file), 'utf8'), widgets).faults.map((fault) => ({ file: `layouts/${file}`, line: fault.line, reason: sayFault(fault, 'vi') }));
    },
  };
}

/** The services as their folders say now; a folder with a fault stays as it was in `good`. */
export function loadServices(root: string, good: Folders = NO_FOLDERS): Settled {
  const sources = filesOf(root, isPackFile).map((path): SourceText => ({ file: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
  const around = createAround(root);
  return settle(foldersOf(sources), good, (taken, fresh) => readServices(taken, versionOf(taken), { ...around, fresh }));
}

const versionOf = (sources: readonly SourceText[]) => {
  const inOrder = sources.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return createHash('sha256').update(inOrder.map(({ file, text }) => `${file}\n${text}`).join('\n')).digest('hex').slice(0, 16);
};

/** The catalogue of every service as it is written now. */
export function loadCatalogue(root: string): { catalogue?: Catalogue; faults: CatalogueFault[] } {
  const { read, refused } = loadServices(root);
  return refused.length > 0 ? { faults: refused } : { catalogue: read.catalogue!, faults: [] };
}

/** Data sets of letters. Fails: throws for a file of a wrong form, as it is the product's own. */
export function loadDataSets(root: string): DataSet[] {
  return filesOf(root, inFolder('data-sets', '.json')).map((path) => {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!Check(DataSetFile, value)) throw new Error(`${path} is not a data set`);
    return value;
  });
}

/** Folders of services in force, and those that were refused. */
export interface ServiceFolders extends Closable {
  packs(): ReadonlyMap<string, PackFile>;
  adapters(): readonly ConnectorText[];
  refused(): Settled['refused'];
  version(): string;
  /** Every indicator of the folders in force, also of services that are off. */
  written(): Catalogue;
  /** Puts the catalogue in force anew, as after a service went on or off. */
  again(): Promise<void>;
  /** Calls `listener` whenever other folders came in force. */
  whenChanged(listener: (packs: ReadonlyMap<string, PackFile>) => Promise<void>): void;
}

export interface FollowDeps {
  root: string;
  /** The folders as they were read while the store opened. */
  first?: Settled;
  log: Log;
  use(catalogue: Catalogue): Promise<void>;
  /** Whether a service is on; its indicators are judged only then. */
  isOn?: ((service: string, pack: PackFile | undefined) => boolean) | undefined;
}

/** Puts the catalogue in force, and again whenever somebody saves a file; a folder with a fault stays as it was and the fault is said with file and line. */
export async function followCatalogue({ root, first, log, use, isOn = (_service, pack) => pack?.approval === undefined }: FollowDeps): Promise<ServiceFolders> {
  let settling: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();
  let inForce = '';
  const listeners: ((packs: ReadonlyMap<string, PackFile>) => Promise<void>)[] = [];
  let now: Settled = { read: { packs: new Map(), adapters: [], faults: [] }, folders: NO_FOLDERS, refused: [] };
  const written = (): Catalogue => now.read.catalogue ?? { version: '', indicators: new Map(), assignmentRules: [] };
  const read = async (settled = loadServices(root, now.folders)) => {
    now = settled;
    for (const { file, line, reason } of now.refused) log.error({ file, line }, `dịch vụ giám sát: ${file}, dòng ${line}: ${reason}`);
    const catalogue = written();
    const { packs } = now.read;
    const indicators = new Map([...catalogue.indicators].filter(([, { service }]) => isOn(service, packs.get(service))));
    const version = indicators.size === catalogue.indicators.size ? catalogue.version : `${catalogue.version}-${indicators.size}`;
    if (version === inForce) return;
    await use({ ...catalogue, indicators, version });
    inForce = version;
    for (const tell of listeners) await tell(packs);
  };
  const again = () => {
    reading = reading.then(() => read()).catch((error: unknown) => log.error({ error: String(error) }, 'the catalogue could not be put in force; the last good one stays'));
    return reading;
  };
  await read(first);
  const watcher = watch(join(root, 'server', 'services'), { recursive: true }, (_event, name) => {
    if (!name?.endsWith('.yaml')) return;
    clearTimeout(settling);
    settling = setTimeout(() => void again(), SETTLE_MS);
  });
  watcher.on('error', (error) => log.warn({ error: String(error) }, 'the catalogue is not watched any more'));
  return {
    packs: () => now.read.packs,
    adapters: () => now.read.adapters,
    refused: () => now.refused,
    version: () => inForce,
    written,
    again,
    whenChanged: (listener) => void listeners.push(listener),
    async close() {
      clearTimeout(settling);
      watcher.close();
      await reading;
    },
  };
}
