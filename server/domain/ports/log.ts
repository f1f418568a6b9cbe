import type { Cursor, LogEntry } from '#contract/entry.ts';
import type { Outcome } from '#contract/faults.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { Scope } from '../scope.ts';

export interface LogPage {
  epoch: string;
  head: number;
  entries: LogEntry[];
}

/** The one log: commit order, no gaps, resumable by (epoch, seq). */
export interface LogPort {
  epoch(): string;
  /** Highest committed sequence number this node knows. */
  head(): number;
  /** Highest committed sequence number per topic this node knows. */
  heads(): Record<string, number>;
  /** Entries with `after.seq` < seq, in order. Fails: LOG_EPOCH, LOG_TOO_OLD, STORE_UNAVAILABLE. */
  read(query: { topics: readonly LoggedTopic[] | null; after: Cursor | null; limit: number; scope: Scope }): Promise<Outcome<LogPage>>;
  /** State of every thing of a topic that matters now, as of `head`, from one repeatable-read transaction. */
  snapshot(topic: LoggedTopic, scope: Scope): Promise<Outcome<LogPage>>;
  /** Called on this node with every batch of new entries, in order and without gaps, whoever wrote them; with an empty one when the log began a new epoch. Returns the way to stop. */
  follow(listener: (entries: LogEntry[]) => void): () => void;
}
