import type { FrameLayer } from '#contract/frame.ts';
import type { TelemetryPort } from '../domain/ports/telemetry.ts';
import { sees, type Scope } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import { createNarrowFrames } from './narrowFrames.ts';
import { engineOf } from './slowSockets.ts';
import { rooms, type LiveServer, type LiveSocket } from './wire.ts';

export type TelemetryTopic = FrameLayer | 'sensor';
export const isTelemetryTopic = (topic: string): topic is TelemetryTopic => topic === 'vehicle' || topic === 'traffic' || topic === 'sensor';

/** A socket with more packets waiting gets no deltas until it has caught up; then it starts anew from a key frame. */
const LAGGING_PACKETS = 24;

export interface TelemetryRooms {
  /** Sends the present state and then every change. */
  join(socket: LiveSocket, topic: TelemetryTopic): void;
  leave(socket: LiveSocket, topic: TelemetryTopic): void;
  drop(socket: LiveSocket): void;
  /** Gives sockets that caught up a key frame. To be called a few times a second. */
  recover(): void;
  close(): void;
}

/** Vehicles and traffic as binary frames, sensors as their latest values. Follows the telemetry only while someone looks. */
export function createTelemetryRooms(io: LiveServer, telemetry: TelemetryPort, clock: Pick<Clock, 'now' | 'realNow'>, isSoundPush: (name: 'sensor.updated', body: unknown) => boolean): TelemetryRooms {
  const narrow = createNarrowFrames(telemetry, clock);
  const frames: Record<FrameLayer, Set<LiveSocket>> = { vehicle: new Set(), traffic: new Set() };
  const lagging: Record<FrameLayer, Set<LiveSocket>> = { vehicle: new Set(), traffic: new Set() };
  const sensing = new Set<LiveSocket>();
  let stopFrames: (() => void) | undefined;
  let stopSensors: (() => void) | undefined;

  const start = (socket: LiveSocket, layer: FrameLayer) => {
    socket.emit('frame', telemetry.keyFrame(layer));
    void socket.join(rooms.frame(layer));
  };

  const passFrame = (layer: FrameLayer, bytes: Uint8Array) => {
    if (layer === 'vehicle') narrow.pass();
    for (const socket of frames[layer]) {
      if (lagging[layer].has(socket) || engineOf(socket).writeBuffer.length <= LAGGING_PACKETS) continue;
      lagging[layer].add(socket);
      void socket.leave(rooms.frame(layer));
    }
    if (frames[layer].size > lagging[layer].size) io.to(rooms.frame(layer)).emit('frame', bytes);
  };

  const visible = (changed: ReturnType<TelemetryPort['sensors']>, scope: Scope) => ({ sensors: changed.filter((sensor) => sees(scope, sensor.unit, null)) });

  const passSensors = (changed: ReturnType<TelemetryPort['sensors']>) => {
    const audiences = new Map([...sensing].map((socket) => [socket.data.party.scopeKey, socket.data.party.scope]));
    for (const [scopeKey, scope] of audiences) {
      const body = visible(changed, scope);
      if (body.sensors.length > 0 && isSoundPush('sensor.updated', body)) io.to(rooms.sensors(scopeKey)).emit('sensor.updated', body);
    }
  };

  const follow = () => {
    const isFramed = frames.vehicle.size + frames.traffic.size + narrow.count() > 0;
    if (isFramed) stopFrames ??= telemetry.followFrames(passFrame);
    else {
      stopFrames?.();
      stopFrames = undefined;
    }
    if (sensing.size > 0) stopSensors ??= telemetry.followSensors(passSensors);
    else {
      stopSensors?.();
      stopSensors = undefined;
    }
  };

  const leave = (socket: LiveSocket, topic: TelemetryTopic) => {
    if (topic === 'sensor') {
      sensing.delete(socket);
      void socket.leave(rooms.sensors(socket.data.party.scopeKey));
    } else {
      if (topic === 'vehicle') narrow.leave(socket);
      frames[topic].delete(socket);
      lagging[topic].delete(socket);
      void socket.leave(rooms.frame(topic));
    }
    follow();
  };

  return {
    join(socket, topic) {
      if (!socket.connected) return;
      if (topic === 'sensor') {
        sensing.add(socket);
        follow();
        const body = visible(telemetry.sensors(), socket.data.party.scope);
        if (isSoundPush('sensor.updated', body)) socket.emit('sensor.updated', body);
        void socket.join(rooms.sensors(socket.data.party.scopeKey));
        return;
      }
      if (topic === 'vehicle' && socket.data.party.scope.units !== null) {
        narrow.join(socket);
        follow();
        return;
      }
      frames[topic].add(socket);
      lagging[topic].delete(socket);
      follow();
      start(socket, topic);
    },
    leave,
    drop(socket) {
      for (const topic of ['vehicle', 'traffic', 'sensor'] as const) leave(socket, topic);
    },
    recover() {
      for (const layer of ['vehicle', 'traffic'] as const) {
        for (const socket of lagging[layer]) {
          if (engineOf(socket).writeBuffer.length > 0) continue;
          lagging[layer].delete(socket);
          start(socket, layer);
        }
      }
    },
    close() {
      stopFrames?.();
      stopSensors?.();
    },
  };
}
