import type { Presence } from '#contract/alertBook.ts';

/** Who has what open. */
export type PresenceMap = ReadonlyMap<string, Presence['people']>;

/** What is known after a push; a thing that nobody has open any more is gone. */
export function withPresence(known: PresenceMap, { thing, people }: Presence): PresenceMap {
  const next = new Map(known);
  if (people.length > 0) next.set(thing, people);
  else next.delete(thing);
  return next;
}
