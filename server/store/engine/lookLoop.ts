import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { StoreConflict, StoreUnavailable } from './errors.ts';

/** Looks again and again, one look at a time. A store that is away is waited for; any other error is thrown on. */
export function createLookLoop({ look, everyMs, logger, who }: { look(): Promise<unknown>; everyMs: number; logger: Log; who: string }): Closable & { close(): Promise<void> } {
  let looking: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable || error instanceof StoreConflict)) throw error;
        logger.warn({ error: error.message }, `${who} wait for the store`);
      })
      .finally(() => (looking = undefined));
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
