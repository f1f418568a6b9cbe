import { createHash } from 'node:crypto';
import type { JoinCursor, LogEntry } from '#contract/entry.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { LoggedTopic } from '#contract/topics.ts';
import type { LogPage, LogPort } from '../domain/ports/log.ts';
import type { Scope } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Audience, Audiences, Outlet, Waiting } from './audiences.ts';
import type { SharedSnapshots } from './sharedSnapshots.ts';

/** A reader that missed more than this loads the state instead of the changes. */
const RESUME_LIMIT = 1000;
/** How long a prepared snapshot may be shared while its topic does not change. */
const SNAPSHOT_LIFE_MS = 5000;
const SNAPSHOT_TRIES = 3;

export interface JoinAnswer {
  reply: { epoch: string; head: number; view?: string; snapshot?: LogEntry[]; packed?: Uint8Array; entries?: LogEntry[] };
  /** To be called right after the reply was sent: passes on what was committed meanwhile and seats the reader. */
  settle(): void;
}

export interface Joiner {
  socket: string;
  topic: LoggedTopic;
  scope: Scope;
  scopeKey: string;
  after?: JoinCursor | undefined;
  mayPack?: boolean | undefined;
}

/** What was read for a joiner: everything visible up to `upTo`. */
interface Read {
  epoch: string;
  upTo: number;
  snapshot?: LogEntry[];
  packed?: Uint8Array | undefined;
  entries?: LogEntry[];
}

/** Name of what a reader may see; undefined for everything. A screen whose rights changed brings a cursor of another view and loads the state. */
const viewOf = ({ scope, scopeKey }: Pick<Joiner, 'scope' | 'scopeKey'>): string | undefined => (scope.units === null ? undefined : createHash('sha256').update(scopeKey).digest('hex').slice(0, 12));

/** Joins readers to topics without a gap or a duplicate between the answer and the pushes that follow. */
export function createTopicJoin(deps: {
  log: LogPort;
  audiences: Audiences;
  outlet: Outlet;
  isSound(entry: LogEntry): boolean;
  clock: Clock;
  snapshots: Pick<SharedSnapshots, 'share' | 'packOf'>;
}): (joiner: Joiner) => Promise<Outcome<JoinAnswer>> {
  const { log, audiences, outlet, isSound, clock, snapshots } = deps;

  const prepared = (audience: Audience): NonNullable<Audience['snapshot']> => {
    const shared = audience.snapshot;
    if (shared && clock.realNow() - shared.at < SNAPSHOT_LIFE_MS) return shared;
    const page = log.snapshot(audience.topic, audience.scope).then((outcome) => {
      if (!outcome.ok) return undefined;
      const entries = outcome.value.entries.filter(isSound);
      snapshots.share(entries);
      return { ...outcome.value, entries };
    });
    const fresh = { page, at: clock.realNow() };
    audience.snapshot = fresh;
    page.catch(() => (audience.snapshot = undefined));
    return fresh;
  };

  const readSnapshot = async (audience: Audience, lastAtStart: number, mayPack: boolean): Promise<Outcome<Read>> => {
    for (let attempt = 0; attempt < SNAPSHOT_TRIES; attempt++) {
      const shared = prepared(audience);
      const page = await shared.page;
      if (page && page.head >= lastAtStart) return okay({ epoch: page.epoch, upTo: page.head, snapshot: page.entries, packed: mayPack ? await snapshots.packOf(page.entries) : undefined });
      if (audience.snapshot === shared) audience.snapshot = undefined;
      if (!page) break;
    }
    return refused('STORE_UNAVAILABLE');
  };

  const readChanges = async (joiner: Joiner, after: JoinCursor): Promise<Outcome<Read> | 'snapshot'> => {
    const tailAtStart = audiences.tail();
    if (after.view !== viewOf(joiner) || after.epoch !== log.epoch() || after.seq > Math.max(tailAtStart, log.head())) return 'snapshot';
    const outcome = await log.read({ topics: [joiner.topic], after: { epoch: after.epoch, seq: after.seq }, limit: RESUME_LIMIT, scope: joiner.scope });
    if (!outcome.ok) return ['LOG_EPOCH', 'LOG_TOO_OLD'].includes(outcome.fault.code) ? 'snapshot' : outcome;
    const page: LogPage = outcome.value;
    if (page.epoch !== after.epoch || page.entries.length >= RESUME_LIMIT) return 'snapshot';
    const upTo = Math.max(tailAtStart, after.seq, page.entries.at(-1)?.seq ?? 0);
    return okay({ epoch: page.epoch, upTo, entries: page.entries.filter(isSound) });
  };

  /** The cursor of the answer: the shared `last` where the reader can take it, else one of its own. */
  const headOf = (audience: Audience, waiting: Waiting, read: Read, floor: number) => {
    const own = Math.max(read.upTo, floor);
    if (read.upTo > audiences.tail()) return own;
    const shared = waiting.held.find((entry) => entry.seq > read.upTo)?.prev ?? audience.last;
    return shared >= floor ? shared : own;
  };

  return async (joiner) => {
    const { socket, topic, scope, scopeKey, after, mayPack = false } = joiner;
    audiences.leave(socket, topic, scopeKey);
    const audience = audiences.of(topic, scope, scopeKey);
    const waiting: Waiting = { held: [] };
    audience.waiting.set(socket, waiting);
    const isCurrent = () => audience.waiting.get(socket) === waiting;
    const giveUp = () => {
      if (isCurrent()) audiences.leave(socket, topic, scopeKey);
    };

    let outcome: Outcome<Read>;
    try {
      const lastAtStart = audience.last;
      const changes = after ? await readChanges(joiner, after) : 'snapshot';
      outcome = changes === 'snapshot' ? await readSnapshot(audience, lastAtStart, mayPack) : changes;
    } catch (error) {
      giveUp();
      throw error;
    }
    if (!outcome.ok) {
      giveUp();
      return outcome;
    }
    const read = outcome.value;
    const head = headOf(audience, waiting, read, read.entries && after ? after.seq : 0);
    const settle = () => {
      if (!isCurrent()) return;
      audience.waiting.delete(socket);
      let cursor = head;
      for (const entry of waiting.held) {
        if (entry.seq <= read.upTo || entry.seq <= head) continue;
        outlet.toOne(socket, { ...entry, prev: cursor });
        cursor = entry.seq;
      }
      if (cursor === audience.last) {
        audience.seated.add(socket);
        outlet.enter(socket, audience.key);
      } else {
        audience.apart.set(socket, cursor);
      }
    };
    const { epoch, snapshot, packed, entries } = read;
    const view = viewOf(joiner);
    const made = { epoch, head, ...(view === undefined ? {} : { view }) };
    if (packed) return okay({ reply: { ...made, packed }, settle });
    return okay({ reply: snapshot ? { ...made, snapshot } : { ...made, entries: entries ?? [] }, settle });
  };
}
