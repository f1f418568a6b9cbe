import { okay, refused, type FaultCode, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Right } from '../../domain/handling-request/rights.ts';
import { type Scope, scopeOf, type Subtree } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Log } from '../../kernel/log.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { appendEntries, entryOf } from '../log/append.ts';
import type { Stored, Thing, ThingTable } from '../topics/thingTable.ts';

/** The source of requests that the product itself issues. */
export const OWN_SOURCE = 'ioc';
const TRIES = 3;

/** The units of the organisation, as far as work needs them. */
export interface UnitCatalogue {
  has(code: string): boolean;
  subtree: Subtree;
}

export interface WorkDeps {
  engine: Engine;
  clock: Clock;
  log: Log;
  units: UnitCatalogue;
}

/** One thing before and after an act; `before` is absent for a new one, and equal states are not written. */
export interface Change<State extends Thing = Thing> {
  table: ThingTable<State>;
  before: Stored<State> | undefined;
  state: State;
}

/** What one act sees: its transaction, its moment, and who acts within which scope. */
export interface Bench {
  tx: Tx;
  now: number;
  actor: Principal;
  scope: Scope;
  units: UnitCatalogue;
}

/** What an act came to. Nothing is written before it is known, so a refusal leaves nothing behind. */
export type Act<Reply> = (bench: Bench) => Promise<Outcome<{ reply: Reply; changes: readonly Change[]; words?: string | undefined }>>;

/** Carries out acts: one transaction each, with every changed row, its trace and its log entry. */
export interface Desk {
  perform<Reply>(name: string, actor: Principal, act: Act<Reply>): Promise<Outcome<Reply>>;
}

export function createDesk({ engine, clock, log, units }: WorkDeps): Desk {
  const once = <Reply>(name: string, actor: Principal, act: Act<Reply>) =>
    engine.tx<Outcome<Reply>>(async (tx) => {
      const bench: Bench = { tx, now: clock.now(), actor, scope: scopeOf(actor, units.subtree), units };
      const outcome = await act(bench);
      if (!outcome.ok) return outcome;
      const { reply, changes, words } = outcome.value;
      await write(bench, name, changes, words);
      return okay(reply);
    });
  return {
    async perform(name, actor, act) {
      for (let left = TRIES; ; left -= 1) {
        try {
          return await once(name, actor, act);
        } catch (error) {
          if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
          if (!(error instanceof StoreConflict)) throw error;
          log.debug({ name, left }, 'two acts met');
          if (left === 1) return refused('STATE_CONFLICT');
        }
      }
    },
  };
}

/** Makes a change that `createDesk` can write beside others. */
export function changeOf<State extends Thing>(table: ThingTable<State>, before: Stored<State> | undefined, state: State): Change {
  return { table, before, state } as unknown as Change;
}

/** The refusal that follows from a right, or undefined when it is allowed. */
export function refusalOf(right: Right) {
  if (right === 'allowed') return undefined;
  return refused(right === 'hidden' ? 'NOT_FOUND' : 'AUTH_FORBIDDEN');
}

/** Turns a refusal of a rule into one of the wire. */
export function ruledOut({ code, detail, pointer }: { code: FaultCode; detail?: string; pointer?: string }) {
  const where = pointer ?? (code === 'STATE_REASON' ? '/reason' : code === 'STATE_RESULT' ? '/result' : undefined);
  return refused(code, { ...(detail ? { detail } : {}), ...(where ? { pointer: where } : {}) });
}

async function write({ tx, now, actor }: Bench, name: string, all: readonly Change[], words: string | undefined): Promise<void> {
  const changes = all.filter(({ before, state }) => before?.state !== state);
  if (changes.length === 0) return;
  const entries = [];
  for (const { table, before, state } of changes) {
    const stored = { rev: (before?.rev ?? 0) + 1, state };
    await (before ? table.update(tx, [stored]) : table.insert(tx, [stored]));
    await tx.query('insert into work_act (thing, rev, act, actor, actor_name, words, at) values ($1, $2, $3, $4, $5, $6, $7)', [
      state.id, stored.rev, name, actor.id, actor.name, words ?? null, now,
    ]);
    entries.push(entryOf(table.topic, `${name}/${state.id}/${stored.rev}`, now, stored));
  }
  await appendAudit(tx, { actor: actor.id, action: name, object: changes.map(({ state }) => state.id).join(' '), at: now });
  await appendEntries(tx, entries);
}
