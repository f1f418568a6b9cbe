import type { NoticeChannel } from '#contract/notice.ts';
import type { Channel, OutgoingMessage } from '../../domain/ports/notices.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { createLookLoop } from '../engine/lookLoop.ts';

const LOOK_MS = 1000;
const MOST_AT_ONCE = 20;
const MOST_TRIES = 8;
const FIRST_WAIT_MS = 15_000;
const STUCK_MS = 5 * 60_000;

interface Due extends OutgoingMessage {
  n: number;
  channel: NoticeChannel;
  tries: number;
}

/** Sends what waits. A message is claimed before it leaves, so that two nodes, or a node that died in between, never send it twice. */
export interface NoticeOutbox extends Closable {
  /** Sends what is due. Returns how many left. */
  look(): Promise<number>;
  close(): Promise<void>;
}

export interface OutboxDeps {
  engine: Engine;
  /** Those that are open at the moment of a look. */
  channels(): readonly Channel[];
  clock: Pick<Clock, 'now'>;
  logger: Log;
  lookMs?: number;
}

export function createNoticeOutbox({ engine, channels, clock, logger, lookMs = LOOK_MS }: OutboxDeps): NoticeOutbox {
  /** What was on its way when a node died: harmless to send again, or nobody knows. */
  const settleStuck = async (channels: readonly Channel[], now: number): Promise<void> => {
    for (const { name, isRepeatable } of channels) {
      await engine.query(`update notice_delivery set state = $3, due_at = $4 where channel = $1 and state = 'sending' and due_at < $2`, [name, now - STUCK_MS, isRepeatable ? 'waiting' : 'unknown', now]);
    }
  };

  const claim = (channels: readonly Channel[], now: number): Promise<Due[]> =>
    engine.query<Due>(
      `update notice_delivery d set state = 'sending', tries = d.tries + 1, due_at = $1 from notice o
       where o.n = d.notice and d.n in (select n from notice_delivery where state = 'waiting' and due_at <= $1 and channel = any($2) order by n limit ${MOST_AT_ONCE} for update skip locked)
       returning d.n, 'nd-' || d.n as id, d.channel, d.address, d.tries, o.kind, o.title, o.is_urgent as "isUrgent", o.at`,
      [now, channels.map(({ name }) => name)],
    );

  const sendOne = async (channels: readonly Channel[], { n, channel, tries, ...message }: Due): Promise<boolean> => {
    try {
      await channels.find(({ name }) => name === channel)!.send(message);
    } catch (error) {
      const fault = error instanceof Error ? error.message.slice(0, 300) : 'failed';
      const isOver = tries >= MOST_TRIES;
      logger.warn({ channel, tries, fault }, 'a message did not leave');
      await engine.query('update notice_delivery set state = $2, due_at = $3, fault = $4 where n = $1', [n, isOver ? 'failed' : 'waiting', clock.now() + FIRST_WAIT_MS * 2 ** (tries - 1), fault]);
      return false;
    }
    await engine.query(`update notice_delivery set state = 'sent', sent_at = $2, fault = null where n = $1`, [n, clock.now()]);
    return true;
  };

  const look = async (): Promise<number> => {
    const open = channels();
    if (open.length === 0) return 0;
    const now = clock.now();
    await settleStuck(open, now);
    const sent = await Promise.all((await claim(open, now)).map((due) => sendOne(open, due)));
    return sent.filter(Boolean).length;
  };

  const loop = createLookLoop({ look, everyMs: lookMs, logger, who: 'messages' });
  return { look, close: loop.close };
}
