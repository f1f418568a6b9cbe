import { watch } from 'node:fs';
import type { Scene } from '#contract/wall.ts';
import type { WidgetSettings } from '../../../layouts/checkSettings.ts';
import { loadLayouts, type Layouts } from '../../../layouts/load.ts';
import { sayFault, sayUpgrade } from '../../../layouts/sayFault.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';

/** Editors write a file in several steps; the folder is read once they are done. Units: ms. */
const SETTLE_MS = 150;

export interface LayoutWatch extends Closable {
  current(): Layouts;
  /** Reads the folder again; a file with a fault keeps its last good version. */
  reload(): Promise<void>;
}

/** The layouts folder under the scenes that people published, read again whenever somebody saves a file in it. */
export async function createLayoutWatch(folder: string, logger: Log, onChange: (next: Layouts, before: Layouts) => Promise<void>, edited: () => ReadonlyMap<string, Scene> = () => new Map(), settings: WidgetSettings = new Map()): Promise<LayoutWatch> {
  let layouts = await loadLayouts(folder, undefined, edited(), {}, settings);
  const shelved = new WeakSet<Scene>(edited().values());
  let settling: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();

  /** A scene that is no longer published falls back to its file, not to its last edited version. */
  const withoutEdited = (before: Layouts): Layouts => ({ ...before, scenes: new Map([...before.scenes].filter(([, scene]) => !shelved.has(scene))) });
  const saidOf = new Map<string, number>();
  const tell = () => {
    for (const fault of layouts.faults) logger.warn({ file: fault.file, line: fault.line, code: fault.code }, sayFault(fault, 'vi'));
    for (const { file, ...upgrade } of layouts.upgraded) {
      if (saidOf.get(file) !== upgrade.from) logger.info({ file, ...upgrade }, sayUpgrade(file, upgrade, 'vi'));
      saidOf.set(file, upgrade.from);
    }
  };
  const read = async () => {
    const before = layouts;
    layouts = await loadLayouts(folder, withoutEdited(before), edited(), {}, settings);
    for (const scene of edited().values()) shelved.add(scene);
    tell();
    await onChange(layouts, before);
  };
  const reload = () => {
    reading = reading.then(read).catch((error: unknown) => logger.error({ error: String(error) }, 'the layouts folder could not be read; the last good layouts stay'));
    return reading;
  };
  const watcher = watch(folder, { recursive: true }, (_event, name) => {
    if (!name?.endsWith('.yaml')) return;
    clearTimeout(settling);
    settling = setTimeout(() => void reload(), SETTLE_MS);
  });
  watcher.on('error', (error) => logger.warn({ error: String(error) }, 'the layouts folder is not watched any more'));
  tell();
  return {
    current: () => layouts,
    reload,
    async close() {
      clearTimeout(settling);
      watcher.close();
      await reading;
    },
  };
}
