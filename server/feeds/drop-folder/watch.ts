import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FeedHealth } from '#contract/entry.ts';
import { TOPICS, type TopicName } from '#contract/topics.ts';
import type { FeedDeps } from '../../domain/ports/feeds.ts';
import { reportOf } from './report.ts';
import { FORMATS, takeFile } from './takeFile.ts';

/** A folder with one folder per topic, and `done` for what was taken. */
export interface Watch {
  /** Looks once: a file whose size and time did not change since the last look is taken. */
  look(): Promise<void>;
  health(): FeedHealth;
}

interface Waiting {
  path: string;
  name: string;
  topic: TopicName;
}

const DONE = 'done';
const topics = Object.keys(TOPICS) as TopicName[];

export function createWatch(deps: Pick<FeedDeps, 'id' | 'send' | 'clock' | 'log'>, options: { name: string; folder: string; promiseMs: number | undefined }): Watch {
  const { id, send, clock, log } = deps;
  const { name, folder, promiseMs } = options;
  const tally = { accepted: 0, rejected: 0, tookAt: 0, lastAt: 0, reason: '' };
  let seen = new Map<string, string>();

  const prepare = () => {
    for (const part of [...topics, DONE]) mkdirSync(join(folder, part), { recursive: true, mode: 0o700 });
  };
  const waiting = (): Waiting[] =>
    topics.flatMap((topic) =>
      readdirSync(join(folder, topic), { withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && FORMATS.has(extname(entry.name).toLowerCase()))
        .map((entry) => ({ path: join(folder, topic, entry.name), name: entry.name, topic }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  const freeName = (wanted: string): string => {
    const kind = extname(wanted);
    const stem = wanted.slice(0, wanted.length - kind.length);
    for (let n = 1; ; n++) {
      const free = n === 1 ? wanted : `${stem}-${n}${kind}`;
      if (!existsSync(join(folder, DONE, free))) return free;
    }
  };

  /** Takes one file. Resolves to why it still waits, or nothing. */
  const take = async ({ path, name: file, topic }: Waiting): Promise<string> => {
    const taken = await takeFile(path, FORMATS.get(extname(file).toLowerCase())!, topic, send);
    if (!taken.ok) return taken.fault.code;
    const { accepted, duplicates, refused } = taken.value;
    const kept = freeName(`${topic}-${file}`);
    // The report stands before the file moves: a crash between the two reads the file again, and its rows are duplicates.
    const report = join(folder, DONE, `${kept}.report.csv`);
    writeFileSync(`${report}.new`, reportOf(refused), { mode: 0o600 });
    renameSync(`${report}.new`, report);
    renameSync(path, join(folder, DONE, kept));
    if (existsSync(`${path}.yaml`)) renameSync(`${path}.yaml`, join(folder, DONE, `${kept}.yaml`));
    tally.accepted += accepted;
    tally.rejected += refused.length;
    Object.assign(tally, { tookAt: clock.realNow(), lastAt: clock.now() });
    log.info({ topic, accepted, duplicates, refused: refused.length }, 'dropped file taken');
    return '';
  };
  const tell = (reason: string) => {
    if (reason && reason !== tally.reason) log.warn({ reason }, 'dropped files wait');
    tally.reason = reason;
  };

  return {
    async look() {
      try {
        prepare();
        const files = waiting();
        const now = new Map(files.map(({ path }) => [path, signOf(path)]));
        let reason = '';
        for (const file of files) if (seen.get(file.path) === now.get(file.path)) reason = (await take(file)) || reason;
        seen = now;
        tell(reason);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (!code) throw error;
        tell(code);
      }
    },
    health() {
      const ageMs = tally.tookAt ? clock.realNow() - tally.tookAt : null;
      const isOld = promiseMs !== undefined && ageMs !== null && ageMs > promiseMs;
      const state = tally.reason ? 'down' : ageMs === null ? 'waiting' : isOld ? 'stale' : 'live';
      const { accepted, rejected, reason } = tally;
      return { id, name, state, ageMs, lastAt: tally.lastAt || null, accepted, rejected, ...(reason ? { reason } : {}) };
    },
  };
}

/** Size and time of a file: two equal signs in a row mean that nobody writes it. */
function signOf(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${size}@${mtimeMs}`;
}
