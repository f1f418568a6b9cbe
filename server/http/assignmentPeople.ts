import { okay, type Outcome } from '#contract/faults.ts';
import type { Responsible } from '#contract/topics/case.ts';
import type { PeoplePort } from '../domain/ports/people.ts';

/** Puts beside assignments who answers for them; `say` writes the person as the reader takes it. Fails: as the store does. */
export async function withPeople(people: Pick<PeoplePort, 'ofAssignments'>, items: readonly unknown[], say: (person: Responsible) => unknown = (person) => person): Promise<Outcome<unknown[]>> {
  const known = await people.ofAssignments();
  if (!known.ok) return known;
  return okay(items.map((item) => {
    const person = known.value.get((item as { id: string }).id);
    return person ? { ...(item as object), responsible: say(person) } : item;
  }));
}
