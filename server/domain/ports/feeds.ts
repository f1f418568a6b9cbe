import type { TSchema } from 'typebox';
import type { FeedHealth } from '#contract/entry.ts';
import type { Outcome } from '#contract/faults.ts';
import type { IngestAnswer } from '#contract/http.ts';
import type { TopicName } from '#contract/topics.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Random } from '../../kernel/random.ts';

/** Every source that speaks or should speak, with its age. */
export interface FeedsPort {
  health(): FeedHealth[];
}

/** What a feed is given. `send` goes through the public door with the feed's own key; a timeout means unknown and the feed sends again. */
export interface FeedDeps {
  id: string;
  send(topic: TopicName, items: readonly object[]): Promise<Outcome<IngestAnswer>>;
  clock: Clock;
  random: Random;
  log: Log;
  /** Folder the feed may keep its own files in. */
  folder: string;
  fetch: typeof fetch;
}

/** A running feed. `health` is what the desk and `/readyz` show. */
export interface Feed {
  health(): FeedHealth;
  close(): Promise<void>;
}

/** One kind of outside source; one folder under `server/feeds`, found by its name. Settings come from a YAML file checked against the schema. */
export interface FeedKind<Settings = unknown> {
  name: string;
  settings: TSchema;
  /** Heavy work that needs no store; done while the store starts. What it resolves with is handed to `create`. */
  prepare?(deps: Pick<FeedDeps, 'random' | 'folder'>, settings: Settings): Promise<unknown>;
  create(deps: FeedDeps, settings: Settings, prepared?: unknown): Promise<Feed>;
}
