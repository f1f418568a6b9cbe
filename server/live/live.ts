import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { SOCKET_MOST_BYTES } from '#contract/events.ts';
import type { Adapter } from 'socket.io-adapter';
import type { AccountsPort } from '../domain/ports/accounts.ts';
import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { PlacedStatus } from '../domain/ports/media.ts';
import type { RefusalsPort } from '../domain/ports/refusals.ts';
import type { ScenariosPort } from '../domain/ports/scenarios.ts';
import type { TelemetryPort } from '../domain/ports/telemetry.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import type { CommandHandlers } from '../domain/ports/work.ts';
import { scopeOf, type Subtree } from '../domain/scope.ts';
import { maskWall } from '../domain/wall/maskWall.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Closable } from '../kernel/lifecycle.ts';
import type { Log } from '../kernel/log.ts';
import { createNoTracer, type Tracer } from '../kernel/trace/tracer.ts';
import { createAudiences, type Outlet } from './audiences.ts';
import { createGateway, type GatewayCounts } from './gateway.ts';
import { createHandlers } from './handlers.ts';
import { isSameOrigin, judgeHandshake } from './handshake.ts';
import { createNoLine, type NodeLine } from './nodes/line.ts';
import { createShared } from './nodes/shared.ts';
import { createMediaDesk, type MediaDeskDeps } from './mediaDesk.ts';
import { createParties } from './parties.ts';
import { createPresence, type PlaceOf } from './presence.ts';
import { createPointers } from './pointers.ts';
import { createPulses } from './pulses.ts';
import { createShareDesk } from './shareDesk.ts';
import { isTooSlow, sendBack } from './slowSockets.ts';
import { createSharedSnapshots, parserFor } from './sharedSnapshots.ts';
import { createTelemetryRooms } from './telemetryRooms.ts';
import { createTopicJoin } from './topicJoin.ts';
import { createSessionWatch } from './sessionWatch.ts';
import { isTrainSound } from './train/selfTest.ts';
import { trainAdapter, type TrainCounts } from './train/trainAdapter.ts';
import { rooms, type LiveServer, type LiveSocket } from './wire.ts';

/** A party of no unit: what it may see of a wall, every party of some units may. */
const NOBODY = { kind: 'person' as const, id: '', name: '', roles: [], units: [] };
const BEAT_MS = 1000;
const FEEDS_MS = 2000;
const CAMERAS_MS = 1000;
const WATCH_MS = 250;
const SESSION_WATCH_MS = 1000;

export interface LiveDeps {
  httpServer: HttpServer;
  log: LogPort;
  accounts: Pick<AccountsPort, 'principalOf' | 'onSessionsEnded'>;
  telemetry: TelemetryPort;
  walls: WallsPort;
  scenarios: Pick<ScenariosPort, 'rehearsals'>;
  feeds: FeedsPort;
  cameraStates: () => readonly PlacedStatus[];
  pictures: MediaDeskDeps;
  commands: CommandHandlers;
  refusals: RefusalsPort;
  clock: Clock;
  logger: Log;
  subtree: Subtree;
  /** Where a thing belongs, asked when somebody opens it. */
  placeOf: PlaceOf;
  /** Records the way of changes; absent: nothing is recorded. */
  tracer?: Tracer;
  /** To the other servers on the same store; absent when there are none. */
  line?: NodeLine;
  /** Name of the client build that is served. */
  build: string;
  /** False sends everything the stock way, one write per message. */
  usesTrain?: boolean;
}

export interface LiveStats extends GatewayCounts {
  sockets: number;
  audiences: number;
  sentBack: number;
  /** Newest log entry passed on to the screens. */
  tail: number;
  /** Snapshots turned into text; each serves everyone who asks while nothing changes. */
  snapshotEncodes: number;
  /** What the frame train did; undefined on the stock path. */
  train: TrainCounts | undefined;
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
  maxHttpBufferSize: SOCKET_MOST_BYTES,
  pingInterval: 5000,
  pingTimeout: 10_000,
  connectTimeout: 5000,
};

/** Puts the frame train on the rails if it writes the same bytes as this Socket.IO. */
function railsOf(io: LiveServer, logger: Log): TrainCounts | undefined {
  const Stock = io.adapter() as unknown as typeof Adapter;
  if (!isTrainSound(Stock, (io as unknown as { encoder: object }).encoder)) {
    logger.warn({}, 'the frame train does not fit this Socket.IO: everything goes the stock way');
    return undefined;
  }
  const counts: TrainCounts = { encodes: 0, departures: 0, writes: 0 };
  io.adapter(trainAdapter(Stock, counts) as unknown as Parameters<typeof io.adapter>[0]);
  return counts;
}

