import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';
import type { ItemResult } from '#contract/entry.ts';
import type { FeedKind } from '../../domain/ports/feeds.ts';
import { parseFeed } from './parse.ts';

const LARGEST_BYTES = 16 * 1024 * 1024;

const Settings = Closed({
  url: Type.String({ pattern: '^https?://', maxLength: 2000 }),
  headers: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]+$' }), Type.String({ maxLength: 2000, pattern: '^[\\x20-\\x7e]*$' }))),
  /** Units: seconds between two questions, seconds of silence after which the source is stale. */
  everyS: Type.Number({ minimum: 0.05, maximum: 86_400 }),
  promiseS: Type.Number({ minimum: 1, maximum: 864_000 }),
});
type Settings = Static<typeof Settings>;

/** Buses and their disruptions from a GTFS-realtime source. */
export const feed: FeedKind<Settings> = {
  name: 'gtfs-rt',
  settings: Settings,
  create({ id, send, clock, log, fetch }, { url, headers = {}, everyS, promiseS }) {
    const tally = { accepted: 0, rejected: 0, startedAt: clock.realNow(), heardAt: 0, lastAt: 0, reason: '' };
    const count = (results: readonly ItemResult[]): void => {
      tally.accepted += results.filter(({ status }) => status === 'accepted').length;
      tally.rejected += results.filter(({ fault }) => fault).length;
    };

    const ask = async (): Promise<string> => {
      const answer = await fetch(url, { headers, signal: AbortSignal.timeout(10_000), redirect: 'error' });
      if (!answer.ok) return `HTTP ${answer.status}`;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const read = bytes.length > LARGEST_BYTES ? undefined : parseFeed(bytes, clock.now());
      if (!read) return 'GTFS_MESSAGE';
      tally.rejected += read.refused.length;
      if (read.refused.length > 0) log.warn({ refused: read.refused.slice(0, 5) }, 'entities refused');
      for (const [topic, items] of [['vehicle', read.vehicles], ['alert', read.alerts]] as const) {
        if (items.length === 0) continue;
        const sent = await send(topic, items);
        if (!sent.ok) return sent.fault.code;
        count(sent.value.results);
      }
      Object.assign(tally, { heardAt: clock.realNow(), lastAt: clock.now() });
      return '';
    };

    let timer: NodeJS.Timeout | undefined;
    let isClosed = false;
    const run = async (): Promise<void> => {
      const reason = await ask().catch((error: unknown) => (error instanceof Error ? error.name : 'BROKEN'));
      if (reason !== tally.reason) log.warn({ reason }, reason ? 'source does not answer' : 'source answers again');
      tally.reason = reason;
      if (!isClosed) timer = setTimeout(() => (asking = run()), everyS * 1000);
    };
    let asking: Promise<void> = run();

    return Promise.resolve({
      health() {
        const now = clock.realNow();
        const ageMs = tally.heardAt ? now - tally.heardAt : null;
        const isOld = (ageMs ?? now - tally.startedAt) > promiseS * 1000;
        const state = !isOld ? (ageMs === null ? 'waiting' : 'live') : tally.reason ? 'down' : 'stale';
        return { id, name: id, state, ageMs, lastAt: tally.lastAt || null, accepted: tally.accepted, rejected: tally.rejected, ...(tally.reason ? { reason: tally.reason } : {}) };
      },
      async close() {
        isClosed = true;
        clearTimeout(timer);
        await asking;
      },
    });
  },
};
