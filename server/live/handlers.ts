import { okay, refused, type Outcome } from '#contract/faults.ts';
import { isJoinable, type LoggedTopic } from '#contract/topics.ts';
import type { Principal } from '#contract/roles.ts';
import type { ScheduledWall } from '#contract/wall.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import type { CommandHandlers } from '../domain/ports/work.ts';
import { mayReadTopic } from '../domain/account/dataClass.ts';
import { passes } from '../domain/policy.ts';
import { maskWall } from '../domain/wall/maskWall.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Tracer } from '../kernel/trace/tracer.ts';
import type { Audiences } from './audiences.ts';
import type { Call, LiveHandlers } from './gateway.ts';
import { isTelemetryTopic, type TelemetryRooms } from './telemetryRooms.ts';
import type { createTopicJoin } from './topicJoin.ts';
import { rooms } from './wire.ts';

/** A page that tells of an older frame has a clock of its own. */
const PAINTED_WITHIN_MS = 60_000;

/** A paired device may only watch the wall it is paired with. */
const mayWatch = (principal: Principal, wall: string) => principal.kind !== 'wall-device' || principal.wall === undefined || principal.wall.split('/')[0] === wall;

const topicHandlers = (deps: { log: LogPort; audiences: Audiences; joinTopic: ReturnType<typeof createTopicJoin>; telemetryRooms: TelemetryRooms }): LiveHandlers => ({
  async 'topic.join'(call, { topic, after, mayPack }) {
    if (!isJoinable(topic)) return refused('INGEST_TOPIC', { pointer: '/topic' });
    if (!mayReadTopic(call.socket.data.party.scope.dataClass, topic)) return refused('AUTH_FORBIDDEN');
    if (isTelemetryTopic(topic)) {
      call.afterReply(() => deps.telemetryRooms.join(call.socket, topic));
      return okay({ epoch: deps.log.epoch(), head: 0 });
    }
    // Whoever went while the command was judged must not be given a seat: nobody would take it back.
    if (!call.socket.connected) return refused('SERVER_STOPPING');
    const { scope, scopeKey } = call.socket.data.party;
    const outcome = await deps.joinTopic({ socket: call.socket.id, topic: topic as LoggedTopic, scope, scopeKey, after, mayPack });
    if (!outcome.ok) return outcome;
    call.afterReply(outcome.value.settle);
    return okay(outcome.value.reply);
  },
  'topic.leave'(call, { topic }) {
    if (!isJoinable(topic)) return refused('INGEST_TOPIC', { pointer: '/topic' });
    if (isTelemetryTopic(topic)) deps.telemetryRooms.leave(call.socket, topic);
    else deps.audiences.leave(call.socket.id, topic as LoggedTopic, call.socket.data.party.scopeKey);
    return okay({});
  },
});

/** A wall as the one behind a socket may see it. */
const shownTo = ({ socket }: Call, outcome: Outcome<ScheduledWall>): Outcome<ScheduledWall> => (outcome.ok ? okay(maskWall(outcome.value, socket.data.party.scope)) : outcome);
const isWhole = ({ socket }: Call) => socket.data.party.scope.units === null;

const wallHandlers = (walls: WallsPort): LiveHandlers => ({
  'wall.join'(call, { wall }) {
    if (!mayWatch(call.principal, wall)) return refused('AUTH_FORBIDDEN');
    const current = walls.current(wall);
    if (current.ok) void call.socket.join(rooms.wall(wall, isWhole(call)));
    if (current.ok && passes('staff', call.principal)) {
      void call.socket.join(rooms.outputs);
      call.afterReply(() => call.socket.emit('outputs.updated', { outputs: walls.outputs() }));
    }
    return shownTo(call, current);
  },
  'wall.leave'(call, { wall }) {
    void call.socket.leave(rooms.wall(wall, isWhole(call)));
    return okay({});
  },
  'wall.report'(call, report) {
    if (!mayWatch(call.principal, report.wall)) return refused('AUTH_FORBIDDEN');
    walls.report(call.socket.id, report);
    return okay({});
  },
  'wall.apply': async (call, { wall, act, why }) => shownTo(call, await walls.act(call.principal, wall, act, why ?? '')),
  'wall.take': async (call, { wall, isForced }) => shownTo(call, await walls.take(call.principal, wall, isForced ?? false)),
  'wall.release': async (call, { wall }) => shownTo(call, await walls.release(call.principal, wall)),
});

/** Every command of the contract: what this folder serves itself, and what the rest of the product brings. */
export function createHandlers(deps: {
  log: LogPort;
  audiences: Audiences;
  joinTopic: ReturnType<typeof createTopicJoin>;
  telemetryRooms: TelemetryRooms;
  walls: WallsPort;
  clock: Clock;
  commands: CommandHandlers;
  tracer: Tracer;
}): LiveHandlers {
  const brought = Object.fromEntries(
    Object.entries(deps.commands).map(([name, handler]) => [name, (call: { principal: Principal }, request: unknown) => (handler as (actor: Principal, request: unknown) => unknown)(call.principal, request)]),
  ) as LiveHandlers;
  return {
    ...brought,
    'clock.sync': (call) => okay({ receivedAt: call.receivedAt, repliedAt: deps.clock.realNow() }),
    'trace.painted': ({ principal }, { trace, receivedAt, paintedAt }) => {
      const isRecent = receivedAt <= paintedAt && Math.abs(deps.clock.realNow() - paintedAt) < PAINTED_WITHIN_MS;
      if (isRecent) deps.tracer.note('page.paint', trace, { startAt: receivedAt, endAt: paintedAt }, { party: principal.kind });
      return okay({});
    },
    ...topicHandlers(deps),
    ...wallHandlers(deps.walls),
  };
}
