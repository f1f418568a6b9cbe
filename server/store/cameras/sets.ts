import type { CameraSet, CameraSetEdit } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import { mayWorkWithCameras } from '../../domain/camera/rights.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine, Row } from '../engine/engine.ts';

const FIELDS = `'cset-' || n as id, kind, name, cameras, size, dwell_s as "dwellS", made_by as "madeBy", updated_at as "updatedAt"`;
const toSet = (row: Row) => row as unknown as CameraSet;
const numberOf = (id: string) => Number(/^cset-(\d{1,15})$/.exec(id)?.[1] ?? 0);

/** The shelf of salvos and tours, common to all who work with cameras. */
export function createCameraSets({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }) {
  return {
    async sets(): Promise<Outcome<CameraSet[]>> {
      return okay((await engine.query(`select ${FIELDS} from camera_set order by kind, name, n`)).map(toSet));
    },

    async keepSet(actor: Principal, id: string | undefined, { kind, name, cameras, size, dwellS }: CameraSetEdit): Promise<Outcome<CameraSet>> {
      if (!mayWorkWithCameras(actor)) return refused('AUTH_FORBIDDEN');
      return engine.tx(async (tx) => {
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

    async removeSet(actor: Principal, id: string): Promise<Outcome<void>> {
      return engine.tx(async (tx) => {
        const [known] = await tx.query('select n from camera_set where n = $1', [numberOf(id)]);
        if (!known) return refused('NOT_FOUND');
        if (!mayWorkWithCameras(actor)) return refused('AUTH_FORBIDDEN');
        await tx.query('delete from camera_set where n = $1', [numberOf(id)]);
        await appendAudit(tx, { actor: actor.id, action: 'camera-set.remove', object: id, at: clock.now() });
        return okay(undefined);
      });
    },
  };
}
