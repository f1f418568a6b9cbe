import type { FeedsPort } from '../domain/ports/feeds.ts';
import type { CameraStatus } from '#contract/cameras.ts';
import type { LogPort } from '../domain/ports/log.ts';
import type { PlacedStatus } from '../domain/ports/media.ts';
import type { ScenariosPort } from '../domain/ports/scenarios.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import { sees, type Scope } from '../domain/scope.ts';
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
  /** Connections of cameras that changed, to those who may see the camera. */
  cameras(): void;
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
  scenarios: Pick<ScenariosPort, 'rehearsals'>;
  cameraStates: () => readonly PlacedStatus[];
  clock: Clock;
  isSoundPush: Gateway['isSoundPush'];
}): Pulses {
  const { io, log, audiences, feeds, walls, scenarios, cameraStates, clock, isSoundPush } = deps;
  let saidFeeds = '';
  let saidOutputs = '[]';
  let saidCameras = new Map<string, string>();

  const scopes = () => new Map([...io.of('/').sockets.values()].map(({ data }) => [data.party.scopeKey, data.party.scope]));
  const seenBy = (scope: Scope, states: readonly PlacedStatus[]): { cameras: CameraStatus[] } => ({
    cameras: states.filter(({ unit, ward }) => sees(scope, unit, ward)).map(({ id, state, since, codec }) => ({ id, state, since, codec })),
  });

  const rehearsed = (rehearsals: readonly string[]) => (rehearsals.length > 0 ? { rehearsals: [...rehearsals] } : {});
  const beatOf = (scopeKey: string, isWhole: boolean) => ({
    at: clock.realNow(),
    domainAt: clock.now(),
    rate: clock.rate(),
    epoch: log.epoch(),
    heads: audiences.heads(scopeKey, isWhole),
    ...rehearsed(scenarios.rehearsals()),
  });

  return {
    beat() {
      for (const [scopeKey, scope] of scopes()) {
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
    cameras() {
      const states = cameraStates();
      const changed = states.filter(({ id, state, codec }) => saidCameras.get(id) !== `${state} ${codec}`);
      saidCameras = new Map(states.map(({ id, state, codec }) => [id, `${state} ${codec}`]));
      if (changed.length === 0) return;
      for (const [scopeKey, scope] of scopes()) {
        const body = seenBy(scope, changed);
        if (body.cameras.length > 0 && isSoundPush('cameras.updated', body)) io.to(rooms.scope(scopeKey)).emit('cameras.updated', body);
      }
    },
    greet(socket) {
      const { scopeKey, scope } = socket.data.party;
      const beat = beatOf(scopeKey, scope.units === null);
      if (isSoundPush('beat', beat)) socket.emit('beat', beat);
      const health = { feeds: feeds.health() };
      if (isSoundPush('feeds.updated', health)) socket.emit('feeds.updated', health);
      const seen = seenBy(scope, cameraStates());
      if (seen.cameras.length > 0 && isSoundPush('cameras.updated', seen)) socket.emit('cameras.updated', seen);
    },
  };
}
