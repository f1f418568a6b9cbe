import { Value } from 'typebox/value';
import { okay, refused } from '#contract/faults.ts';
import { ROLLOUT_BODIES, type PilotPlan, type RolloutEntry, type RolloutForms, type RolloutKind, type RolloutLine } from '#contract/rollout.ts';
import type { RolloutPort } from '../../domain/ports/rollout.ts';
import { standingOf, wrongDate } from '../../domain/rollout/pilots.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import { guarded } from '../work/guarded.ts';

const OFFSET_MS = 7 * 3_600_000;
const SELECT = 'select id, rev, body, reason, actor_name as by, at from rollout_entry';
const LINES = `
  select distinct on (e.id) e.id, e.rev, e.body, e.reason, e.actor_name as by, e.at, b.body as baseline
  from rollout_entry e join rollout_entry b on b.kind = e.kind and b.id = e.id and b.rev = 1 where e.kind = $1`;

/** Kinds whose entries answer a line of a form. */
const FORM_OF: Partial<Record<RolloutKind, 'readiness' | 'survey' | 'conformity'>> = { readiness: 'readiness', survey: 'survey', conformity: 'conformity' };

export interface RolloutDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  forms: RolloutForms;
}

/** Keeps a roll-out; nothing of it is ever overwritten. */
export function createRollout({ engine, clock, forms }: RolloutDeps): RolloutPort {
  const lines = (db: Queryable, kind: RolloutKind, id?: string) => db.query<RolloutLine>(`${LINES} ${id === undefined ? '' : 'and e.id = $2'} order by e.id, e.rev desc`, id === undefined ? [kind] : [kind, id]);

  return {
    forms: () => forms,
    list: (kind) => guarded(async () => okay({ at: clock.now(), items: await lines(engine, kind) })),
    revisions: (kind, id) =>
      guarded(async () => {
        const items = await engine.query<RolloutEntry>(`${SELECT} where kind = $1 and id = $2 order by rev`, [kind, id]);
        return items.length > 0 ? okay({ items }) : refused('NOT_FOUND');
      }),
    keep: (actor, kind, id, { rev, reason, body }) =>
      guarded(async () => {
        const form = FORM_OF[kind];
        if (form && !forms[form].some((line) => line.id === id)) return refused('NOT_FOUND');
        const [problem] = Value.Errors(ROLLOUT_BODIES[kind], body);
        if (problem) return refused('REQUEST_BODY', { pointer: `/body${problem.instancePath}` });
        const wrong = kind === 'pilot' ? wrongDate(body as PilotPlan) : undefined;
        if (wrong) return refused('REQUEST_BODY', { pointer: wrong });
        if (rev > 0 && !form && reason.trim() === '') return refused('STATE_REASON', { pointer: '/reason' });
        return engine.tx(async (tx) => {
          await tx.query(`select pg_advisory_xact_lock(hashtext('rollout ' || $1 || ' ' || $2))`, [kind, id]);
          const [newest] = await tx.query<{ rev: number }>('select rev from rollout_entry where kind = $1 and id = $2 order by rev desc limit 1', [kind, id]);
          if ((newest?.rev ?? 0) !== rev) return refused('STATE_CONFLICT');
          const at = clock.now();
          await tx.query('insert into rollout_entry (kind, id, rev, body, reason, actor, actor_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8)', [kind, id, rev + 1, JSON.stringify(body), reason.trim(), actor.id, actor.name, at]);
          await appendAudit(tx, { actor: actor.id, action: `rollout.${kind}`, object: `${id}@${rev + 1}`, at });
          const [kept] = await lines(tx, kind, id);
          return okay(kept!);
        });
      }),
    pilots: () =>
      guarded(async () => {
        const at = clock.now();
        const on = new Date(at + OFFSET_MS).toISOString().slice(0, 10);
        const items = (await lines(engine, 'pilot')).map(({ id, rev, body, baseline }) => standingOf(id, rev, body as PilotPlan, baseline as PilotPlan, on));
        return okay({ at, on, items: items.sort((a, b) => b.lateDays - a.lateDays || a.plan.area.localeCompare(b.plan.area, 'vi')) });
      }),
  };
}
