import type { NoticeChannel, NoticeKind, NoticeWish } from '#contract/notice.ts';
import type { Principal, Role } from '#contract/roles.ts';
import type { Cause } from '../../domain/notice/causes.ts';
import { dueAt } from '../../domain/notice/quiet.ts';
import type { NoticeWays } from '../../domain/ports/notices.ts';
import { scopeOf, sees, type Subtree } from '../../domain/scope.ts';
import type { Queryable, Tx } from '../engine/engine.ts';

/** Somebody who may be told things, with what they wish. */
export interface Person {
  id: number;
  name: string;
  roles: Role[];
  units: string[] | null;
  wish: NoticeWish | null;
}

/** What is told: `cause` names it, so that nobody is told twice. */
export interface Told {
  cause: string;
  kind: NoticeKind;
  topic: string;
  thing: string;
  at: number;
}

export const readPeople = (db: Queryable): Promise<Person[]> =>
  db.query<Person>('select a.id, a.name, a.roles, a.units, w.body as wish from account a left join notice_wish w on w.account = a.id where a.disabled_at is null');

/** Tells those whom it concerns, by the ways they wish. Returns how many were told. */
export async function tellPeople(tx: Tx, people: readonly Person[], { cause: name, kind, topic, thing, at }: Told, cause: Pick<Cause, 'title' | 'isUrgent' | 'roles' | 'unit' | 'ward'>, { ways, subtree }: { ways: NoticeWays; subtree: Subtree }): Promise<number> {
  let told = 0;
  for (const { id, wish } of people.filter((person) => isFor(person, cause, subtree))) {
    const [row] = await tx.query<{ n: number }>(
      `insert into notice (account, cause, kind, topic, thing, title, is_urgent, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (account, cause) do nothing returning n`,
      [id, name, kind, topic, thing, cause.title, cause.isUrgent, at],
    );
    if (!row) continue;
    told += 1;
    for (const { channel, address } of waysTo(wish, ways.names(), cause)) {
      await tx.query(`insert into notice_delivery (notice, channel, address, state, due_at) values ($1, $2, $3, 'waiting', $4)`, [row.n, channel, address, dueAt(at, wish?.quiet ?? ways.quiet(), cause.isUrgent)]);
    }
  }
  return told;
}

function isFor({ id, name, roles, units }: Person, cause: Pick<Cause, 'roles' | 'unit' | 'ward'>, subtree: Subtree): boolean {
  if (!roles.some((role) => cause.roles.includes(role))) return false;
  const principal: Principal = { kind: 'person', id: String(id), name, roles, units };
  const isUnitWork = roles.includes('unit-officer') && cause.roles.includes('unit-officer');
  return sees(scopeOf(principal, subtree), cause.unit, isUnitWork ? null : cause.ward) && !(isUnitWork && units === null);
}

function waysTo(wish: NoticeWish | null, channels: readonly NoticeChannel[], cause: Pick<Cause, 'isUrgent'>): { channel: NoticeChannel; address: string }[] {
  if (wish === null || (wish.isUrgentOnly && !cause.isUrgent)) return [];
  const addresses: Record<NoticeChannel, string | undefined> = { email: wish.email, sms: wish.sms, zalo: wish.zalo, webhook: wish.webhook ? 'webhook' : undefined };
  return channels.flatMap((channel) => (addresses[channel] === undefined ? [] : [{ channel, address: addresses[channel]! }]));
}
