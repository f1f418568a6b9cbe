import type { CameraSet, CameraSetEdit } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import { mayWorkWithCameras } from '../../domain/camera/rights.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Queryable, Row } from '../engine/engine.ts';
import { visibleTo } from '../log/scopeFilter.ts';

const FIELDS = `'cset-' || n as id, kind, name, cameras, size, dwell_s as "dwellS", made_by as "madeBy", updated_at as "updatedAt"`;
const toSet = (row: Row) => row as unknown as CameraSet;
const numberOf = (id: string) => Number(/^cset-(\d{1,15})$/.exec(id)?.[1] ?? 0);

/** Whether a scope sees every camera of a list given as JSON. */
async function seesAll(db: Queryable, scope: Scope, cameras: string): Promise<boolean> {
  const seen = visibleTo(scope, 't', 2);
  const [row] = await db.query<{ all: boolean }>(
    `select coalesce(bool_and(t.n is not null), true) as all from jsonb_array_elements_text($1::jsonb) wanted left join camera t on 'cam-' || t.n = wanted and ${seen.sql}`,
    [cameras, ...seen.params],
  );
  return row?.all === true;
}

/** The shelf of salvos and tours, common to all who see their cameras. */
export function createCameraSets({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }) {
  /** The set as it is kept, or undefined when it is not there for this scope. */
  const known = async (db: Queryable, scope: Scope, id: string) => {
    const [row] = await db.query(`select ${FIELDS} from camera_set where n = $1`, [numberOf(id)]);
    const isSeen = row !== undefined && (scope.units === null || (await seesAll(db, scope, JSON.stringify(row['cameras']))));
    return isSeen ? toSet(row) : undefined;
  };

  return {
    async sets(scope: Scope): Promise<Outcome<CameraSet[]>> {
      const seen = visibleTo(scope, 't', 1);
      const isWhole = `not exists (select 1 from jsonb_array_elements_text(s.cameras) wanted left join camera t on 'cam-' || t.n = wanted and ${seen.sql} where t.n is null)`;
      return okay((await engine.query(`select ${FIELDS} from camera_set s where ${scope.units === null ? 'true' : isWhole} order by kind, name, n`, [...seen.params])).map(toSet));
    },

    async keepSet(scope: Scope, id: string | undefined, { kind, name, cameras, size, dwellS }: CameraSetEdit): Promise<Outcome<CameraSet>> {
      const actor = scope.principal;
      if (!mayWorkWithCameras(actor)) return refused('AUTH_FORBIDDEN');
      return engine.tx(async (tx) => {
        if (id !== undefined && !(await known(tx, scope, id))) return refused('NOT_FOUND');
        if (scope.units !== null && !(await seesAll(tx, scope, JSON.stringify(cameras)))) return refused('NOT_FOUND', { pointer: '/cameras' });
        const now = clock.now();
        const values = [kind, name, JSON.stringify(cameras), size, dwellS, actor.name, now];
        const [row] =
          id === undefined
            ? await tx.query(`insert into camera_set (kind, name, cameras, size, dwell_s, made_by, updated_at) values ($1, $2, $3::jsonb, $4, $5, $6, $7) returning ${FIELDS}`, values)
            : await tx.query(`update camera_set set kind = $1, name = $2, cameras = $3::jsonb, size = $4, dwell_s = $5, made_by = $6, updated_at = $7 where n = $8 returning ${FIELDS}`, [...values, numberOf(id)]);
        if (!row) return refused('NOT_FOUND');
        const set = toSet(row);
        await appendAudit(tx, { actor: actor.id, action: 'camera-set.keep', object: set.id, at: now });
        return okay(set);
      });
    },

    async removeSet(scope: Scope, id: string): Promise<Outcome<void>> {
      const actor = scope.principal;
      return engine.tx(async (tx) => {
        if (!(await known(tx, scope, id))) return refused('NOT_FOUND');
        if (!mayWorkWithCameras(actor)) return refused('AUTH_FORBIDDEN');
        await tx.query('delete from camera_set where n = $1', [numberOf(id)]);
        await appendAudit(tx, { actor: actor.id, action: 'camera-set.remove', object: id, at: clock.now() });
        return okay(undefined);
      });
    },
  };
}
