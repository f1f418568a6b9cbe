import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Responsible } from '#contract/topics/case.ts';
import type { Scope } from '../../domain/scope.ts';
import { accountIdOf, accountNumberOf } from '../accounts/sessions.ts';
import type { Queryable } from '../engine/engine.ts';
import type { Bench } from '../work/desk.ts';

interface AccountRow {
  id: number;
  name: string;
  position: string;
  units: string[] | null;
}

const MOST_PEOPLE = 300;

/** The account as the responsible person of a unit: an open account whose grants hold the unit. Fails: CASE_PERSON. */
export async function findResponsible({ tx, units }: Pick<Bench, 'tx' | 'units'>, account: string, unit: string): Promise<Outcome<Responsible>> {
  const [found] = await tx.query<AccountRow>('select id, name, position, units from account where id = $1 and disabled_at is null', [accountNumberOf(account) ?? 0]);
  const holds = found && (found.units === null || found.units.some((code) => code === unit || units.subtree(code).includes(unit)));
  if (!holds) return refused('CASE_PERSON', { pointer: '/responsible' });
  return okay({ account, name: found.name, position: found.position, unit: found.units?.find((code) => code === unit || units.subtree(code).includes(unit)) ?? unit });
}

/** Who may be named for the units of a scope, by name. */
export async function peopleOf(db: Queryable, scope: Scope): Promise<Responsible[]> {
  const rows = await db.query<AccountRow>('select id, name, position, units from account where disabled_at is null and units is not null order by id limit $1', [MOST_PEOPLE]);
  return rows
    .flatMap(({ id, name, position, units }): Responsible[] => {
      const unit = units?.find((code) => scope.units === null || scope.units.has(code));
      return unit === undefined ? [] : [{ account: accountIdOf(id), name, position, unit }];
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}
