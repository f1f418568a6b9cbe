import { faultOf, okay, refused } from '#contract/faults.ts';
import type { DoorTopic } from '#contract/topics.ts';
import type { DoorStore, PassedItem, TakenItem } from '../../domain/door/doorStore.ts';
import { createNoTracer, type Tracer } from '../../kernel/trace/tracer.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { appendEntries, entryOf, type NewEntry } from '../log/append.ts';
import { createTopicDoors, type TakenMessage, type TopicDoor } from './revisers.ts';
import type { Seal } from './seal.ts';
import { THING_TABLES } from './tables.ts';
import type { Stored, Thing, ThingTable } from './thingTable.ts';

const TRIES = 3;
const DISK_FULL = '53100';

/** Messages of one source are taken one call after another, so that a key is judged once. */
const ENTER = `select pg_advisory_xact_lock(hashtextextended('door ' || $1, 0)), (select epoch::text from event_head) as epoch`;
const KNOWN = `select key, topic, encode(hash, 'hex') as hash, seq, thing from message where source = $1 and key = any($2)`;

interface Known {
  key: string;
  topic: string;
  hash: string;
  seq: number;
  thing: string;
}

/** What follows from accepted messages of a topic, in their own transaction: states in the order they came, answered by entries that are logged behind theirs. */
export type Reaction = (tx: Tx, states: readonly object[], now: number) => Promise<NewEntry[]>;
export type Reactions = Partial<Record<DoorTopic, Reaction>>;

/** Stores what passed the door. */
export function createDoorStore({ engine, seal, reactions = {}, tracer = createNoTracer() }: { engine: Engine; seal: Seal; reactions?: Reactions; tracer?: Tracer }): DoorStore {
  const doors = createTopicDoors(seal);
  return {
    async take(source, topic, items, now) {
      for (let left = TRIES; ; left -= 1) {
        try {
          const batch = { source: source.id, rehearsal: source.rehearsal, table: THING_TABLES[topic], door: doors[topic], react: source.rehearsal === undefined ? reactions[topic] : undefined, items, now };
          return okay(await tracer.span('store.commit', () => engine.tx((tx) => takeBatch(tx, { ...batch, trace: tracer.here() }))));
        } catch (error) {
          if (error instanceof StoreUnavailable) return refusalOf(error);
          if (!(error instanceof StoreConflict) || left === 1) throw error;
        }
      }
    },
    async knownCameras(keys) {
      try {
        const rows = await engine.query<{ ref: string }>('select distinct ref from camera where ref = any($1)', [keys]);
        return okay(new Set(rows.map(({ ref }) => ref)));
      } catch (error) {
        if (error instanceof StoreUnavailable) return refusalOf(error);
        throw error;
      }
    },
  };
}

interface Batch {
  source: string;
  /** Set when all of it is made up by a run of a scenario. */
  rehearsal: string | undefined;
  table: ThingTable;
  door: TopicDoor;
  react: Reaction | undefined;
  items: readonly PassedItem[];
  now: number;
  /** Where this batch stands in a recorded trace; its first entry carries it on. */
  trace: string | undefined;
}

async function takeBatch(tx: Tx, { source, rehearsal, table, door, react, items, now, trace }: Batch): Promise<TakenItem[]> {
  const [{ epoch } = { epoch: '' }] = await tx.query<{ epoch: string }>(ENTER, [source]);
  const known = new Map((await tx.query<Known>(KNOWN, [source, items.map(({ key }) => key)])).map((message) => [message.key, message]));
  const results = items.map(({ key, hash }): TakenItem | undefined => {
    const message = known.get(key);
    if (!message) return undefined;
    if (message.hash !== hash || message.topic !== table.topic) return { status: 'conflict', fault: faultOf('INGEST_CONFLICT', { pointer: '/key' }) };
    return { status: 'duplicate', id: message.thing, epoch, seq: message.seq };
  });

  const fresh = items.filter((_, index) => !results[index]);
  const batch = await door.prepare(tx, source, fresh);
  const things = await lockThings(tx, table, source, fresh);
  const entries: NewEntry[] = [];
  const accepted: number[] = [];
  const taken: TakenMessage[] = [];
  for (const [index, passed] of items.entries()) {
    if (results[index]) continue;
    const thing = things.get(passed.ref)!;
    const revised = batch.revise({ id: thing.id, previous: thing.now?.state, passed, source, now });
    if ('fault' in revised) {
      results[index] = { status: 'rejected', fault: revised.fault };
      continue;
    }
    thing.now = { rev: (thing.now?.rev ?? 0) + 1, state: rehearsal === undefined ? revised.state : { ...revised.state, rehearsal } };
    entries.push({ ...entryOf(table.topic, passed.key, now, thing.now), message: { source, hash: passed.hash }, trace: entries.length === 0 ? trace : undefined });
    accepted.push(index);
    taken.push({ id: thing.id, passed });
    thing.isTouched = true;
  }

  const touched = [...things.values()].filter(({ isTouched }) => isTouched);
  await table.insert(tx, touched.filter(({ isNew }) => isNew).map((thing) => thing.now!));
  await table.update(tx, touched.filter(({ isNew }) => !isNew).map((thing) => thing.now!));
  await batch.finish(tx, taken);
  const followed = react && entries.length > 0 ? await react(tx, entries.map(({ body }) => body), now) : [];
  const seqs = await appendEntries(tx, [...entries, ...followed]);
  for (const [next, index] of accepted.entries()) results[index] = { status: 'accepted', id: entries[next]!.id, epoch, seq: seqs[next]! };
  return results as TakenItem[];
}

interface Touched {
  id: string;
  isNew: boolean;
  isTouched: boolean;
  now: Stored<Thing> | undefined;
}

/** Locks the things the items are about, and gives ids to those nobody has heard of. */
async function lockThings(tx: Tx, table: ThingTable, source: string, items: readonly PassedItem[]): Promise<Map<string, Touched>> {
  const refs = [...new Set(items.map(({ ref }) => ref))];
  if (refs.length === 0) return new Map();
  const kept = await table.readByRefsForUpdate(tx, source, refs);
  const things = new Map<string, Touched>(kept.map((now) => [now.state.ref, { id: now.state.id, isNew: false, isTouched: false, now }]));
  const unheard = refs.filter((ref) => !things.has(ref));
  const ids = await table.nextIds(tx, unheard.length);
  for (const [index, ref] of unheard.entries()) things.set(ref, { id: ids[index]!, isNew: true, isTouched: false, now: undefined });
  return things;
}

function refusalOf(error: StoreUnavailable) {
  const cause = error.cause as { code?: unknown } | undefined;
  return refused(cause?.code === DISK_FULL ? 'STORE_FULL' : 'STORE_UNAVAILABLE');
}
