import { okay } from '#contract/faults.ts';
import type { AdoptionAnswer } from '#contract/rollout.ts';
import type { AdoptionPort } from '../../domain/ports/rollout.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { guarded } from '../work/guarded.ts';

const DAY = `((to_timestamp($AT / 1000.0) at time zone 'UTC') + interval '7 hours')`;
const localDay = (column: string) => `${DAY.replace('$AT', column)}::date`;
const localWeek = (column: string) => `to_char(${DAY.replace('$AT', column)}, 'IYYY-"W"IW')`;

/** A visit is a session a person opened; one who stays signed in for days counts once. */
const PEOPLE = `
  select (a.roles @> array['leader'])::boolean as "isLeader", count(distinct a.id)::int as accounts, count(distinct s.account_id)::int as visited, count(s.token_hash)::int as visits, count(distinct ${localDay('s.created_at')})::int as days
  from account a left join session s on s.account_id = a.id and s.kind = 'person' and s.created_at between $1 and $2
  where a.disabled_at is null group by 1`;
const REDS = `
  select count(*) filter (where opened_at between $1 and $2 and provenance <> 'simulated')::int as opened, count(*) filter (where closed_at between $1 and $2 and provenance <> 'simulated')::int as closed,
    count(*) filter (where closed_at is null and provenance <> 'simulated')::int as "stillOpen",
    (percentile_cont(0.5) within group (order by closed_at - opened_at) filter (where closed_at between $1 and $2 and provenance <> 'simulated'))::float8 as "closeMs",
    count(*) filter (where opened_at between $1 and $2 and provenance = 'simulated')::int as "simulatedOpened", count(*) filter (where closed_at between $1 and $2 and provenance = 'simulated')::int as "simulatedClosed"
  from red_case`;
const DECISIONS = `
  select count(*)::int as made, count(*) filter (where h.step in ('carried-out', 'verified'))::int as done
  from wall_decision d left join handling_request h on 'hr-' || h.n = d.request_id where d.at between $1 and $2 and h.rehearsal is null`;
const SHIFTS = `select count(*) filter (where form = 'note')::int as notes, count(*) filter (where form = 'handover')::int as handovers, count(*) filter (where taken_at is not null)::int as taken from duty_entry where at between $1 and $2`;
const TRAINING = `select count(distinct person)::int as people, count(distinct person) filter (where is_passed)::int as passed, count(distinct course)::int as courses from training_record where completed_at between $1 and $2`;
const WEEKS = `
  select week, sum(visits)::int as "leaderVisits", sum(decisions)::int as decisions, sum(closed)::int as "redsClosed" from (
    select ${localWeek('s.created_at')} as week, 1 as visits, 0 as decisions, 0 as closed from session s join account a on a.id = s.account_id where s.kind = 'person' and a.roles @> array['leader'] and s.created_at between $1 and $2
    union all select ${localWeek('d.at')}, 0, 1, 0 from wall_decision d left join handling_request h on 'hr-' || h.n = d.request_id where d.at between $1 and $2 and h.rehearsal is null
    union all select ${localWeek('closed_at')}, 0, 0, 1 from red_case where closed_at between $1 and $2 and provenance <> 'simulated'
  ) as told group by week order by week`;

/** Counts from what the store holds; sessions that were purged are gone, so long spans tell less. */
export function createAdoption({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }): AdoptionPort {
  return {
    read: (from, to) =>
      guarded(async () => {
        const ask = async <T>(sql: string) => (await engine.query<T>(sql, [from, to]))[0]!;
        const people = await engine.query<{ isLeader: boolean; accounts: number; visited: number; visits: number; days: number }>(PEOPLE, [from, to]);
        const of = (isLeader: boolean) => people.find((one) => one.isLeader === isLeader) ?? { accounts: 0, visited: 0, visits: 0, days: 0 };
        const [{ accounts, visited, visits, days }, staff] = [of(true), of(false)];
        return okay({
          at: clock.now(), from, to,
          leaders: { accounts, visited, visits, days },
          staff: { accounts: staff.accounts, visited: staff.visited, visits: staff.visits },
          decisions: await ask<AdoptionAnswer['decisions']>(DECISIONS),
          reds: await ask<AdoptionAnswer['reds']>(REDS),
          shifts: await ask<AdoptionAnswer['shifts']>(SHIFTS),
          training: await ask<AdoptionAnswer['training']>(TRAINING),
          weeks: await engine.query<AdoptionAnswer['weeks'][number]>(WEEKS, [from, to]),
        });
      }),
  };
}
