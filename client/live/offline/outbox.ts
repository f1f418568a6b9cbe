import type { Fault } from '#contract/faults.ts';
import type { Box } from './box.ts';
import type { Sent } from './send.ts';

/** A thing a person did that waits to be sent, in the order it was done. */
export interface Waiting<Job> {
  id: string;
  /** Order of the queue. */
  n: number;
  at: number;
  job: Job;
  tries: number;
  /** Why it was refused; then it waits for the person. */
  fault: Fault | null;
}

export interface OutboxDeps<Job, Value> {
  box: Box<Waiting<Job>>;
  /** Sends one job; it may be called again for a job that arrived already. `keep` saves what was reached on the way. */
  send(job: Job, keep: (job: Job) => Promise<void>): Promise<Sent<Value>>;
  onChange(waiting: readonly Waiting<Job>[]): void;
  onDone(item: Waiting<Job>, value: Value): void;
  now(): number;
  /** Calls back after a pause; returns the way to stop. */
  later(act: () => void, ms: number): () => void;
}

export interface Outbox<Job> {
  add(id: string, job: Job): Promise<void>;
  /** Takes something out: refused and given up, or back to be corrected. */
  remove(id: string): Promise<void>;
  /** Clears a refusal and sends again. */
  again(id: string): Promise<void>;
  /** Tries now: the link came back. */
  wake(): void;
  close(): void;
}

const PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

/** A queue that survives reloads and broken links. What waits is sent one by one; a refused item never stops the others. */
export async function createOutbox<Job, Value>(deps: OutboxDeps<Job, Value>): Promise<Outbox<Job>> {
  const { box } = deps;
  let waiting = (await box.all()).sort((a, b) => a.n - b.n);
  let pauses = 0;
  let stop: (() => void) | undefined;
  let isRunning = false;
  let isClosed = false;

  const tell = () => deps.onChange([...waiting]);
  const save = async (item: Waiting<Job>) => {
    waiting = waiting.map((known) => (known.id === item.id ? item : known));
    await box.put(item);
    tell();
  };
  const drop = async (id: string) => {
    waiting = waiting.filter((item) => item.id !== id);
    await box.remove(id);
    tell();
  };

  const sendNext = async (): Promise<'more' | 'idle' | 'pause'> => {
    const item = waiting.find(({ fault }) => fault === null);
    if (!item || isClosed) return 'idle';
    let current = item;
    const sent = await deps.send(item.job, async (job) => {
      current = { ...current, job };
      await save(current);
    });
    if (sent.kind === 'later') {
      await save({ ...current, tries: current.tries + 1 });
      return 'pause';
    }
    pauses = 0;
    if (sent.kind === 'refused') {
      await save({ ...current, fault: sent.fault });
      return 'more';
    }
    await drop(item.id);
    deps.onDone(current, sent.value);
    return 'more';
  };

  const run = async () => {
    if (isRunning || isClosed) return;
    isRunning = true;
    stop?.();
    stop = undefined;
    try {
      let next = await sendNext();
      while (next === 'more') next = await sendNext();
      if (next === 'pause') stop = deps.later(() => void run(), Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** pauses++));
    } finally {
      isRunning = false;
    }
    // Something may have been added between the last look and here.
    if (!stop && !isClosed && waiting.some(({ fault }) => fault === null)) void run();
  };

  tell();
  void run();
  return {
    async add(id, job) {
      if (waiting.some((item) => item.id === id)) return;
      const item: Waiting<Job> = { id, n: (waiting.at(-1)?.n ?? 0) + 1, at: deps.now(), job, tries: 0, fault: null };
      waiting = [...waiting, item];
      await box.put(item);
      tell();
      void run();
    },
    remove: drop,
    async again(id) {
      const item = waiting.find((known) => known.id === id);
      if (item) await save({ ...item, fault: null });
      void run();
    },
    wake: () => void run(),
    close() {
      isClosed = true;
      stop?.();
    },
  };
}
