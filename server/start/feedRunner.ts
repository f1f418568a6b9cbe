import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedHealth } from '#contract/entry.ts';
import { refused, type Outcome } from '#contract/faults.ts';
import type { IngestAnswer } from '#contract/http.ts';
import type { TopicName } from '#contract/topics.ts';
import type { DoorPort, Source } from '../domain/ports/door.ts';
import type { Feed, FeedsPort } from '../domain/ports/feeds.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import type { Random } from '../kernel/random.ts';
import type { PlannedFeed } from './feedFiles.ts';

interface Deps {
  door: DoorPort;
  clock: Clock;
  random: Random;
  log: Log;
  dataFolder: string;
  /** Where the public door answers once the server listens; used by feeds that must enter as anyone does. */
  publicDoor: () => { url: string; bearer: string } | undefined;
}

const MAX_BATCH = 1000;

/** Sends items through the public door as any vendor would. Fails: STORE_UNAVAILABLE while it does not answer. */
export async function postTo(target: { url: string; bearer: string }, topic: TopicName, items: readonly object[]): Promise<Outcome<IngestAnswer>> {
  const results: IngestAnswer['results'] = [];
  for (let start = 0; start < items.length; start += MAX_BATCH) {
    const answer = await fetch(`${target.url}/api/v1/ingest/${topic}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${target.bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(items.slice(start, start + MAX_BATCH)),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => undefined);
    if (!answer?.ok) return refused('STORE_UNAVAILABLE', { detail: answer ? `HTTP ${answer.status}` : 'no answer' });
    results.push(...((await answer.json()) as IngestAnswer).results);
  }
  return { ok: true, value: { results } };
}

/** What feeds made ready before there was a store, by the feed's id. */
export type PreparedFeeds = ReadonlyMap<string, Promise<unknown>>;

function folderOf(dataFolder: string, id: string): string {
  const folder = join(dataFolder, 'feed-state', id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Lets feeds do their heavy work now. A failure is met when the feed is started. */
export function prepareFeeds(planned: readonly PlannedFeed[], { random, dataFolder }: Pick<Deps, 'random' | 'dataFolder'>): PreparedFeeds {
  const works = planned.flatMap(({ id, kind, settings }) => (kind.prepare ? [[id, kind.prepare({ random: random.fork(id), folder: folderOf(dataFolder, id) }, settings)] as const] : []));
  for (const [, work] of works) work.catch(() => undefined);
  return new Map(works);
}

/** Starts feeds and keeps their health. `send` of the sample city goes over HTTP with its own key, as a vendor's would. */
export interface FeedRunner extends FeedsPort, Closable {
  start(planned: readonly PlannedFeed[], prepared: PreparedFeeds): Promise<void>;
}

export function createFeedRunner(deps: Deps): FeedRunner {
  const running: { id: string; name: string; feed: Feed }[] = [];
  const broken: FeedHealth[] = [];
  const startOne = async ({ id, name, kind, settings }: PlannedFeed, prepared: Promise<unknown> | undefined) => {
    const source: Source = { id, name, topics: null, provenance: kind.name === 'simulate' ? 'simulated' : 'real' };
    const folder = folderOf(deps.dataFolder, id);
    const send = (topic: TopicName, items: readonly object[]) => {
      if (kind.name !== 'simulate') return deps.door.ingest(source, topic, items);
      const target = deps.publicDoor();
      return target ? postTo(target, topic, items) : Promise.resolve(refused('SERVER_STOPPING'));
    };
    const feed = await kind.create({ id, send, clock: deps.clock, random: deps.random.fork(id), log: deps.log.child({ feed: id }), folder, fetch }, settings, await prepared);
    running.push({ id, name, feed });
  };
  return {
    async start(planned, prepared) {
      for (const plan of planned) {
        try {
          await startOne(plan, prepared.get(plan.id));
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          deps.log.error({ feed: plan.id, error: reason }, 'feed did not start');
          broken.push({ id: plan.id, name: plan.name, state: 'down', ageMs: null, lastAt: null, accepted: 0, rejected: 0, reason });
        }
      }
    },
    health: () => [...running.map(({ name, feed }) => ({ ...feed.health(), name })), ...broken],
    async close() {
      await Promise.allSettled(running.splice(0).map(({ feed }) => feed.close()));
    },
  };
}
