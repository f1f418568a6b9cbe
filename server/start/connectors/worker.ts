import type { ConnectorRun } from '#contract/connector.ts';
import type { Fault, Outcome } from '#contract/faults.ts';
import { nextAt, slicesOf } from '../../domain/connector/schedule.ts';
import { cursorOf, spanOf, type Span } from '../../domain/connector/span.ts';
import type { AskView } from '../../domain/ports/viewAsker.ts';
import { openReader } from '../../feeds/connector/openReader.ts';
import type { Portion } from '../../feeds/connector/reader.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import type { Random } from '../../kernel/random.ts';
import type { ConnectorMemory, ConnectorStore, KeptConnector } from '../../store/connectors/connectors.ts';
import type { ToldBook } from '../../store/connectors/told.ts';
import { NOTHING, plus, type Intake, type Taken } from './intake.ts';
import { createTellBack } from './tellBack.ts';

const KEPT_SIGNS = 1000;
/** A clock that is moved wakes a connector no later than this. */
const LONGEST_SLEEP_MS = 2 ** 30;

export interface WorkerParts {
  store: ConnectorStore;
  intake: Intake;
  book: ToldBook;
  clock: Clock;
  random: Random;
  log: Log;
  dataFolder: string;
  askView: AskView;
  /** Of several servers only the one on duty asks by the schedule. */
  isOnDuty(): boolean;
}

/** One connector at work: asks by its schedule, goes on after faults, takes a span of the past when told. */
export interface Worker {
  readonly kept: KeptConnector;
  nextAt(): number | null;
  running(): ConnectorRun | null;
  /** Asks now. */
  ask(): void;
  backfill(run: ConnectorRun, sliceMs: number): void;
  cancel(): boolean;
  /** Counts what came in by a call. */
  count(taken: Taken): Promise<void>;
  close(): Promise<void>;
}

const tell = ({ code, message, detail, pointer }: Fault) => ({ code, message, ...(detail ? { detail } : {}), ...(pointer ? { pointer } : {}) });

