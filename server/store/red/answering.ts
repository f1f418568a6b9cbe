import { okay, refused } from '#contract/faults.ts';
import type { FocalPoint } from '#contract/people.ts';
import { rightToWork } from '../../domain/handling-request/rights.ts';
import type { PeoplePort } from '../../domain/ports/people.ts';
import { type Scope, sees } from '../../domain/scope.ts';
import type { OrganisationUnit } from '../../domain/units/units.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import { accountIdOf, accountNumberOf } from '../accounts/sessions.ts';
import type { Engine } from '../engine/engine.ts';
import { refusalOf, type UnitCatalogue } from '../work/desk.ts';
import { guarded } from '../work/guarded.ts';
import { assignmentNumberOf, peopleOfAssignments, writeAssignmentPerson } from './assignmentPeople.ts';
import { findResponsible, peopleOf } from './people.ts';

export interface AnsweringDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  units: UnitCatalogue & { get(code: string): OrganisationUnit | undefined };
}

/** Focal points of units and persons of assignments on the store. */
export function createAnswering({ engine, clock, units }: AnsweringDeps): PeoplePort {
  const focalPoints = (scope: Scope) =>
    guarded(async () => {
      const rows = await engine.query<{ unit: string; id: number; name: string; position: string; chosenBy: string; chosenAt: number }>(
        `select f.unit, a.id, a.name, a.position, f.chosen_by_name as "chosenBy", f.chosen_at as "chosenAt"
         from focal_point f join account a on a.id = f.account and a.disabled_at is null order by f.unit`,
      );
      const items = rows.filter(({ unit }) => sees(scope, unit, null)).map(({ unit, id, name, position, chosenBy, chosenAt }): FocalPoint => ({ unit, unitName: units.get(unit)?.fullName ?? unit, person: { account: accountIdOf(id), name, position, unit }, chosenBy, chosenAt }));
      return okay({ items, people: await peopleOf(engine, scope) });
    });
  return {
    focalPoints,
    chooseFocal: (unit, account, scope) =>
      guarded(async () => {
        if (!units.has(unit)) return refused('INGEST_UNIT', { pointer: '/unit' });
        if (!sees(scope, unit, null)) return refused('AUTH_FORBIDDEN', { pointer: '/unit' });
        const chosen = await engine.tx(async (tx) => {
          const found = account === null ? okay(null) : await findResponsible({ tx, units }, account, unit);
          if (!found.ok) return refused('CASE_PERSON', { pointer: '/account' });
          const at = clock.now();
          if (found.value === null) await tx.query('delete from focal_point where unit = $1', [unit]);
          else {
            await tx.query(
              'insert into focal_point (unit, account, chosen_by_name, chosen_at) values ($1, $2, $3, $4) on conflict (unit) do update set account = excluded.account, chosen_by_name = excluded.chosen_by_name, chosen_at = excluded.chosen_at',
              [unit, accountNumberOf(found.value.account), scope.principal.name, at],
            );
          }
          await appendAudit(tx, { actor: scope.principal.id, action: 'unit.focal-point', object: `${unit} ${account ?? '-'}`, at });
          return okay(undefined);
        });
        return chosen.ok ? focalPoints(scope) : chosen;
      }),
    chooseForAssignment: (assignment, account, scope) =>
      guarded(() =>
        engine.tx(async (tx) => {
          const number = assignmentNumberOf(assignment);
          const [row] = await tx.query<{ unit: string | null; ward: string | null }>(`select unit, ward from record where n = $1 and topic = 'assignment'`, [number ?? 0]);
          if (!row || number === undefined) return refused('NOT_FOUND');
          const refusal = refusalOf(rightToWork(scope, row));
          if (refusal) return refusal;
          const found = account === null ? okay(null) : await findResponsible({ tx, units }, account, row.unit ?? '');
          if (!found.ok) return refused('CASE_PERSON', { pointer: '/account' });
          const at = clock.now();
          await writeAssignmentPerson(tx, number, found.value, { name: scope.principal.name, at });
          await appendAudit(tx, { actor: scope.principal.id, action: 'assignment.responsible', object: `${assignment} ${account ?? '-'}`, at });
          return okay({ assignment, responsible: found.value });
        }),
      ),
    ofAssignments: () => guarded(async () => okay(await peopleOfAssignments(engine))),
  };
}