/** The live side of the server: everything a screen hears and asks, over one WebSocket at `/live`. */
export function createLive(deps: LiveDeps): Live {
  const { httpServer, log, accounts, telemetry, walls, clock, logger, subtree, build, line = createNoLine('this'), tracer = createNoTracer(clock.realNow) } = deps;
  const snapshots = createSharedSnapshots();
  const io: LiveServer = new Server(httpServer, {
    ...serverOptions,
    parser: parserFor(snapshots),
    allowRequest: (request, decide) => decide(undefined, isSameOrigin(request.headers)),
  });
  const train = deps.usesTrain === false ? undefined : railsOf(io, logger);
  const sockets = io.of('/').sockets;
  const parties = createParties(accounts, clock, subtree);
  let isStopping = false;
  let sentBack = 0;

  /** Too slow at the last look: a burst may put anyone over the limit for a moment. */
  let wereLate = new WeakSet<LiveSocket>();
  const leaving = new WeakSet<LiveSocket>();
  const dismiss = (socket: LiveSocket) => {
    audiences.forget(socket.id);
    telemetryRooms.drop(socket);
    presence.forget(socket);
    pointers.forget(socket);
    shares.forget(socket);
    walls.forget(socket.id);
  };

  const pullAgain = (socket: LiveSocket) => {
    if (leaving.has(socket)) return;
    leaving.add(socket);
    sentBack++;
    dismiss(socket);
    for (const room of [...socket.rooms]) void socket.leave(room);
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
  const gateway = createGateway({ parties, refusals: deps.refusals, clock, logger, onEnded: end });
  const { isSoundEntry, isSoundPush } = gateway;
  const audiences = createAudiences({ log, outlet, isSound: isSoundEntry, logger, roomOf: rooms.log, onGap: () => [...sockets.values()].forEach(pullAgain) });
  const telemetryRooms = createTelemetryRooms(io, telemetry, clock, isSoundPush);
  const joinTopic = createTopicJoin({ log, audiences, outlet, isSound: isSoundEntry, clock, snapshots });
  const presence = createPresence({ line, clock, placeOf: deps.placeOf, isSoundPush });
  const pointers = createPointers({ io, line, walls, isSoundPush });
  const shares = createShareDesk({ io, line, clock, isSoundPush });
  gateway.serve({ ...createHandlers({ ...deps, tracer, audiences, joinTopic, telemetryRooms }), ...presence.handlers, ...pointers.handlers, ...shares.handlers });
  const pulses = createPulses({ ...deps, io, audiences, isSoundPush });
  const outputs = createShared({ line, signal: 'outputs', own: walls.ownOutputs, onChange: () => walls.hearOutputs(outputs.others().flat()) });
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

  createMediaDesk({ ...deps.pictures, io, parties, logger, build, isStopping: () => isStopping });

  io.on('connection', (socket) => {
    const { scopeKey } = socket.data.party;
    void socket.join(rooms.scope(scopeKey));
    gateway.attach(socket);
    socket.on('disconnect', () => dismiss(socket));
    pulses.greet(socket);
    presence.greet(socket);
    shares.greet(socket);
  });

  const followed = [
    log.follow((entries) => {
      const startAt = tracer.now();
      audiences.deliver(entries);
      for (const { trace } of entries) tracer.note('live.push', trace, { startAt, endAt: tracer.now() });
    }),
    walls.follow((change) => {
      if (!isSoundPush('wall.scheduled', change)) return;
      io.to(rooms.wall(change.wall, true)).emit('wall.scheduled', change);
      const masked = rooms.wall(change.wall, false);
      if (io.of('/').adapter.rooms.has(masked)) io.to(masked).emit('wall.scheduled', maskWall(change, scopeOf(NOBODY, subtree)));
    }),
    accounts.onSessionsEnded((sessions) => sessionWatch.onEnded(sessions)),
  ];
  const timers = [
    setInterval(pulses.beat, BEAT_MS),
    setInterval(pulses.cameras, CAMERAS_MS),
    setInterval(() => {
      pulses.feeds();
      pulses.outputs();
    }, FEEDS_MS),
    setInterval(() => {
      const late = [...sockets.values()].filter(isTooSlow);
      for (const socket of late) if (wereLate.has(socket)) pullAgain(socket);
      wereLate = new WeakSet(late);
      telemetryRooms.recover();
    }, WATCH_MS),
    setInterval(() => void sessionWatch.look(), SESSION_WATCH_MS),
  ];

  return {
    stats: () => ({ ...gateway.counts(), sockets: sockets.size, audiences: audiences.count(), sentBack, tail: audiences.tail(), snapshotEncodes: snapshots.encodes(), train: train && { ...train } }),
    close() {
      isStopping = true;
      for (const timer of timers) clearInterval(timer);
      for (const stop of followed) stop();
      telemetryRooms.close();
      for (const part of [presence, pointers, shares, outputs]) part.close();
      io.engine.close();
    },
  };
}
