import type { FeedKind } from '../../domain/ports/feeds.ts';
import { createPoll } from './poll.ts';
import { durationMs, Settings } from './settings.ts';

/** Open data: a document at an address, asked for again and again. */
export const feed: FeedKind<Settings> = {
  name: 'http-poll',
  settings: Settings,
  create(deps, settings) {
    const poll = createPoll(deps, settings);
    let timer: NodeJS.Timeout | undefined;
    let isClosed = false;
    const run = async (): Promise<void> => {
      const waitMs = await poll.ask().catch((error: unknown) => {
        deps.log.error({ error: String(error) }, 'the poll failed');
        return durationMs(settings.every);
      });
      if (!isClosed) timer = setTimeout(start, waitMs);
    };
    const start = () => {
      asking = run();
    };
    let asking: Promise<void> = run();
    return Promise.resolve({
      health: () => poll.health(),
      async close() {
        isClosed = true;
        clearTimeout(timer);
        await asking;
      },
    });
  },
};
