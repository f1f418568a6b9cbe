import Type, { type Static } from 'typebox';
import { Closed } from '#contract/base.ts';
import type { FeedKind } from '../../domain/ports/feeds.ts';
import { parseTemplate } from './parse.ts';

const Settings = Closed({
  url: Type.String({ pattern: '^https?://' }),
  /** Units: seconds between two questions, seconds of silence after which the source is stale. */
  everyS: Type.Number({ minimum: 0.05, maximum: 86_400 }),
  promiseS: Type.Number({ minimum: 1, maximum: 864_000 }),
});
type Settings = Static<typeof Settings>;

/** Say here what this source is and who owns it. */
export const feed: FeedKind<Settings> = {
  name: '_template',
  settings: Settings,
  create({ id, send, clock, log, fetch }, { url, everyS, promiseS }) {
    const tally = { accepted: 0, rejected: 0, startedAt: clock.realNow(), heardAt: 0, lastAt: 0, reason: '' };

    const ask = async (): Promise<string> => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000), redirect: 'error' });
      if (!answer.ok) return `HTTP ${answer.status}`;
      const { items, refused } = parseTemplate(await answer.json());
      const sent = await send('sensor', items);
      if (!sent.ok) return sent.fault.code;
      const { results } = sent.value;
      tally.accepted += results.filter(({ status }) => status === 'accepted').length;
      tally.rejected += refused.length + results.filter(({ fault }) => fault).length;
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
