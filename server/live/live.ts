import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { AccountsPort } from '../domain/ports/accounts.ts';
import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { TelemetryPort } from '../domain/ports/telemetry.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import type { CommandHandlers } from '../domain/ports/work.ts';
import type { Subtree } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { createAudiences, type Outlet } from './audiences.ts';
import { createGateway, type GatewayCounts } from './gateway.ts';
import { createHandlers } from './handlers.ts';
import { isSameOrigin, judgeHandshake } from './handshake.ts';
import { createParties } from './parties.ts';
import { createPulses } from './pulses.ts';
import { isTooSlow, sendBack } from './slowSockets.ts';
import { createTelemetryRooms } from './telemetryRooms.ts';
import { createTopicJoin } from './topicJoin.ts';
import { createSessionWatch } from './sessionWatch.ts';
import { rooms, type LiveServer, type LiveSocket } from './wire.ts';

const BEAT_MS = 1000;
const FEEDS_MS = 2000;
const WATCH_MS = 250;
const SESSION_WATCH_MS = 1000;

export interface LiveDeps {
  httpServer: HttpServer;
  log: LogPort;
  accounts: Pick<AccountsPort, 'principalOf' | 'onSessionsEnded'>;
  telemetry: TelemetryPort;
  walls: WallsPort;
  feeds: FeedsPort;
  commands: CommandHandlers;
  clock: Clock;
  logger: Log;
  subtree: Subtree;
  /** Name of the client build that is served. */
  build: string;
}

export interface LiveStats extends GatewayCounts {
  sockets: number;
  audiences: number;
  sentBack: number;
  /** Newest log entry passed on to the screens. */
  tail: number;
}

export interface Live extends Closable {
  stats(): LiveStats;
  close(): void;
}

const serverOptions = {
  path: '/live',
  transports: ['websocket' as const],
  serveClient: false,
  perMessageDeflate: false,
  httpCompression: false,
  maxHttpBufferSize: 64 * 1024,
  pingInterval: 5000,
  pingTimeout: 10_000,
  connectTimeout: 5000,
};

/** The live side of the server: everything a screen hears and asks, over one WebSocket at `/live`. */
export function createLive(deps: LiveDeps): Live {
  const { httpServer, log, accounts, telemetry, walls, clock, logger, subtree, build } = deps;
  const io: LiveServer = new Server(httpServer, {
    ...serverOptions,
    allowRequest: (request, decide) => decide(undefined, isSameOrigin(request.headers)),
  });
  const sockets = io.of('/').sockets;
  const parties = createParties(accounts, clock, subtree);
  let isStopping = false;
  let sentBack = 0;

  const pullAgain = (socket: LiveSocket) => {
    sentBack++;
    sendBack(socket);
  };
  const end = (socket: LiveSocket, change: 'moved' | 'ended') => {
    if (change === 'moved') return pullAgain(socket);
    socket.emit('session.ended', { reason: 'ended' });
    socket.disconnect(true);
  };

  const outlet: Outlet = {
    toRoom: (room, entry) => void io.to(room).emit('log.entry', entry),
    toOne: (socket, entry) => void sockets.get(socket)?.emit('log.entry', entry),
    enter: (socket, room) => void sockets.get(socket)?.join(room),
    leave: (socket, room) => void sockets.get(socket)?.leave(room),
  };
  const gateway = createGateway({ parties, clock, logger, onEnded: end });
  const { isSoundEntry, isSoundPush } = gateway;
  const audiences = createAudiences({ log, outlet, isSound: isSoundEntry, logger, roomOf: rooms.log, onGap: () => [...sockets.values()].forEach(pullAgain) });
  const telemetryRooms = createTelemetryRooms(io, telemetry, isSoundPush);
  const joinTopic = createTopicJoin({ log, audiences, outlet, isSound: isSoundEntry, clock });
  gateway.serve(createHandlers({ ...deps, audiences, joinTopic, telemetryRooms }));
  const pulses = createPulses({ ...deps, io, audiences, isSoundPush });
  const sessionWatch = createSessionWatch({ sockets: () => sockets.values(), parties, clock, logger, end });

  io.use((socket, next) => {
    judgeHandshake(socket.handshake.auth, socket.handshake.headers.cookie, { build, parties, isStopping: () => isStopping }).then(
      (judged) => {
        if ('reason' in judged) return next(new Error(judged.reason));
        socket.data.party = judged.party;
        next();
      },
      (error: unknown) => {
        logger.warn({ error: String(error) }, 'a handshake could not be judged');
        next(new Error('stopping'));
      },
    );
  });

  io.on('connection', (socket) => {
    const { scopeKey } = socket.data.party;
    void socket.join(rooms.scope(scopeKey));
    gateway.attach(socket);
    socket.on('disconnect', () => {
      audiences.forget(socket.id);
      telemetryRooms.drop(socket);
      walls.forget(socket.id);
    });
    pulses.greet(socket);
  });

  const followed = [
    log.follow((entries) => audiences.deliver(entries)),
    walls.follow((change) => {
      if (isSoundPush('wall.scheduled', change)) io.to(rooms.wall(change.wall)).emit('wall.scheduled', change);
    }),
    accounts.onSessionsEnded((sessions) => sessionWatch.onEnded(sessions)),
  ];
  const timers = [
    setInterval(pulses.beat, BEAT_MS),
    setInterval(() => {
      pulses.feeds();
      pulses.outputs();
    }, FEEDS_MS),
    setInterval(() => {
      for (const socket of [...sockets.values()]) if (isTooSlow(socket)) pullAgain(socket);
      telemetryRooms.recover();
    }, WATCH_MS),
    setInterval(() => void sessionWatch.look(), SESSION_WATCH_MS),
  ];

  return {
    stats: () => ({ ...gateway.counts(), sockets: sockets.size, audiences: audiences.count(), sentBack, tail: audiences.tail() }),
    close() {
      isStopping = true;
      for (const timer of timers) clearInterval(timer);
      for (const stop of followed) stop();
      telemetryRooms.close();
      io.engine.close();
    },
  };
}
