import type { EngineFault, Thread } from './thread.ts';
import { answerOf, greeting, requestOf, simpleQuery, walk } from './wire.ts';

/** One connection, as the bus sees it. */
export interface Session {
  isListening: boolean;
  deliver(output: Buffer): void;
  fail(code: string, reason: string): void;
  cleanup(): Buffer;
}

/** Shares the engine's one session among connections: a transaction keeps the engine until it ends. */
export interface Bus {
  nextId(): number;
  attach(session: Session, id: number): void;
  detach(session: Session): void;
  submit(session: Session, batch: Buffer): void;
  /** Runs `work` between two transactions. */
  between<T>(work: (thread: Thread) => Promise<T>): Promise<T>;
  /** Begins to serve from `thread`; connections that wait are greeted. */
  open(thread: Thread): void;
  /** Fails every connection and serves nobody until the next `open`. */
  collapse(reason: string): void;
}

export interface BusEvents {
  /** A statement ran longer than the deadline: the thread must be ended. */
  onOverdue(): void;
  /** The engine lost an exception, and the transaction it belonged to is over. */
  onFault(fault: EngineFault): void;
}

interface Job {
  session: Session | undefined;
  run(thread: Thread): Promise<void>;
}

export function createBus(deadlineMs: number, events: BusEvents): Bus {
  let thread: Thread | undefined;
  let lastId = 0;
  let queue: Job[] = [];
  let isBusy = false;
  let owner: Session | undefined;
  let running: Session | undefined;
  let fault: EngineFault | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  const sessions = new Set<Session>();
  const waiting = new Map<Session, number>();

  const collapse = (reason: string, culprit?: { session: Session | undefined; code: string }) => {
    thread = undefined;
    owner = undefined;
    fault = undefined;
    clearTimeout(idleTimer);
    queue = [];
    for (const session of [...sessions]) {
      session.fail(session === culprit?.session ? culprit.code : '57P02', reason);
    }
    sessions.clear();
  };

  const execute = async (current: Thread, session: Session | undefined, batch: Buffer) => {
    const overdue = setTimeout(() => {
      collapse('the statement passed its deadline', { session, code: '57014' });
      events.onOverdue();
    }, deadlineMs);
    running = session;
    const result = await current.execute(batch).finally(() => {
      clearTimeout(overdue);
      running = undefined;
    });
    if (thread !== current) return;
    const answer = answerOf(result.output);
    if (session && answer.confirmsListen) session.isListening = true;
    session?.deliver(answer.hasNotification ? spread(result.output, session) : result.output);
    owner = result.isInTransaction || !requestOf(batch).endsRoundTrip ? session : undefined;
    fault ??= result.fault;
    if (fault && (!owner || !fault.isSound)) {
      const over = fault;
      collapse(over.message);
      events.onFault(over);
    }
  };

  /** Takes the notifications out of `output` and gives them to every connection that listens. */
  const spread = (output: Buffer, session: Session): Buffer => {
    const kept: Buffer[] = [];
    walk(output, (type, start, end) => {
      const bytes = output.subarray(start, end);
      if (type !== 'A' || session.isListening) kept.push(bytes);
      if (type === 'A') for (const other of sessions) if (other.isListening && other !== session) other.deliver(bytes);
    });
    return Buffer.concat(kept);
  };

  const next = (): Job | undefined => {
    const at = owner ? queue.findIndex((job) => job.session === owner) : 0;
    return at < 0 ? undefined : queue.splice(at, 1)[0];
  };

  const pump = async () => {
    if (isBusy) return;
    isBusy = true;
    for (let job = thread && next(); thread && job; job = thread && next()) {
      clearTimeout(idleTimer);
      await job.run(thread);
    }
    isBusy = false;
    if (owner) watchIdle(owner);
  };

  const watchIdle = (session: Session) => {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => session.fail('25P03', 'the transaction did nothing for too long'), deadlineMs);
  };

  const enqueue = (job: Job, isFirst = false) => {
    if (isFirst) queue.unshift(job);
    else queue.push(job);
    void pump();
  };

  /** A thread that ends rejects its calls; the supervisor hears of it by `ended` and collapses the bus. */
  const untilThreadEnds = (work: Promise<void>) => work.catch(() => {});

  return {
    nextId: () => (lastId += 1),
    attach(session, id) {
      if (!thread) return void waiting.set(session, id);
      sessions.add(session);
      session.deliver(greeting(id, thread.versions.server));
    },
    detach(session) {
      waiting.delete(session);
      if (!sessions.delete(session)) return;
      queue = queue.filter((job) => job.session !== session);
      const isOwner = owner === session || running === session;
      const last = isOwner ? Buffer.concat([session.cleanup(), simpleQuery('rollback')]) : session.cleanup();
      enqueue({ session: isOwner ? session : undefined, run: (current) => untilThreadEnds(execute(current, session, last)) }, true);
    },
    submit(session, batch) {
      if (sessions.has(session)) enqueue({ session, run: (current) => untilThreadEnds(execute(current, session, batch)) });
    },
    between: (work) =>
      new Promise((resolve, reject) => {
        enqueue({ session: undefined, run: (current) => work(current).then(resolve, reject) });
      }),
    open(fresh) {
      thread = fresh;
      for (const [session, id] of waiting) {
        sessions.add(session);
        session.deliver(greeting(id, fresh.versions.server));
      }
      waiting.clear();
      void pump();
    },
    collapse: (reason) => collapse(reason),
  };
}
