import type { Responsible } from '#contract/topics/case.ts';
import { accountIdOf, accountNumberOf } from '../accounts/sessions.ts';
import type { Queryable, Tx } from '../engine/engine.ts';

/** Who answers for assignments, by id of the assignment. */
export async function peopleOfAssignments(db: Queryable): Promise<Map<string, Responsible>> {
  const rows = await db.query<{ assignment: number; id: number; name: string; position: string; unit: string }>(
    'select p.assignment, a.id, a.name, a.position, p.unit from assignment_person p join account a on a.id = p.account',
  );
  return new Map(rows.map(({ assignment, id, ...person }) => [`as-${assignment}`, { account: accountIdOf(id), ...person }]));
}

/** Writes down who answers for an assignment; null = nobody. */
export async function writeAssignmentPerson(tx: Tx, assignment: number, person: Responsible | null, by: { name: string; at: number }): Promise<void> {
  if (person === null) {
    await tx.query('delete from assignment_person where assignment = $1', [assignment]);
    return;
  }
  await tx.query(
    `insert into assignment_person (assignment, account, unit, chosen_by_name, chosen_at) values ($1, $2, $3, $4, $5)
     on conflict (assignment) do update set account = excluded.account, unit = excluded.unit, chosen_by_name = excluded.chosen_by_name, chosen_at = excluded.chosen_at`,
    [assignment, accountNumberOf(person.account), person.unit, by.name, by.at],
  );
}

/** Number of an assignment in the store by its id; undefined for what is none. */
export const assignmentNumberOf = (id: string): number | undefined => {
  const found = /^as-([1-9]\d{0,14})$/.exec(id);
  return found ? Number(found[1]) : undefined;
};
