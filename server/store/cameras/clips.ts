import type { Clip } from '#contract/footage.ts';
import { okay, refused } from '#contract/faults.ts';
import type { ClipStorePort } from '../../domain/ports/footage.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import { createConditions } from '../collections/conditions.ts';
import type { Engine } from '../engine/engine.ts';
import { cameraTable } from '../topics/camera.ts';

const FIELDS = `'clip-' || c.n as id, 'cam-' || c.camera as camera, t.name, c.kind, c.state, c.about, c.from_at as "from", c.to_at as "to", c.bytes, c.sha256, c.actor_name as "madeBy", c.reason, c.at, c.delete_at as "deleteAt"`;
const SOURCE = 'from camera_clip c join camera t on t.n = c.camera';
const MOST_TOUCHING = 50;
const numberOf = (id: string) => Number(/^clip-(\d{1,15})$/.exec(id)?.[1] ?? 0);

/** The register of kept film. */
export function createClipStore({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }): ClipStorePort {
  const read = async (where: string, params: readonly unknown[]) => (await engine.query(`select ${FIELDS} ${SOURCE} where ${where}`, params)) as unknown as Clip[];
  return {
    open: ({ camera, kind, about, from, to, actor, reason, deleteAt }) =>
      engine.tx(async (tx) => {
        const now = clock.now();
        const [row] = await tx.query<{ id: string }>(
          `insert into camera_clip (camera, kind, state, about, from_at, to_at, actor, actor_name, reason, at, delete_at) values ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10) returning 'clip-' || n as id`,
          [cameraTable.numberOf(camera), kind, about, from, to, actor.id, actor.name, reason, now, deleteAt],
        );
        const { id } = row!;
        await appendAudit(tx, { actor: actor.id, action: `camera.film-${kind}`, object: [camera, id, about].filter(Boolean).join(' '), at: now });
        if (kind === 'export') await tx.query(`insert into camera_trace (camera, act, actor, actor_name, at, taken_at, words) values ($1, 'export', $2, $3, $4, $5, $6)`, [cameraTable.numberOf(camera), actor.id, actor.name, now, from, reason]);
        return id;
      }),
    async settle(id, { from, to, bytes, sha256 }) {
      await engine.query(`update camera_clip set state = $2, from_at = $3, to_at = $4, bytes = $5, sha256 = $6 where n = $1`, [numberOf(id), bytes > 0 ? 'kept' : 'empty', from, to, bytes, sha256]);
    },
    left: () => read(`c.state = 'open'`, []),
    async list(scope, { camera, about, limit }) {
      const conditions = createConditions(scope, 't');
      if (camera !== undefined) conditions.add('c.camera = ?', cameraTable.numberOf(camera) ?? 0);
      if (about !== undefined) conditions.add('c.about = ?', about);
      return okay(await read(`${conditions.where()} order by c.n desc limit ${conditions.bind(limit)}`, conditions.params()));
    },
    async get(scope, id) {
      const conditions = createConditions(scope, 't');
      conditions.add('c.n = ?', numberOf(id));
      const [clip] = await read(conditions.where(), conditions.params());
      return clip ? okay(clip) : refused('NOT_FOUND');
    },
    touching: (camera, from, to) => read(`c.camera = $1 and c.state = 'kept' and c.to_at > $2 and c.from_at < $3 order by c.kind, c.from_at limit ${MOST_TOUCHING}`, [cameraTable.numberOf(camera) ?? 0, from, to]),
    async expire(now) {
      const gone = await engine.query<{ id: string }>(`update camera_clip set state = 'deleted', sha256 = null where state = 'kept' and delete_at <= $1 returning 'clip-' || n as id`, [now]);
      return gone.map(({ id }) => id);
    },
  };
}
