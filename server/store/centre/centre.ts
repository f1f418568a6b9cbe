import { Check } from 'typebox/value';
import { Centre } from '#contract/centre.ts';
import { okay, type Outcome } from '#contract/faults.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Queryable } from '../engine/engine.ts';
import { guarded } from '../work/guarded.ts';

const NAME = 'centre';

/** As it is before anybody set it up. */
export const NEW_CENTRE: Centre = { name: 'Trung tâm điều hành thông minh', province: '48', wall: 'w2x2', hasSample: true, helpDesk: { name: '', phone: '', email: '', hours: '' }, backup: { isOn: true, at: '01:30', keep: 7 }, isSetUp: false };

/** The centre as it is kept. */
export async function readCentre(db: Queryable): Promise<Centre> {
  const [row] = await db.query<{ value: unknown }>('select value from setting where name = $1', [NAME]);
  const whole = { ...NEW_CENTRE, ...(typeof row?.value === 'object' ? row.value : {}) };
  return Check(Centre, whole) ? whole : NEW_CENTRE;
}

/** Keeps the centre. Fails: STORE_UNAVAILABLE. */
export const writeCentre = (engine: Engine, actor: string, centre: Centre, at: number): Promise<Outcome<Centre>> =>
  guarded(() =>
    engine.tx(async (tx) => {
      await tx.query('insert into setting (name, value, changed_by, changed_at) values ($1, $2, $3, $4) on conflict (name) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at', [NAME, JSON.stringify(centre), actor, at]);
      await appendAudit(tx, { actor, action: 'centre.write', object: 'centre', at });
      return okay(centre);
    }),
  );
