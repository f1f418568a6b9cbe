import type { CameraGroup, CameraGroupEdit, CameraGroupRight } from '#contract/cameras.ts';
import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal, Role } from '#contract/roles.ts';
import type { GroupRight } from '../../domain/camera/groupRights.ts';
import type { CameraGroupsPort } from '../../domain/ports/cameras.ts';
import type { Clock } from '../../kernel/clock.ts';
import { appendAudit } from '../accounts/audit.ts';
import { loginOf } from '../accounts/people.ts';
import { accountIdOf, accountNumberOf } from '../accounts/sessions.ts';
import type { Engine, Queryable } from '../engine/engine.ts';

/** Wakes every server when a group of cameras was closed or opened. */
export const CAMERA_GROUP_CHANNEL = 'camera_group';

/** Groups of cameras and for whom they are, kept in memory: they are asked for with every segment of every picture. */
export interface CameraGroups extends CameraGroupsPort {
  reload(): Promise<void>;
  rights(): readonly GroupRight[];
}

interface StoredGroup {
  group: string;
  cameras: number;
  roles: Role[] | null;
  people: string[] | null;
  onWalls: boolean | null;
}

const GROUPS = `
  with used as (
    select value as name, count(*)::int as cameras
    from camera, jsonb_array_elements_text(case when jsonb_typeof(groups) = 'array' then groups else '[]'::jsonb end) group by value
  )
  select coalesce(used.name, kept.name) as "group", coalesce(cameras, 0) as cameras, roles, people, on_walls as "onWalls"
  from used full join camera_group kept on kept.name = used.name order by 1`;

/** The user names of accounts by id. */
async function loginsOf(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: number; login: string }>('select id, login from account where id = any($1::bigint[])', [[...new Set(ids)].map((id) => accountNumberOf(id) ?? 0)]);
  return new Map(rows.map(({ id, login }) => [accountIdOf(id), login]));
}

export async function createCameraGroups({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }): Promise<CameraGroups> {
  let rights: readonly GroupRight[] = [];

  const groups: CameraGroups = {
    rights: () => rights,

    async reload() {
      rights = await engine.query<GroupRight>('select name as "group", roles, people, on_walls as "onWalls" from camera_group');
    },

    async list() {
      const rows = await engine.query<StoredGroup>(GROUPS);
      const logins = await loginsOf(engine, rows.flatMap(({ people }) => people ?? []));
      const rightOf = ({ roles, people, onWalls }: StoredGroup): CameraGroupRight | null =>
        roles && { roles, people: (people ?? []).flatMap((id) => logins.get(id) ?? []), onWalls: onWalls ?? false };
      return rows.map((row): CameraGroup => ({ group: row.group, cameras: row.cameras, right: rightOf(row) }));
    },

    async keep(actor: Principal, { group, right }: CameraGroupEdit): Promise<Outcome<void>> {
      const kept = await engine.tx(async (tx) => {
        const names = (right?.people ?? []).map(loginOf);
        const accounts = await tx.query<{ id: number; login: string }>('select id, login from account where login = any($1::text[])', [names]);
        const unknown = names.find((name) => !accounts.some(({ login }) => login === name));
        if (unknown !== undefined) return refused('NOT_FOUND', { pointer: '/right/people', detail: unknown });
        if (right === null) await tx.query('delete from camera_group where name = $1', [group]);
        else
          await tx.query(
            `insert into camera_group (name, roles, people, on_walls, updated_at) values ($1, $2::jsonb, $3::jsonb, $4, $5)
             on conflict (name) do update set roles = excluded.roles, people = excluded.people, on_walls = excluded.on_walls, updated_at = excluded.updated_at`,
            [group, JSON.stringify(right.roles), JSON.stringify(accounts.map(({ id }) => accountIdOf(id))), right.onWalls, clock.now()],
          );
        await appendAudit(tx, { actor: actor.id, action: right === null ? 'camera-group.open' : 'camera-group.close', object: group, at: clock.now() });
        await tx.query(`select pg_notify('${CAMERA_GROUP_CHANNEL}', '')`);
        return okay(undefined);
      });
      if (kept.ok) await groups.reload();
      return kept;
    },
  };
  await groups.reload();
  return groups;
}
