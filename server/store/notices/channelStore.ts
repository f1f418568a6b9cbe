import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { NoticeChannel, QuietHours } from '#contract/notice.ts';
import type { ChannelTest, ChannelText } from '#contract/noticeChannel.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import type { Seal } from '../topics/seal.ts';
import { guarded } from '../work/guarded.ts';

/** Wakes every server when a way out was changed. */
export const CHANNEL_WAKE = 'notice_channel';
const DAY_MS = 86_400_000;

/** A declaration with its secret opened. */
export interface KeptChannel {
  channel: NoticeChannel;
  text: ChannelText;
  secret: string | null;
  rev: number;
  changedAt: number;
  changedBy: string;
  test: ChannelTest | null;
}

/** How many messages of a channel left, wait or failed within a day. */
export interface ChannelCounts {
  channel: NoticeChannel;
  sent: number;
  waiting: number;
  failed: number;
}

/** Declarations of ways out, their sealed secrets, and the quiet hours of the house. */
export interface ChannelStore {
  read(): Promise<{ kept: KeptChannel[]; quiet: QuietHours | null }>;
  counts(): Promise<ChannelCounts[]>;
  /** An undefined secret keeps the present one. Fails: STATE_CONFLICT, STORE_UNAVAILABLE. */
  write(actor: string, channel: NoticeChannel, text: ChannelText, secret: string | undefined, rev: number): Promise<Outcome<void>>;
  remove(actor: string, channel: NoticeChannel): Promise<Outcome<void>>;
  keepTest(actor: string, channel: NoticeChannel, test: ChannelTest): Promise<void>;
  setQuiet(actor: string, quiet: QuietHours | null): Promise<Outcome<void>>;
}

interface ChannelRow extends Omit<KeptChannel, 'secret'> {
  sealed: Uint8Array | null;
}

const SELECT = 'select channel, body as text, sealed, rev, changed_at as "changedAt", changed_by as "changedBy", test from notice_channel';

export function createChannelStore({ engine, seal, now }: { engine: Engine; seal: Seal; now(): number }): ChannelStore {
  const keptOf = ({ sealed, ...row }: ChannelRow): KeptChannel => ({ ...row, secret: sealed ? seal.open(sealed) : null });
  const inOne = (actor: string, action: string, object: string, work: (tx: Parameters<Parameters<Engine['tx']>[0]>[0]) => Promise<Outcome<void>>) =>
    guarded(() =>
      engine.tx(async (tx) => {
        const done = await work(tx);
        if (!done.ok) return done;
        await appendAudit(tx, { actor, action, object, at: now() });
        await tx.query(`select pg_notify('${CHANNEL_WAKE}', '')`);
        return done;
      }),
    );

  return {
    async read() {
      const rows = await engine.query<ChannelRow>(`${SELECT} order by channel`);
      const [house] = await engine.query<{ quiet: QuietHours | null }>('select quiet from notice_house');
      return { kept: rows.map(keptOf), quiet: house?.quiet ?? null };
    },
    counts: () =>
      engine.query<ChannelCounts>(
        `select channel, count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state in ('waiting', 'sending'))::int as waiting,
           count(*) filter (where state in ('failed', 'unknown'))::int as failed
         from notice_delivery d join notice o on o.n = d.notice where o.at >= $1 or d.state in ('waiting', 'sending') group by channel`,
        [now() - DAY_MS],
      ),
    write: (actor, channel, text, secret, rev) =>
      inOne(actor, 'notice-channel.write', channel, async (tx) => {
        const [known] = await tx.query<ChannelRow>(`${SELECT} where channel = $1 for update`, [channel]);
        if ((known?.rev ?? 0) !== rev) return refused('STATE_CONFLICT');
        const sealed = secret === undefined ? (known?.sealed ?? null) : seal.seal(secret);
        await tx.query(
          `insert into notice_channel (channel, body, sealed, rev, changed_at, changed_by) values ($1, $2, $3, $4, $5, $6)
           on conflict (channel) do update set body = excluded.body, sealed = excluded.sealed, rev = excluded.rev, changed_at = excluded.changed_at, changed_by = excluded.changed_by, test = null`,
          [channel, JSON.stringify(text), sealed, rev + 1, now(), actor],
        );
        return okay(undefined);
      }),
    remove: (actor, channel) =>
      inOne(actor, 'notice-channel.remove', channel, async (tx) => {
        const gone = await tx.query('delete from notice_channel where channel = $1 returning channel', [channel]);
        return gone.length === 0 ? refused('NOT_FOUND') : okay(undefined);
      }),
    async keepTest(actor, channel, test) {
      await engine.tx(async (tx) => {
        await tx.query('update notice_channel set test = $2 where channel = $1', [channel, JSON.stringify(test)]);
        await appendAudit(tx, { actor, action: 'notice-channel.test', object: channel, at: now() });
      });
    },
    setQuiet: (actor, quiet) =>
      inOne(actor, 'notice-channel.quiet', 'house', async (tx) => {
        await tx.query('insert into notice_house (quiet) values ($1) on conflict (only_row) do update set quiet = excluded.quiet', [quiet === null ? null : JSON.stringify(quiet)]);
        return okay(undefined);
      }),
  };
}
