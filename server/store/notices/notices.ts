import { okay, refused } from '#contract/faults.ts';
import type { Notice, NoticeReceipt, NoticeWish } from '#contract/notice.ts';
import type { NoticesPort, NoticeWays } from '../../domain/ports/notices.ts';
import { sees } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import { accountNumberOf } from '../accounts/sessions.ts';
import type { Engine } from '../engine/engine.ts';
import { THING_TABLES } from '../topics/tables.ts';
import { guarded } from '../work/guarded.ts';

const PREFIX = 'no-';
const SELECT = `select '${PREFIX}' || n as id, kind, topic, thing, title, is_urgent as "isUrgent", at, read_at as "readAt" from notice`;
const NO_WISH: NoticeWish = { isUrgentOnly: false, quiet: null };
const numberOf = (id: string) => (/^no-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(PREFIX.length)) : 0);
const ownerOf = (account: string) => accountNumberOf(account) ?? 0;

/** Reads notices and keeps what people wish. */
export function createNotices({ engine, clock, ways }: { engine: Engine; clock: Pick<Clock, 'now'>; ways: NoticeWays }): NoticesPort {
  return {
    list: (account, limit) =>
      guarded(async () => {
        const items = await engine.query<Notice>(`${SELECT} where account = $1 order by n desc limit $2`, [ownerOf(account), limit]);
        const [count] = await engine.query<{ unread: number }>('select count(*)::int as unread from notice where account = $1 and read_at is null', [ownerOf(account)]);
        return okay({ items, unread: count?.unread ?? 0 });
      }),
    read: (account, id) =>
      guarded(async () => {
        await engine.query('update notice set read_at = $3 where account = $1 and n = $2 and read_at is null', [ownerOf(account), numberOf(id), clock.now()]);
        const [notice] = await engine.query<Notice>(`${SELECT} where account = $1 and n = $2`, [ownerOf(account), numberOf(id)]);
        return notice ? okay(notice) : refused('NOT_FOUND');
      }),
    readAll: (account) =>
      guarded(async () => {
        await engine.query('update notice set read_at = $2 where account = $1 and read_at is null', [ownerOf(account), clock.now()]);
        return okay(undefined);
      }),
    wish: (account) =>
      guarded(async () => {
        const [row] = await engine.query<{ body: NoticeWish }>('select body from notice_wish where account = $1', [ownerOf(account)]);
        return okay({ wish: row?.body ?? NO_WISH, channels: [...ways.names()], houseQuiet: ways.quiet() });
      }),
    setWish: (account, wish) =>
      guarded(async () => {
        if (ownerOf(account) === 0) return refused('NOT_FOUND');
        await engine.query('insert into notice_wish (account, body, changed_at) values ($1, $2, $3) on conflict (account) do update set body = excluded.body, changed_at = excluded.changed_at', [
          ownerOf(account), JSON.stringify(wish), clock.now(),
        ]);
        return okay(wish);
      }),
    receipts: (scope, topic, thing) =>
      guarded(async () => {
        const [stored] = await THING_TABLES[topic].read(engine, [thing]);
        if (!stored || !sees(scope, stored.state.unit, stored.state.ward)) return refused('NOT_FOUND');
        return okay(
          await engine.query<NoticeReceipt>(
            `select '${PREFIX}' || o.n as id, a.name, o.kind, o.at, o.read_at as "readAt",
               coalesce((select json_agg(json_build_object('channel', d.channel, 'state', d.state, 'sentAt', d.sent_at, 'fault', d.fault) order by d.n) from notice_delivery d where d.notice = o.n), '[]') as deliveries
             from notice o join account a on a.id = o.account where o.thing = $1 and ($2::text[] is null or a.units && $2) order by o.n desc limit 200`,
            [thing, scope.units === null ? null : [...scope.units]],
          ),
        );
      }),
  };
}
