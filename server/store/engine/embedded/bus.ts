import { AsyncLocalStorage } from 'node:async_hooks';
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
  /** Called instead of `run` when the engine goes before its turn. */
  drop?(reason: string): void;
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
  /** The engine is worked for all in turn: what one caller carries along, such as the units it may read, must not reach who is woken by another's commit. */
  const forNobody = AsyncLocalStorage.snapshot();

  const collapse = (reason: string, culprit?: { session: Session | undefined; code: string }) => {
    thread = undefined;
    owner = undefined;
    fault = undefined;
    clearTimeout(idleTimer);
    const dropped = queue;
    queue = [];
    for (const session of [...sessions]) {
      session.fail(session === culprit?.session ? culprit.code : '57P02', reason);
    }
    for (const { drop } of dropped) drop?.(reason);
    sessions.clear();
  };

  /** A thread that ends rejects its calls; the supervisor hears of it by `ended` and collapses the bus. */
  const untilThreadEnds = () => undefined;

  const execute = async (current: Thread, session: Session | undefined, batch: Buffer) => {
    const overdue = setTimeout(() => {
      collapse('the statement passed its deadline', { session, code: '57014' });
      events.onOverdue();
    }, deadlineMs);
    running = session;
    const result = await current.execute(batch).catch(untilThreadEnds);
    clearTimeout(overdue);
    running = undefined;
    if (!result || thread !== current) return;
    const answer = answerOf(result.output);
    owner = result.isInTransaction || !requestOf(batch).endsRoundTrip ? session : undefined;
    fault ??= result.fault;
    if (session && answer.confirmsListen) session.isListening = true;
    session?.deliver(answer.hasNotification ? spread(result.output, session) : result.output);
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
      if (owner) watchIdle(owner);
    }
    isBusy = false;
  };

  /** Runs from the owner's last statement on: those who wait for it do not set it back, and the engine is taken back whether or not the owner still hears. */
  const watchIdle = (session: Session) => {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => {
      session.fail('25P03', 'the transaction did nothing for too long');
      sessions.delete(session);
      clearAfter(session);
    }, deadlineMs);
  };

  const enqueue = (job: Job, isFirst = false) => {
    if (isFirst) queue.unshift(job);
    else queue.push(job);
    void forNobody(pump);
  };

  const clearAfter = (session: Session) => {
    queue = queue.filter((job) => job.session !== session);
    const isOwner = owner === session || running === session;
    const last = isOwner ? Buffer.concat([session.cleanup(), simpleQuery('rollback')]) : session.cleanup();
    enqueue({ session: isOwner ? session : undefined, run: (current) => execute(current, session, last) }, true);
  };

  return {
    nextId: () => (lastId += 1),
    attach(session, id) {
      if (!thread) return void waiting.set(session, id);
      sessions.add(session);
      session.deliver(greeting(id, thread.versions.server));
    },
    detach(session) {
      waiting.delete(session);
      if (sessions.delete(session)) clearAfter(session);
    },
    submit(session, batch) {
      if (sessions.has(session)) enqueue({ session, run: (current) => execute(current, session, batch) });
    },
    between: (work) =>
      new Promise((resolve, reject) => {
        enqueue({ session: undefined, run: (current) => work(current).then(resolve, reject), drop: (reason) => reject(new Error(reason)) });
      }),
    open(fresh) {
      thread = fresh;
      for (const [session, id] of waiting) {
        sessions.add(session);
        session.deliver(greeting(id, fresh.versions.server));
      }
      waiting.clear();
      void forNobody(pump);
    },
    collapse: (reason) => collapse(reason),
  };
}
