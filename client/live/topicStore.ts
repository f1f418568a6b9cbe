import type { JoinCursor, LogEntry, PushedEntry } from '#contract/entry.ts';
import type { Fault } from '#contract/faults.ts';

/** Answer of a join: the state as of `head`, or the entries between the cursor and `head`. */
export interface Joined {
  epoch: string;
  head: number;
  view?: string;
  snapshot?: LogEntry[];
  entries?: LogEntry[];
}

/** What became of a push. `gap`: something before it is missing; nothing was applied. */
export type Applied = 'applied' | 'duplicate' | 'gap';

/** Every thing of one topic at its latest revision, each entry applied exactly once. */
export interface TopicStore {
  readonly topic: string;
  readonly cursor: JoinCursor | undefined;
  readonly fault: Fault | undefined;
  /** Rises with every visible change. */
  readonly version: number;
  things(): readonly LogEntry[];
  get(id: string): LogEntry | undefined;
  takeJoined(joined: Joined): void;
  takePush(entry: PushedEntry): Applied;
  refuse(fault: Fault): void;
  /** Fills an empty store with an earlier picture; a join replaces it. */
  restore(entries: readonly LogEntry[]): void;
  onChange(listener: () => void): () => void;
}

export function createTopicStore(topic: string): TopicStore {
  const things = new Map<string, LogEntry>();
  const listeners = new Set<() => void>();
  let cursor: JoinCursor | undefined;
  let fault: Fault | undefined;
  let version = 0;

  const put = (entry: LogEntry): void => {
    const known = things.get(entry.id);
    if (!known || entry.rev > known.rev) things.set(entry.id, entry);
  };
  const changed = (): void => {
    version++;
    for (const listener of listeners) listener();
  };

  return {
    topic,
    get cursor() {
      return cursor;
    },
    get fault() {
      return fault;
    },
    get version() {
      return version;
    },
    things: () => [...things.values()],
    get: (id) => things.get(id),
    takeJoined(joined) {
      if (joined.snapshot || joined.epoch !== cursor?.epoch) things.clear();
      for (const entry of joined.snapshot ?? joined.entries ?? []) put(entry);
      cursor = { epoch: joined.epoch, seq: joined.head, ...(joined.view === undefined ? {} : { view: joined.view }) };
      fault = undefined;
      changed();
    },
    takePush(entry) {
      if (!cursor || entry.epoch !== cursor.epoch) return 'gap';
      if (entry.seq <= cursor.seq) return 'duplicate';
      if (entry.prev !== cursor.seq) return 'gap';
      put(entry);
      cursor = { ...cursor, seq: entry.seq };
      changed();
      return 'applied';
    },
    refuse(refusal) {
      fault = refusal;
      things.clear();
      cursor = undefined;
      changed();
    },
    restore(entries) {
      if (cursor || things.size > 0) return;
      entries.forEach(put);
      changed();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
