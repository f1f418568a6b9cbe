import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Compile } from 'typebox/compile';
import Type from 'typebox';
import { parse } from 'yaml';
import type { FeedKind } from '../domain/ports/feeds.ts';

const FeedFile = Type.Object({ feed: Type.String(), name: Type.Optional(Type.String()), settings: Type.Optional(Type.Unknown()) }, { additionalProperties: false });
const isFeedFile = Compile(FeedFile);

export interface PlannedFeed {
  id: string;
  name: string;
  kind: FeedKind;
  settings: unknown;
}

/** Every kind of feed found under `server/feeds`: folders with an `index.ts` that exports `feed`; a leading `_` is a template. */
export async function findFeedKinds(root: string): Promise<Map<string, FeedKind>> {
  const folder = join(root, 'server', 'feeds');
  const kinds = new Map<string, FeedKind>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name, 'index.ts');
    if (!entry.isDirectory() || entry.name.startsWith('_') || !existsSync(file)) continue;
    const loaded = (await import(file)) as { feed?: FeedKind };
    if (loaded.feed) kinds.set(loaded.feed.name, loaded.feed);
  }
  return kinds;
}

/** Feeds a centre configured as `<data>/feeds/<id>.yaml`. A wrong file is reported and skipped; the others run. */
export function readFeedFiles(dataFolder: string, kinds: ReadonlyMap<string, FeedKind>, report: (problem: string) => void): PlannedFeed[] {
  const folder = join(dataFolder, 'feeds');
  if (!existsSync(folder)) return [];
  const planned: PlannedFeed[] = [];
  for (const file of readdirSync(folder).filter((name) => /^[a-z0-9-]+\.ya?ml$/.test(name)).sort()) {
    const id = file.replace(/\.ya?ml$/, '');
    try {
      const content: unknown = parse(readFileSync(join(folder, file), 'utf8'));
      if (!isFeedFile.Check(content)) throw new Error(isFeedFile.Errors(content).map((error) => `${error.instancePath || '/'} ${error.message}`).join('; '));
      const kind = kinds.get(content.feed);
      if (!kind) throw new Error(`unknown feed "${content.feed}"; known: ${[...kinds.keys()].join(', ')}`);
      const settings = content.settings ?? {};
      const check = Compile(kind.settings);
      if (!check.Check(settings)) throw new Error(check.Errors(settings).map((error) => `settings${error.instancePath} ${error.message}`).join('; '));
      planned.push({ id, name: content.name ?? id, kind, settings });
    } catch (error) {
      report(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return planned;
}
