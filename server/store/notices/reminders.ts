import type { Obligation } from '#contract/red.ts';
import { escalationsOf, remindersOf } from '../../domain/notice/reminders.ts';
import type { DirectivesPort } from '../../domain/ports/directives.ts';
import type { NoticeWays } from '../../domain/ports/notices.ts';
import type { RedPort } from '../../domain/ports/red.ts';
import { wholeScope, type Subtree } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { readPeople, tellPeople } from './tell.ts';

/** Deadlines are counted in working days. Units: ms, real time. */
const LOOK_MS = 60_000;
const MOST_AT_ONCE = 200;
/** Name of the system in the trace of a case. */
const SYSTEM = { id: 'system-red', name: 'Hệ thống' };

export interface ReminderDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  red: Pick<RedPort, 'obligations'>;
  directives: Pick<DirectivesPort, 'agenda'>;
  ways: NoticeWays;
  subtree: Subtree;
  logger: Log;
  lookMs?: number | undefined;
}

/** Reminds of what is due, louder and higher as it comes near and passes; writes every broken promise into the trace of its case. */
export interface Reminders extends Closable {
  /** One look. Returns how many people were told something. */
  look(): Promise<number>;
  close(): Promise<void>;
}

export function createReminders({ engine, clock, red, directives, ways, subtree, logger, lookMs = LOOK_MS }: ReminderDeps): Reminders {
  const scope = wholeScope('reminders');
  const settled = new Set<string>();

  /** A promise that was not kept by its moment, in the trace of its case since that moment. Safe to repeat. */
  const trace = (broken: readonly Obligation[]) =>
    engine.query(
      `insert into work_act (thing, rev, act, actor, actor_name, words, at)
       select r.thing, c.rev, 'case.break-promise', $2, $3, r.words, r.at
       from json_to_recordset($1::json) as r(thing text, words text, at bigint) join red_case c on 'rc-' || c.n = r.thing
       where not exists (select from work_act a where a.thing = r.thing and a.act = 'case.break-promise' and a.at = r.at and a.words = r.words)`,
      [JSON.stringify(broken.map(({ about, title, dueAt }) => ({ thing: about, words: title, at: dueAt }))), SYSTEM.id, SYSTEM.name],
    );

  async function look(): Promise<number> {
    const due = await red.obligations({}, scope);
    const agenda = await directives.agenda(scope);
    if (!due.ok || !agenda.ok) return 0;
    const broken = due.value.items.filter(({ kind, isOverdue, id }) => kind === 'milestone' && isOverdue && !settled.has(`broken/${id}`));
    if (broken.length > 0) await trace(broken);
    for (const { id } of broken) settled.add(`broken/${id}`);
    const open = [...escalationsOf(agenda.value.items), ...remindersOf(due.value.items)].filter(({ name }) => !settled.has(name)).slice(0, MOST_AT_ONCE);
    if (open.length === 0) return 0;
    const told = await engine.tx(async (tx) => {
      const people = await readPeople(tx);
      let count = 0;
      for (const { name, topic, thing, ...cause } of open) count += await tellPeople(tx, people, { cause: name, kind: cause.kind, topic, thing, at: clock.now() }, cause, { ways, subtree });
      return count;
    });
    for (const { name } of open) settled.add(name);
    return told;
  }

  let looking: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable || error instanceof StoreConflict)) logger.error({ error: String(error) }, 'reminders failed; they are tried again');
      })
      .finally(() => (looking = undefined));
  }, lookMs);
  timer.unref();
  return {
    look,
    async close() {
      clearInterval(timer);
      await looking;
    },
  };
}
