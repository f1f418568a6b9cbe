import type { DeskView, DutyEntry, DutyFigures } from '#contract/duty.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { DutyPort } from '../../domain/ports/duty.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Queryable, Tx } from '../engine/engine.ts';
import { guarded } from './guarded.ts';

const MOST_VIEWS = 30;
const PREFIX = 'du-';
const SELECT = `select '${PREFIX}' || n as id, form, words, actor, actor_name as "actorName", at, figures, taken_at as "takenAt", taken_name as "takenName" from duty_entry`;

const FIGURES = `
  select
    (select count(*)::int from alert where rehearsal is null and state not in ('verified', 'closed') and duplicate_of is null) as "openAlerts",
    (select count(*)::int from alert where rehearsal is null and state not in ('verified', 'closed') and duplicate_of is null and level = 1) as "redAlerts",
    (select count(*)::int from alert where rehearsal is null and state = 'raised' and duplicate_of is null) as "unacknowledged",
    (select count(*)::int from alert where rehearsal is null and state <> 'closed' and shelved_until > $1) as "shelved",
    (select count(*)::int from feedback where rehearsal is null and state in ('received', 'assigned', 'in-progress')) as "openFeedback",
    (select count(*)::int from feedback where rehearsal is null and state in ('received', 'assigned', 'in-progress') and due_at < $1) as "overdueFeedback",
    (select count(*)::int from handling_request where rehearsal is null and step in ('sent', 'delivered', 'read', 'accepted') and due_at < $1) as "overdueRequests",
    (select count(*)::int from handling_request where rehearsal is null and step = 'carried-out') as "toCheck"`;

const numberOf = (id: string) => (/^du-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(PREFIX.length)) : 0);

async function read(db: Queryable, n: number): Promise<DutyEntry | undefined> {
  const [entry] = await db.query<DutyEntry>(`${SELECT} where n = $1`, [n]);
  return entry;
}

/** Keeps the shift log and the filters of the desk. */
export function createDuty({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }): DutyPort {
  const inOne = <T>(work: (tx: Tx) => Promise<Outcome<T>>) => guarded(() => engine.tx(work));
  return {
    log: ({ limit, cursor }) =>
      guarded(async () => {
        if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) return refused('REQUEST_QUERY', { pointer: '/cursor' });
        const rows = await engine.query<DutyEntry>(`${SELECT} where n < $1 order by n desc limit $2`, [cursor ?? Number.MAX_SAFE_INTEGER, limit + 1]);
        const items = rows.slice(0, limit);
        return okay({ items, next: rows.length > limit ? String(numberOf(items.at(-1)?.id ?? '')) : null });
      }),
    write: (actor, { form, words }) =>
      inOne(async (tx) => {
        const said = words.trim();
        if (said === '') return refused('STATE_REASON', { pointer: '/words' });
        const at = clock.now();
        const [figures] = form === 'handover' ? await tx.query<DutyFigures>(FIGURES, [at]) : [];
        const [row] = await tx.query<{ n: number }>('insert into duty_entry (form, words, actor, actor_name, at, figures) values ($1, $2, $3, $4, $5, $6) returning n', [
          form, said, actor.id, actor.name, at, figures ? JSON.stringify(figures) : null,
        ]);
        await appendAudit(tx, { actor: actor.id, action: `duty.${form}`, object: `${PREFIX}${row!.n}`, at });
        return okay((await read(tx, row!.n))!);
      }),
    take: (actor, id) =>
      inOne(async (tx) => {
        const [row] = await tx.query<{ form: string; actor: string; takenBy: string | null }>('select form, actor, taken_by as "takenBy" from duty_entry where n = $1 for update', [numberOf(id)]);
        if (!row) return refused('NOT_FOUND');
        if (row.takenBy === actor.id) return okay((await read(tx, numberOf(id)))!);
        if (row.form !== 'handover' || row.takenBy !== null) return refused('STATE_STEP');
        if (row.actor === actor.id) return refused('STATE_STEP', { detail: 'Người nhận ca phải khác người bàn giao.' });
        const at = clock.now();
        await tx.query('update duty_entry set taken_at = $2, taken_by = $3, taken_name = $4 where n = $1', [numberOf(id), at, actor.id, actor.name]);
        await appendAudit(tx, { actor: actor.id, action: 'duty.take', object: id, at });
        return okay((await read(tx, numberOf(id)))!);
      }),
    views: (account) => guarded(async () => okay(await engine.query<DeskView>('select name, body from desk_view where account = $1 order by name', [account]))),
    keepView: (account, { name, body }) =>
      inOne(async (tx) => {
        const [held] = await tx.query<{ n: number }>('select count(*)::int as n from desk_view where account = $1 and name <> $2', [account, name]);
        if ((held?.n ?? 0) >= MOST_VIEWS) return refused('RATE_LIMITED');
        await tx.query(
          'insert into desk_view (account, name, body, changed_at) values ($1, $2, $3, $4) on conflict (account, name) do update set body = excluded.body, changed_at = excluded.changed_at',
          [account, name, JSON.stringify(body), clock.now()],
        );
        return okay({ name, body });
      }),
    dropView: (account, name) =>
      guarded(async () => {
        await engine.query('delete from desk_view where account = $1 and name = $2', [account, name]);
        return okay(undefined);
      }),
  };
}
