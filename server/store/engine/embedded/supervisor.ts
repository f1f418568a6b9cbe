import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import { createBus, type Bus } from './bus.ts';
import { startThread, type Thread, type WorkerStart } from './thread.ts';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 10_000;

/** Keeps one engine thread running: after a crash, a lost exception or a passed deadline it starts the next one. */
export interface Supervisor {
  readonly bus: Bus;
  health(): { isReady: boolean; restarts: number; lastFault: { at: number; message: string } | undefined; versions: Thread['versions'] };
  /** Ends the thread as a crash would; resolves when the next one serves. */
  recycle(reason: string): Promise<void>;
  /** Ends the engine in order. */
  close(): Promise<void>;
}

export async function startSupervisor(start: WorkerStart, deadlineMs: number, clock: Clock, log: Log): Promise<Supervisor> {
  let thread: Thread | undefined;
  let restarts = 0;
  let lastFault: { at: number; message: string } | undefined;
  let isClosed = false;
  let starting = Promise.resolve();

  const bus = createBus(deadlineMs, {
    onOverdue: () => void recycle('a statement passed its deadline'),
    onFault: (fault) => void recycle(fault.message),
  });

  const serve = (fresh: Thread) => {
    thread = fresh;
    bus.open(fresh);
    void fresh.ended.then((reason) => {
      if (thread === fresh && !isClosed) void recycle(reason);
    });
  };

  const startAgain = async () => {
    for (let delayMs = FIRST_RETRY_MS; !isClosed; delayMs = Math.min(delayMs * 2, LAST_RETRY_MS)) {
      try {
        serve(await startThread(start));
        return;
      } catch (error) {
        lastFault = { at: clock.realNow(), message: String(error) };
        log.error({ error: String(error), retryMs: delayMs }, 'the embedded store does not start');
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  };

  const recycle = (reason: string): Promise<void> => {
    const old = thread;
    if (!old) return starting;
    thread = undefined;
    restarts += 1;
    lastFault = { at: clock.realNow(), message: reason };
    log.warn({ reason, restarts }, 'the embedded store starts anew');
    bus.collapse(reason);
    starting = old.kill().then(startAgain);
    return starting;
  };

  const first = await startThread(start);
  serve(first);

  return {
    bus,
    recycle,
    health: () => ({ isReady: thread !== undefined, restarts, lastFault, versions: first.versions }),
    async close() {
      isClosed = true;
      await starting;
      bus.collapse('the store is closing');
      await thread?.close();
    },
  };
}
