import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Audiences } from './audiences.ts';
import type { Gateway } from './gateway.ts';
import { rooms, type LiveServer, type LiveSocket } from './wire.ts';

export interface Pulses {
  /** Tells every screen that the server lives, where the log is and what time it is. */
  beat(): void;
  /** State of the feeds, to all, when it changed. */
  feeds(): void;
  /** State of the outputs, to staff who look at a wall, when it changed. */
  outputs(): void;
  /** First pulses of a socket that just came. */
  greet(socket: LiveSocket): void;
}

/** What is said regularly to every screen. */
export function createPulses(deps: {
  io: LiveServer;
  log: LogPort;
  audiences: Audiences;
  feeds: FeedsPort;
  walls: WallsPort;
  clock: Clock;
  isSoundPush: Gateway['isSoundPush'];
}): Pulses {
  const { io, log, audiences, feeds, walls, clock, isSoundPush } = deps;
  let saidFeeds = '';
  let saidOutputs = '[]';

  const beatOf = (scopeKey: string, isWhole: boolean) => ({
    at: clock.realNow(),
    domainAt: clock.now(),
    rate: clock.rate(),
    epoch: log.epoch(),
    heads: audiences.heads(scopeKey, isWhole),
  });

  return {
    beat() {
      const scopes = new Map([...io.of('/').sockets.values()].map(({ data }) => [data.party.scopeKey, data.party.scope]));
      for (const [scopeKey, scope] of scopes) {
        const body = beatOf(scopeKey, scope.units === null);
        if (isSoundPush('beat', body)) io.to(rooms.scope(scopeKey)).emit('beat', body);
      }
    },
    feeds() {
      const body = { feeds: feeds.health() };
      const said = JSON.stringify(body.feeds.map((feed) => ({ ...feed, ageMs: 0 })));
      if (said === saidFeeds || io.of('/').sockets.size === 0) return;
      saidFeeds = said;
      if (isSoundPush('feeds.updated', body)) io.emit('feeds.updated', body);
    },
    outputs() {
      const body = { outputs: walls.outputs() };
      const said = JSON.stringify(body.outputs);
      if (said === saidOutputs) return;
      saidOutputs = said;
      if (isSoundPush('outputs.updated', body)) io.to(rooms.outputs).emit('outputs.updated', body);
    },
    greet(socket) {
      const { scopeKey, scope } = socket.data.party;
      const beat = beatOf(scopeKey, scope.units === null);
      if (isSoundPush('beat', beat)) socket.emit('beat', beat);
      const health = { feeds: feeds.health() };
      if (isSoundPush('feeds.updated', health)) socket.emit('feeds.updated', health);
    },
  };
}
