import type { LogEntry, PushedEntry } from '#contract/entry.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { LogPage, LogPort } from '../domain/ports/log.ts';
import { maskState } from '../domain/account/dataClass.ts';
import { sees, type Scope } from '../domain/scope.ts';
import type { Log } from '../kernel/log.ts';

/** How entries leave: to all of a room, to one socket, and who is in a room. */
export interface Outlet {
  toRoom(room: string, entry: PushedEntry): void;
  toOne(socket: string, entry: PushedEntry): void;
  enter(socket: string, room: string): void;
  leave(socket: string, room: string): void;
}

/** A subscriber between its question and its answer: what is committed meanwhile waits here. */
export interface Waiting {
  held: PushedEntry[];
}

/** All subscribers of one topic with one scope: each entry is encoded once for them. */
export interface Audience {
  readonly key: string;
  readonly topic: LoggedTopic;
  readonly scope: Scope;
  readonly scopeKey: string;
  /** Sequence number of the newest entry they may know of: the next `prev`. */
  last: number;
  /** Sockets in the room. */
  readonly seated: Set<string>;
  /** Sockets whose cursor differs from `last` until their first push, by cursor. */
  readonly apart: Map<string, number>;
  readonly waiting: Map<string, Waiting>;
  /** Snapshot last prepared, shared by those who join while nothing changes. */
  snapshot: { page: Promise<LogPage | undefined>; at: number } | undefined;
}

export interface Audiences {
  /** Newest entry this node has passed on. */
  tail(): number;
  /** Newest passed-on sequence number per topic, as far as a scope may see. */
  heads(scopeKey: string, isWhole: boolean): Record<string, number>;
  of(topic: LoggedTopic, scope: Scope, scopeKey: string): Audience;
  /** Takes a socket out of a topic. */
  leave(socket: string, topic: LoggedTopic, scopeKey: string): void;
  /** Takes a socket out of everything. */
  forget(socket: string): void;
  deliver(entries: readonly LogEntry[]): void;
  count(): number;
}

const placeOf = (body: unknown): { unit: string | null; ward: string | null } => {
  const place = body as { unit?: string | null; ward?: string | null };
  return { unit: place.unit ?? null, ward: place.ward ?? null };
};

/** Passes log entries on to audiences, in order, each with the `prev` its readers hold. `onGap` is told when the log skipped a number or began a new epoch: readers must resume. */
export function createAudiences(deps: {
  log: Pick<LogPort, 'epoch' | 'head' | 'heads'>;
  outlet: Outlet;
  isSound(entry: LogEntry): boolean;
  onGap(): void;
  logger: Log;
  roomOf(topic: string, scopeKey: string): string;
}): Audiences {
  const { log, outlet, isSound, onGap, logger, roomOf } = deps;
  const audiences = new Map<string, Audience>();
  const topicHeads = new Map<string, number>(Object.entries(log.heads()));
  let tail = log.head();
  let epoch = log.epoch();

  const pass = (audience: Audience, entry: LogEntry) => {
    const body = maskState(audience.scope.dataClass, audience.topic, entry.body);
    const push: PushedEntry = { ...entry, body, epoch, prev: audience.last };
    audience.last = entry.seq;
    if (audience.seated.size > 0) outlet.toRoom(audience.key, push);
    for (const [socket, cursor] of audience.apart) {
      if (entry.seq <= cursor) continue;
      outlet.toOne(socket, { ...push, prev: cursor });
      audience.apart.delete(socket);
      audience.seated.add(socket);
      outlet.enter(socket, audience.key);
    }
    for (const waiting of audience.waiting.values()) waiting.held.push(push);
  };

  const take = (entry: LogEntry) => {
    tail = entry.seq;
    if (!isSound(entry)) return;
    topicHeads.set(entry.topic, entry.seq);
    const { unit, ward } = placeOf(entry.body);
    for (const audience of audiences.values()) {
      if (audience.topic === entry.topic && sees(audience.scope, unit, ward)) pass(audience, entry);
    }
  };

  const remove = (socket: string, audience: Audience) => {
    if (audience.seated.delete(socket)) outlet.leave(socket, audience.key);
    audience.apart.delete(socket);
    audience.waiting.delete(socket);
    if (audience.seated.size + audience.apart.size + audience.waiting.size === 0) audiences.delete(audience.key);
  };

  return {
    tail: () => tail,
    heads(scopeKey, isWhole) {
      if (isWhole) return Object.fromEntries(topicHeads);
      const own = [...audiences.values()].filter((audience) => audience.scopeKey === scopeKey);
      return Object.fromEntries(own.map((audience) => [audience.topic, audience.last]));
    },
    of(topic, scope, scopeKey) {
      const key = roomOf(topic, scopeKey);
      const known = audiences.get(key);
      if (known) return known;
      const fresh: Audience = {
        key,
        topic,
        scope,
        scopeKey,
        last: topicHeads.get(topic) ?? 0,
        seated: new Set(),
        apart: new Map(),
        waiting: new Map(),
        snapshot: undefined,
      };
      audiences.set(key, fresh);
      return fresh;
    },
    leave(socket, topic, scopeKey) {
      const audience = audiences.get(roomOf(topic, scopeKey));
      if (audience) remove(socket, audience);
    },
    forget(socket) {
      for (const audience of [...audiences.values()]) remove(socket, audience);
    },
    deliver(entries) {
      if (log.epoch() !== epoch) {
        logger.warn({ was: epoch, is: log.epoch() }, 'the log began a new epoch; every screen loads the state again');
        epoch = log.epoch();
        topicHeads.clear();
        for (const [topic, seq] of Object.entries(log.heads())) topicHeads.set(topic, seq);
        tail = entries[0] ? entries[0].seq - 1 : log.head();
        onGap();
      }
      for (const entry of entries) {
        if (entry.seq <= tail) continue;
        if (entry.seq !== tail + 1) {
          logger.error({ expected: tail + 1, got: entry.seq }, 'the log skipped a number; every screen resumes from its cursor');
          onGap();
        }
        take(entry);
      }
    },
    count: () => audiences.size,
  };
}
