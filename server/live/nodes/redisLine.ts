import { createShardedAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import type { Log } from '../../kernel/log.ts';
import type { NodeLine, Signal } from './line.ts';

const LONGEST_WAIT_MS = 2000;
const ROOM = '/nodes';

/** The adapter subscribes without waiting; a subscription that a closing server gave up is no fault. */
class SubscribingRedis extends Redis {
  override ssubscribe(...channels: unknown[]): Promise<unknown> {
    return (super.ssubscribe as (...channels: unknown[]) => Promise<unknown>)(...channels).catch(() => undefined);
  }
}

/** A line through Redis 7 or newer. `prefix` keeps installations apart that share a Redis. Comes back by itself when Redis does. */
export function createRedisLine({ url, node, prefix, log }: { url: string; node: string; prefix: string; log: Log }): NodeLine {
  const retryStrategy = (tries: number) => Math.min(100 * tries, LONGEST_WAIT_MS);
  const speaking = new Redis(url, { retryStrategy, enableOfflineQueue: false, maxRetriesPerRequest: null });
  const hearing = new SubscribingRedis(url, { retryStrategy, maxRetriesPerRequest: null });
  const heard = new Map<string, Set<(body: unknown, from: string) => void>>();
  let wasUp: boolean | undefined;
  const isUp = () => speaking.status === 'ready' && hearing.status === 'ready';
  const note = () => {
    if (isUp() === wasUp) return;
    wasUp = isUp();
    if (wasUp) log.info({}, 'the line to the other servers is up');
  };
  const lose = () => {
    if (wasUp === false) return;
    wasUp = false;
    log.warn({}, 'Redis does not answer: what goes through the log still arrives, presence and vehicles of other servers do not');
  };
  for (const redis of [speaking, hearing]) redis.on('error', lose).on('close', lose).on('ready', note);

  const io = new Server({ adapter: createShardedAdapter(speaking, hearing, { channelPrefix: prefix, subscriptionMode: 'static' }) });
  const room = io.of(ROOM);
  room.on('signal', (signal: Signal, from: string, body: unknown) => {
    for (const listener of heard.get(signal) ?? []) listener(body, from);
  });

  return {
    node,
    state: () => (isUp() ? 'up' : 'down'),
    tell(signal, body) {
      if (isUp()) room.serverSideEmit('signal', signal, node, body);
    },
    hear(signal, listener) {
      heard.set(signal, (heard.get(signal) ?? new Set()).add(listener));
    },
    close() {
      speaking.disconnect();
      hearing.disconnect();
    },
  };
}
