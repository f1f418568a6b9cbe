import type { SensorItem } from '#contract/topics/telemetry.ts';
import type { Closable } from '../../kernel/lifecycle.ts';

/** The start is over by then. Units: ms. */
const BEGIN_MS = 15_000;
const EVERY_MS = 60_000;

export interface PlacesTellerDeps {
  /** What every place reads now. */
  readings(): SensorItem[];
  /** Sends through the public door; what is not taken is old by the next time. */
  send(items: readonly SensorItem[]): Promise<void>;
  beginMs?: number;
  everyMs?: number;
}

/** Tells the readings of the services' places once a minute. */
export function createPlacesTeller({ readings, send, beginMs = BEGIN_MS, everyMs = EVERY_MS }: PlacesTellerDeps): Closable & { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const plan = (afterMs: number) => {
    if (isClosed) return;
    timer = setTimeout(() => {
      const items = readings();
      telling = (items.length === 0 ? Promise.resolve() : send(items)).then(() => plan(everyMs));
    }, afterMs);
    timer.unref();
  };
  plan(beginMs);
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await telling;
    },
  };
}
