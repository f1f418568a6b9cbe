import type { Queryable } from '../engine/engine.ts';

/** Where a thing of the log belongs now, by its newest entry; undefined for one that never was. */
export async function placeOfThing(db: Queryable, thing: string): Promise<{ unit: string | null; ward: string | null } | undefined> {
  const [place] = await db.query<{ unit: string | null; ward: string | null }>('select unit, ward from event_log where thing = $1 order by seq desc limit 1', [thing]);
  return place;
}
