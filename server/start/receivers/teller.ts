import type { LogEntry } from '#contract/entry.ts';
import type { Delivery } from '#contract/eventReceiver.ts';
import type { Fault, Outcome } from '#contract/faults.ts';
import { nextAt } from '../../domain/connector/schedule.ts';
import type { LogPort } from '../../domain/ports/log.ts';
import { eventBody, eventKey, isFinal, wants } from '../../domain/receiver/message.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createAsker, type Answer } from '../../feeds/connector/http/request.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Random } from '../../kernel/random.ts';
import { signed } from '../../kernel/signed.ts';
import type { KeptReceiver, ReceiverStore } from '../../store/receivers/receivers.ts';

const PAGE = 100;
const TIMEOUT_S = 15;
/** Tried again after this long first, then later each time. */
const AGAIN = { everyS: 1 };
/** Nobody is told of a citizen: outside reads what a wall reads. */
const scopeFor = ({ text: { id, name } }: KeptReceiver) => scopeOf({ kind: 'system', id: `receiver-${id}`, name, roles: [], units: null, dataClass: 'internal' }, () => []);

export const tell = ({ code, message, detail }: Fault) => ({ code, message, ...(detail ? { detail } : {}) });

interface Parts {
  store: ReceiverStore;
  log: LogPort;
  clock: Clock;
  random: Random;
  logger: Log;
  isOnDuty(): boolean;
}

/** One receiver being told: event after event in the order of the log. The next one goes when this one was taken, or refused for good. */
export interface Teller {
  readonly kept: KeptReceiver;
  nextAt(): number | null;
  /** Sends one event apart from the log. */
  send(key: string, body: string): Promise<Outcome<Answer>>;
  close(): Promise<void>;
}

export function createTeller(kept: KeptReceiver, { store, log, clock, random, logger, isOnDuty }: Parts): Teller {
  const { text, memory, secret } = kept;
  const scope = scopeFor(kept);
  const ended = new AbortController();
  const asker = createAsker({ allowPrivate: text.allowPrivate, ca: text.ca, timeoutS: TIMEOUT_S, realNow: clock.realNow });
  let timer: NodeJS.Timeout | undefined;
  let wakeAt: number | null = null;
  let working: Promise<void> | undefined;
  let isWoken = false;

  const send = (key: string, body: string) => asker.ask({ url: text.url, method: 'POST', headers: { 'content-type': 'application/json', ...signed(key, body, secret) }, body, signal: ended.signal });

  const later = () => {
    wakeAt = nextAt(AGAIN, clock.realNow(), memory.failures, random.next());
    // A timer may end a millisecond before the clock says so, and a clock is set back: what was waited for is over either way.
    timer = setTimeout(() => {
      wakeAt = null;
      wake();
    }, wakeAt - clock.realNow());
  };

  /** Returns whether the next event may go. */
  const tellOne = async (epoch: string, entry: LogEntry): Promise<boolean> => {
    const key = eventKey(epoch, entry.seq);
    memory.attempts += 1;
    const answer = await send(key, eventBody(key, entry));
    if (ended.signal.aborted) return false;
    const at = clock.realNow();
    const isRefused = !answer.ok && isFinal(answer.fault);
    if (!answer.ok && !isRefused) {
      if (memory.fault?.code !== answer.fault.code) logger.warn({ receiver: text.id, code: answer.fault.code, detail: answer.fault.detail }, 'receiver can not be told');
      Object.assign(memory, { failures: memory.failures + 1, fault: tell(answer.fault) });
      await store.remember(text.id, memory, null);
      later();
      return false;
    }
    const delivery: Delivery = { key, topic: entry.topic, thing: entry.id, at: entry.at, endedAt: at, attempts: memory.attempts, state: isRefused ? 'refused' : 'sent', fault: answer.ok ? null : tell(answer.fault) };
    if (memory.fault) logger.info({ receiver: text.id, failures: memory.failures }, 'receiver is told again');
    Object.assign(memory, { attempts: 0, failures: 0, fault: null, cursor: { epoch, seq: entry.seq } });
    if (isRefused) Object.assign(memory, { refused: memory.refused + 1, lastRefusalAt: at });
    else Object.assign(memory, { sent: memory.sent + 1, lastSuccessAt: at });
    await store.remember(text.id, memory, delivery);
    return true;
  };

  /** A restored or shortened log: what lies between is said to be lost, and telling goes on from now. */
  const startAnew = async ({ fault }: { fault: Fault }) => {
    const now = clock.realNow();
    memory.cursor = { epoch: log.epoch(), seq: log.head() };
    memory.attempts = 0;
    await store.remember(text.id, memory, { key: eventKey(log.epoch(), log.head()), topic: '', thing: '', at: now, endedAt: now, attempts: 1, state: 'lost', fault: tell(fault) });
  };

  const round = async (): Promise<void> => {
    while (!ended.signal.aborted && isOnDuty()) {
      isWoken = false;
      const page = await log.read({ topics: text.topics, after: memory.cursor, limit: PAGE, scope });
      if (!page.ok) {
        if (page.fault.code === 'STORE_UNAVAILABLE') return later();
        await startAnew(page);
        continue;
      }
      const { epoch, entries } = page.value;
      for (const entry of entries) {
        if (wants(text, entry) && !(await tellOne(epoch, entry))) return;
        memory.cursor = { epoch, seq: entry.seq };
      }
      // What they do not want to hear of need not be read again after a restart.
      if (entries.length > 0) await store.remember(text.id, memory, null);
      if (entries.length < PAGE && !isWoken) return;
    }
  };

  function wake(): void {
    isWoken = true;
    if (working || ended.signal.aborted || !kept.isOn || (wakeAt !== null && wakeAt > clock.realNow())) return;
    clearTimeout(timer);
    wakeAt = null;
    working = round()
      .catch((error: unknown) => {
        logger.error({ receiver: text.id, error: String(error) }, 'receiver could not be told');
        memory.failures += 1;
        later();
      })
      .finally(() => (working = undefined));
  }
  const stopFollowing = log.follow((entries) => {
    if (entries.length === 0 || entries.some(({ topic }) => (text.topics as readonly string[]).includes(topic))) wake();
  });
  wake();

  return {
    kept,
    nextAt: () => wakeAt,
    send,
    async close() {
      stopFollowing();
      ended.abort();
      clearTimeout(timer);
      await working;
      asker.close();
    },
  };
}
