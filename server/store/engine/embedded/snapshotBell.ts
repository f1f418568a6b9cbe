import { existsSync, mkdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Closable } from '../../../kernel/lifecycle.ts';
import type { Log } from '../../../kernel/log.ts';

const BELL = 'asked';
const LOOK_MS = 200;

/**
 * Lets a command ask the running engine for a snapshot: it puts a file beside the snapshots, in a folder that only the owner may write,
 * and the file is gone once the snapshot is there. A snapshot that failed leaves the file to the one who asked.
 */
export function createSnapshotBell(folder: string, snapshot: () => Promise<unknown>, log: Log): Closable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const bell = join(folder, BELL);
  let running: Promise<void> | undefined;
  const answer = () => {
    if (running || !existsSync(bell)) return;
    running = snapshot()
      .then(() => rmSync(bell, { force: true }))
      .catch((error: unknown) => log.warn({ error: String(error) }, 'the snapshot that was asked for failed'))
      .finally(() => (running = undefined));
  };
  const watcher = watch(folder, { persistent: false }, (_event, name) => name === BELL && answer());
  answer();
  return {
    async close() {
      watcher.close();
      await running;
    },
  };
}

/** Asks the engine that holds the folder. Returns whether a fresh snapshot was made in time. */
export async function askForSnapshot(folder: string, withinMs: number): Promise<boolean> {
  const bell = join(folder, BELL);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(bell, '');
  for (let waited = 0; waited < withinMs && existsSync(bell); waited += LOOK_MS) await pause(LOOK_MS);
  const isAnswered = !existsSync(bell);
  rmSync(bell, { force: true });
  return isAnswered;
}
