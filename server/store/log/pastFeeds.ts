import type { FeedHealth } from '#contract/entry.ts';
import type { PastFeeds } from '#contract/past.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import { createLookLoop } from '../engine/lookLoop.ts';

/** How often the sources are looked at, and how long what was seen is kept. Units: ms. */
const LOOK_MS = 5000;
const LIFE_MS = 400 * 86_400_000;

interface Deps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  logger: Log;
  health(): readonly FeedHealth[];
  /** Of several servers one writes. */
  isOnDuty(): boolean;
  lookMs?: number;
}

export interface FeedKeeper extends Closable {
  /** Writes down how the sources stand when that is not what was written last; returns whether it was. */
  look(): Promise<boolean>;
  close(): Promise<void>;
}

const stateOf = ({ id, name, state, reason, provenance }: FeedHealth) => ({ id, name, state, reason: reason ?? null, provenance: provenance ?? null });
const wordOf = (feeds: readonly FeedHealth[]): string => JSON.stringify(feeds.map(stateOf).sort((a, b) => (a.id < b.id ? -1 : 1)));

const LAST = 'select at, feeds from feed_past where at <= $1 order by at desc, n desc limit 1';

/** Keeps how the sources stood: a line each time one of them changes its state, not each time one speaks. */
export function createFeedKeeper({ engine, clock, logger, health, isOnDuty, lookMs = LOOK_MS }: Deps): FeedKeeper {
  const look = async (): Promise<boolean> => {
    if (!isOnDuty()) return false;
    const feeds = health();
    const [last] = await engine.query<PastFeeds>('select at, feeds from feed_past order by n desc limit 1');
    if (last && wordOf(last.feeds) === wordOf(feeds)) return false;
    const now = Math.round(clock.now());
    // Whatever lives goes on speaking after this line: only of one that is silent is it known since when.
    const kept = feeds.map((feed) => ({ ...feed, ageMs: null, lastAt: feed.state === 'live' ? null : feed.lastAt }));
    await engine.query('insert into feed_past (at, feeds) values ($1, $2::jsonb)', [now, JSON.stringify(kept)]);
    await engine.query('delete from feed_past where at < (select max(at) from feed_past where at < $1)', [now - LIFE_MS]);
    return true;
  };
  return { look, close: createLookLoop({ look, everyMs: lookMs, logger, who: 'states of sources' }).close };
}

/** How the sources stood at a moment; null when that was not written down yet. */
export async function feedsAt(db: Queryable, at: number): Promise<FeedHealth[] | null> {
  const [last] = await db.query<PastFeeds>(LAST, [at]);
  return last?.feeds ?? null;
}

/** Every change between two moments, in order. */
export const feedsBetween = (db: Queryable, from: number, until: number): Promise<PastFeeds[]> => db.query<PastFeeds>('select at, feeds from feed_past where at > $1 and at <= $2 order by at, n', [from, until]);
