import type { Static } from 'typebox';
import type { ConnectorFault } from '#contract/connector.ts';
import type { Cursor } from '#contract/entry.ts';
import type { Delivery, ReceiverText } from '#contract/eventReceiver.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import type { Seal } from '../topics/seal.ts';
import { guarded } from '../work/guarded.ts';

/** Wakes every server when a receiver was changed. */
export const RECEIVER_WAKE = 'event_receiver';
const KEPT_DELIVERIES = 200;
const SHOWN_DELIVERIES = 50;

/** Up to where a receiver was told, and how it went. `attempts`: of the event that is due. Units: epoch ms. */
export interface ReceiverMemory {
  cursor: Cursor | null;
  attempts: number;
  sent: number;
  refused: number;
  failures: number;
  fault: Static<typeof ConnectorFault> | null;
  lastSuccessAt: number | null;
  lastRefusalAt: number | null;
}

/** A declaration with its secret opened and where it stands. */
export interface KeptReceiver {
  text: ReceiverText;
  isOn: boolean;
  secret: string;
  rev: number;
  memory: ReceiverMemory;
  changedAt: number;
  changedBy: string;
}

/** Declarations of receivers, their sealed secrets and what became of their events. */
export interface ReceiverStore {
  all(): Promise<KeptReceiver[]>;
  /** `rev` 0 = a new one. Fails: SOURCE_SECRET, STATE_CONFLICT, STORE_UNAVAILABLE. */
  write(actor: string, text: ReceiverText, secret: string | undefined, rev: number): Promise<Outcome<void>>;
  /** `from`: where one that is turned on begins to listen. */
  turn(actor: string, id: string, isOn: boolean, from: Cursor): Promise<Outcome<void>>;
  remove(actor: string, id: string): Promise<Outcome<void>>;
  noteTest(actor: string, id: string): Promise<void>;
  /** Where a receiver stands, with the event that ended, in one transaction. */
  remember(id: string, memory: ReceiverMemory, ended: Delivery | null): Promise<void>;
  deliveries(id: string): Promise<Delivery[]>;
}

const FRESH: ReceiverMemory = { cursor: null, attempts: 0, sent: 0, refused: 0, failures: 0, fault: null, lastSuccessAt: null, lastRefusalAt: null };
const SELECT = 'select body as text, is_on as "isOn", sealed, rev, memory, changed_at as "changedAt", changed_by as "changedBy" from event_receiver';
type ReceiverRow = Omit<KeptReceiver, 'secret'> & { sealed: Uint8Array };

export function createReceiverStore({ engine, seal, now }: { engine: Engine; seal: Seal; now(): number }): ReceiverStore {
  const inOne = (actor: string, action: string, id: string, work: (tx: Queryable) => Promise<Outcome<void>>) =>
    guarded(() =>
      engine.tx(async (tx) => {
        const done = await work(tx);
        if (!done.ok) return done;
        await appendAudit(tx, { actor, action: `event-receiver.${action}`, object: id, at: now() });
        await tx.query(`select pg_notify('${RECEIVER_WAKE}', '')`);
        return done;
      }),
    );
  const changed = async (tx: Queryable, sql: string, values: unknown[]): Promise<Outcome<void>> => ((await tx.query(`${sql} returning id`, values)).length === 0 ? refused('NOT_FOUND') : okay(undefined));

  return {
    all: async () => (await engine.query<ReceiverRow>(`${SELECT} order by id`)).map(({ sealed, ...row }) => ({ ...row, secret: seal.open(sealed) })),
    write: (actor, text, secret, rev) =>
      inOne(actor, 'write', text.id, async (tx) => {
        const [known] = await tx.query<ReceiverRow>(`${SELECT} where id = $1 for update`, [text.id]);
        if ((known?.rev ?? 0) !== rev) return refused('STATE_CONFLICT');
        const sealed = secret === undefined ? known?.sealed : seal.seal(secret);
        if (sealed === undefined) return refused('SOURCE_SECRET', { pointer: '/secret' });
        await tx.query(
          `insert into event_receiver (id, body, sealed, rev, memory, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (id) do update set body = excluded.body, sealed = excluded.sealed, rev = excluded.rev, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
          [text.id, JSON.stringify(text), sealed, rev + 1, JSON.stringify(FRESH), now(), actor],
        );
        return okay(undefined);
      }),
    turn: (actor, id, isOn, from) =>
      inOne(actor, isOn ? 'start' : 'stop', id, (tx) =>
        changed(tx, `update event_receiver set is_on = $2, rev = rev + 1, changed_at = $3, changed_by = $4, memory = case when $2 and not is_on then memory || $5::jsonb else memory end where id = $1`, [id, isOn, now(), actor, JSON.stringify({ cursor: from, attempts: 0, failures: 0, fault: null })]),
      ),
    remove: (actor, id) => inOne(actor, 'remove', id, (tx) => changed(tx, 'delete from event_receiver where id = $1', [id])),
    noteTest: async (actor, id) => engine.tx((tx) => appendAudit(tx, { actor, action: 'event-receiver.test', object: id, at: now() })),
    remember: (id, memory, ended) =>
      engine.tx(async (tx) => {
        const known = await tx.query('update event_receiver set memory = $2 where id = $1 returning id', [id, JSON.stringify(memory)]);
        if (known.length === 0 || !ended) return;
        await tx.query('insert into event_delivery (receiver, body) values ($1, $2)', [id, JSON.stringify(ended)]);
        await tx.query('delete from event_delivery where receiver = $1 and n < (select min(n) from (select n from event_delivery where receiver = $1 order by n desc limit $2) newest)', [id, KEPT_DELIVERIES]);
      }),
    deliveries: async (id) => (await engine.query<{ body: Delivery }>('select body from event_delivery where receiver = $1 order by n desc limit $2', [id, SHOWN_DELIVERIES])).map(({ body }) => body),
  };
}