export function createWorker(kept: KeptConnector, { store, intake, book, clock, random, log, dataFolder, askView, isOnDuty }: WorkerParts): Worker {
  const { text } = kept;
  const memory: ConnectorMemory = kept.memory;
  const ended = new AbortController();
  const reader = openReader(text, kept.secrets, { dataFolder, realNow: clock.realNow, askView });
  const teller = createTellBack(text, kept.secrets, { book, realNow: clock.realNow });
  let timer: NodeJS.Timeout | undefined;
  let wakeAt: number | null = null;
  let working: Promise<void> = Promise.resolve();
  let cancelling: AbortController | undefined;
  let current: ConnectorRun | null = null;

  const schedule = () => {
    if (ended.signal.aborted || !reader || !kept.isOn) return;
    wakeAt = nextAt(text.schedule, clock.realNow(), memory.failures, random.next());
    clearTimeout(timer);
    timer = setTimeout(pollInTurn, Math.min(LONGEST_SLEEP_MS, Math.max(0, wakeAt - clock.realNow())));
  };

  const takePortion = (portion: Outcome<Portion>): Promise<Outcome<Taken>> => (portion.ok ? intake(text, portion.value.rows, portion.value.refused) : Promise.resolve(portion));

  /** Reads and takes everything of one span. A portion that fails leaves the others alone. */
  const takeSpan = async (span: Span, isKnown: (name: string, sign: string) => boolean, signal: AbortSignal): Promise<{ taken: Taken; fault: Fault | null; signs: [string, string][] }> => {
    let taken: Taken = NOTHING;
    let fault: Fault | null = null;
    const signs: [string, string][] = [];
    for await (const portion of reader!.read({ ...span, isKnown, signal })) {
      const came = await takePortion(portion);
      if (!came.ok) fault = came.fault;
      else {
        taken = plus(taken, came.value);
        if (portion.ok) signs.push([portion.value.name, portion.value.sign]);
      }
    }
    return { taken, fault, signs };
  };

  const note = (taken: Taken, fault: Fault | null) => {
    memory.accepted += taken.accepted;
    memory.duplicates += taken.duplicates;
    memory.rejected += taken.rejected;
    if (fault && memory.fault?.code !== fault.code) log.warn({ connector: text.id, code: fault.code, detail: fault.detail }, 'connector fails');
    if (!fault && memory.fault) log.info({ connector: text.id, failures: memory.failures }, 'connector works again');
    memory.failures = fault ? memory.failures + 1 : 0;
    memory.fault = fault ? tell(fault) : null;
    if (!fault) memory.lastSuccessAt = clock.realNow();
  };

  /** Tells them what changed here; a round that told or was refused something is written down. */
  const tellBack = async ({ round }: NonNullable<typeof teller>): Promise<Fault | null> => {
    const startedAt = clock.realNow();
    const { rows, told, rejected, refused, fault } = await round(ended.signal);
    if (ended.signal.aborted || told + rejected === 0) return fault;
    await store.addRun(text.id, { kind: 'tell', state: fault ? 'failed' : 'done', startedAt, endedAt: clock.realNow(), from: null, to: null, share: 1, rows, accepted: told, duplicates: 0, rejected, fault: fault ? tell(fault) : null, refused });
    return fault;
  };

  const look = async () => {
    const startedAt = clock.realNow();
    const wasFailing = memory.fault?.code;
    const { taken, fault: unread, signs } = await takeSpan(spanOf(text.way, memory.since, clock.now()), (name, sign) => memory.seen[name] === sign, ended.signal);
    if (ended.signal.aborted) return;
    for (const [name, sign] of signs) memory.seen[name] = sign;
    const names = Object.keys(memory.seen);
    for (const name of names.slice(0, Math.max(0, names.length - KEPT_SIGNS))) delete memory.seen[name];
    // What they do not answer they do not hear either; it is told with the next question that goes well.
    const fault = unread ?? (teller ? await tellBack(teller) : null);
    if (ended.signal.aborted) return;
    if (cursorOf(text.way) && taken.newestAt !== null && !unread) memory.since = Math.max(memory.since ?? 0, taken.newestAt);
    note(taken, fault);
    await store.remember(text.id, memory);
    const isNews = taken.accepted > 0 || taken.rejected > 0 || fault?.code !== wasFailing;
    if (isNews) await store.addRun(text.id, { kind: 'poll', state: fault ? 'failed' : 'done', startedAt, endedAt: clock.realNow(), from: null, to: null, share: 1, rows: taken.rows, accepted: taken.accepted, duplicates: taken.duplicates, rejected: taken.rejected, fault: fault ? tell(fault) : null, refused: taken.refused });
  };

  /** One after the other; a fault of ours is said and does not end the schedule. */
  const inTurn = (work: () => Promise<void>) => {
    working = working.then(work).catch((error: unknown) => log.error({ connector: text.id, error: String(error) }, 'connector could not do its work'));
    return working;
  };
  const poll = () => void inTurn(look).then(schedule);
  /** What a side that sends when it likes had brought before it was left. */
  const takeLeft = async () => {
    const left = await reader?.leave?.();
    const came = left && (await takePortion(left));
    if (!came) return;
    note(came.ok ? came.value : NOTHING, came.ok ? null : came.fault);
    await store.remember(text.id, memory);
  };
  const pollInTurn = () => (isOnDuty() ? poll() : void inTurn(takeLeft).then(schedule));
  reader?.onNews?.(() => memory.fault && kept.isOn && isOnDuty() && poll());

  const fill = async (run: ConnectorRun, sliceMs: number, stop: AbortController) => {
    const { from, to } = { from: run.from ?? 0, to: run.to ?? 0 };
    const slices = slicesOf(from, to, sliceMs);
    const done = Math.round(run.share * slices.length);
    let sum: Taken = { ...NOTHING, rows: run.rows, accepted: run.accepted, duplicates: run.duplicates, rejected: run.rejected, refused: run.refused };
    let fault: Fault | null = null;
    let reached = run;
    for (const [index, slice] of slices.entries()) {
      if (index < done) continue;
      if (stop.signal.aborted || ended.signal.aborted || fault) break;
      const came = await takeSpan({ since: slice.from, until: slice.to }, () => false, AbortSignal.any([stop.signal, ended.signal]));
      if (stop.signal.aborted || ended.signal.aborted) break;
      fault = came.fault;
      if (!fault) {
        sum = plus(sum, came.taken);
        memory.accepted += came.taken.accepted;
        memory.duplicates += came.taken.duplicates;
        memory.rejected += came.taken.rejected;
      }
      const { rows, accepted, duplicates, rejected, refused } = sum;
      current = reached = { ...run, rows, accepted, duplicates, rejected, refused, share: fault ? reached.share : (index + 1) / slices.length };
      await store.keepRun(reached);
    }
    // The process ends: the run stays open and goes on with the next start.
    if (ended.signal.aborted) return;
    await store.remember(text.id, memory);
    // Who reads that it is done may begin the next at once.
    leaveFill(run);
    await store.keepRun({ ...reached, state: stop.signal.aborted ? 'cancelled' : fault ? 'failed' : 'done', endedAt: clock.realNow(), fault: fault ? tell(fault) : null });
  };
  const leaveFill = (run: ConnectorRun) => {
    if (current?.id !== run.id) return;
    current = null;
    cancelling = undefined;
  };

  if (kept.isOn && reader) {
    const late = 'dailyAt' in text.schedule && memory.lastSuccessAt !== null;
    if (late) schedule();
    else pollInTurn();
  }

  return {
    kept,
    nextAt: () => wakeAt,
    running: () => current,
    ask() {
      clearTimeout(timer);
      poll();
    },
    backfill(run, sliceMs) {
      current = run;
      // What waits behind a long question can be stopped too.
      const stop = (cancelling = new AbortController());
      void inTurn(() => fill(run, sliceMs, stop).finally(() => leaveFill(run)));
    },
    cancel() {
      cancelling?.abort();
      return cancelling !== undefined;
    },
    async count(taken) {
      note(taken, null);
      await store.remember(text.id, memory);
    },
    async close() {
      if (reader?.leave) await inTurn(takeLeft);
      ended.abort();
      clearTimeout(timer);
      await working;
      reader?.close();
      teller?.close();
    },
  };
}
