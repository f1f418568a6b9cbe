import type { Scene } from '#contract/wall.ts';

const PREFIX = 'toan-canh.editor.';

/** Scenes that were drawn and not saved yet. */
export interface Drafts {
  read(id: string): Scene | null;
  keep(scene: Scene): void;
  drop(id: string): void;
  /** Brings drafts that an earlier program kept to today's form. */
  upgrade(): Promise<void>;
}

/** Drafts of this browser. One that a newer program kept stays, unread. */
export function createDrafts(storage: Storage, schema: Scene['schema']): Drafts {
  const readAny = (key: string) => JSON.parse(storage.getItem(key) ?? 'null') as Pick<Scene, 'schema'> | null;
  const isOfToday = (draft: Pick<Scene, 'schema'> | null): draft is Scene => draft?.schema === schema;
  return {
    read(id) {
      const draft = readAny(PREFIX + id);
      return isOfToday(draft) ? draft : null;
    },
    keep: (scene) => storage.setItem(PREFIX + scene.id, JSON.stringify(scene)),
    drop: (id) => storage.removeItem(PREFIX + id),
    async upgrade() {
      const keys = Array.from({ length: storage.length }, (_one, index) => storage.key(index) ?? '');
      const old = keys.filter((key) => key.startsWith(PREFIX) && !isOfToday(readAny(key)));
      if (old.length === 0) return;
      const { upgradeStored } = await import('../../../layouts/upgrade.ts');
      for (const key of old) {
        const draft = upgradeStored<Scene>('scene', readAny(key));
        if (draft) storage.setItem(key, JSON.stringify(draft));
      }
    },
  };
}
