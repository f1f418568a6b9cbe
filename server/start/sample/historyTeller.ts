import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { SampleValue } from './history.ts';

/** The city is up and answering by then; a batch is small so that nobody waits for it. Units: ms. */
const BEGIN_MS = 60_000;
const REST_MS = 4_000;
const LOOK_MS = 6 * 3_600_000;
const BATCH = 200;

export interface HistoryTellerDeps {
  /** The values there are by now. */
  values(): SampleValue[];
  /** Sends a batch through the public door. Fails: false; it is sent again. */
  send(items: readonly SampleValue[]): Promise<boolean>;
  /** Where it is kept up to which moment everything was told. */
  markFile: string;
  log: Log;
  beginMs?: number;
  restMs?: number;
}

/** Tells the sample history of the services through the public door, long after the start and a little at a time; what was told is not told again. */
export function createHistoryTeller({ values, send, markFile, log, beginMs = BEGIN_MS, restMs = REST_MS }: HistoryTellerDeps): Closable & { close(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let telling = Promise.resolve();
  let isClosed = false;
  const told = new Set<string>(existsSync(markFile) ? (JSON.parse(readFileSync(markFile, 'utf8')) as string[]) : []);

  const step = async (): Promise<number> => {
    const fresh = values().filter(({ item }) => !told.has(item.key));
    const batch = fresh.slice(0, BATCH);
    if (batch.length === 0) return LOOK_MS;
    if (!(await send(batch))) return restMs * 10;
    for (const { item } of batch) told.add(item.key);
    if (fresh.length > batch.length) return restMs;
    writeFileSync(markFile, JSON.stringify([...told]));
    return LOOK_MS;
  };
  const plan = (afterMs: number) => {
    if (isClosed) return;
    timer = setTimeout(() => {
      telling = step().then(plan, (error: unknown) => {
        log.warn({ error: String(error) }, 'the sample history of the services could not be told; it is tried again');
        plan(restMs * 10);
      });
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
