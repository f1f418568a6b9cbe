import type { Log } from './log.ts';

/** Anything that holds a resource and gives it back. */
export interface Closable {
  close(): Promise<void> | void;
}

/** Closes what was opened, newest first, each within a limit, so that one stuck part never blocks the rest. */
export interface Lifecycle {
  add<T extends Closable>(name: string, part: T): T;
  close(): Promise<void>;
}

export function createLifecycle(log: Log, limitMs = 8000): Lifecycle {
  const parts: { name: string; part: Closable }[] = [];
  let closing: Promise<void> | undefined;
  const closeOne = async ({ name, part }: (typeof parts)[number]) => {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limitMs);
    });
    try {
      if ((await Promise.race([Promise.resolve(part.close()), limit])) === 'late') log.warn({ name }, 'part did not close in time');
    } catch (error) {
      log.error({ name, error: String(error) }, 'part failed to close');
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    add(name, part) {
      parts.push({ name, part });
      return part;
    },
    close() {
      closing ??= (async () => {
        for (const entry of parts.splice(0).reverse()) await closeOne(entry);
      })();
      return closing;
    },
  };
}
