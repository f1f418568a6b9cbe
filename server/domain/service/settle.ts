import type { CatalogueFault, SourceText } from '../indicator/readYaml.ts';
import { serviceOf, type ServicesRead } from './readServices.ts';

/** Folders by service, as they were last taken. */
export type Folders = ReadonlyMap<string, readonly SourceText[]>;

/** What is in force after a reading, and what was not taken. */
export interface Settled {
  read: ServicesRead;
  folders: Folders;
  refused: (CatalogueFault & { service: string; isKept: boolean })[];
}

/** Files by the service whose folder they lie in. */
export function foldersOf(sources: readonly SourceText[]): Folders {
  return Map.groupBy(sources, ({ file }) => serviceOf(file));
}

const textOf = (folder: readonly SourceText[] | undefined) => JSON.stringify(folder ?? null);

/**
 * Takes the folders that are right and, in place of each that is wrong, the one before it, so that one service's mistake touches no other.
 * Folders that did not change are read first: a code used twice is then the fault of the newcomer.
 */
export function settle(wanted: Folders, good: Folders, read: (sources: readonly SourceText[], fresh: ReadonlySet<string>) => ServicesRead): Settled {
  const chosen = new Map(wanted);
  const refused: Settled['refused'] = [];
  for (;;) {
    const isOld = (id: string) => textOf(chosen.get(id)) === textOf(good.get(id));
    const ordered = [...chosen.keys()].sort((a, b) => Number(isOld(b)) - Number(isOld(a)) || a.localeCompare(b));
    const answer = read(ordered.flatMap((id) => chosen.get(id)!), new Set(ordered.filter((id) => !isOld(id))));
    if (answer.faults.length === 0) return { read: answer, folders: chosen, refused };
    const broken = [...new Set(answer.faults.map(({ file }) => serviceOf(file)))];
    const changed = broken.filter((id) => !isOld(id));
    for (const id of changed.length > 0 ? changed : broken) {
      const before = isOld(id) ? undefined : good.get(id);
      refused.push(...answer.faults.filter(({ file }) => serviceOf(file) === id).map((fault) => ({ ...fault, service: id, isKept: before !== undefined })));
      if (before) chosen.set(id, before);
      else chosen.delete(id);
    }
  }
}
