import type { AuditLine } from '../../domain/account/audit.ts';
import { createRefusalTally } from '../../domain/account/refusalTally.ts';
import type { RefusalsPort } from '../../domain/ports/refusals.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { appendAudit } from './audit.ts';

const LOOK_MS = 2000;
/** While the store is away; what comes on top is lost, and the log says so. */
const MOST_WAITING = 500;

/** Writes refusals at a door into the audit log, beside the requests that were refused: an answer never waits for it. */
export function createRefusals({ engine, now, log }: { engine: Engine; now(): number; log: Log }): RefusalsPort & Closable {
  const tally = createRefusalTally();
  let waiting: Omit<AuditLine, 'n'>[] = [];
  let running: Promise<void> = Promise.resolve();

  const write = async (isLast: boolean) => {
    waiting.push(...tally.take(now(), isLast));
    if (waiting.length === 0) return;
    const lines = waiting.slice(0, MOST_WAITING);
    const lost = waiting.length - lines.length;
    try {
      await engine.tx(async (tx) => {
        for (const line of lines) await appendAudit(tx, line);
      });
      waiting = [];
    } catch (error) {
      waiting = lines;
      log.warn({ error: String(error), waiting: lines.length, lost }, 'refusals could not be written to the audit log');
    }
  };
  const look = (isLast: boolean) => (running = running.then(() => write(isLast)));
  const timer = setInterval(() => void look(false), LOOK_MS);
  timer.unref();

  return {
    note: tally.note,
    async close() {
      clearInterval(timer);
      await look(true);
    },
  };
}
