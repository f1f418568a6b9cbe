import { encodeFrame, POSITION_STEPS, VEHICLE_KINDS } from '#contract/frame.ts';
import type { VehicleState } from '#contract/topics/telemetry.ts';
import type { TelemetryPort } from '../domain/ports/telemetry.ts';
import { sees } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LiveSocket } from './wire.ts';

/** A party of some units gets a whole picture at most this often: few vehicles are its own. */
const PICTURE_MS = 1000;
const NONE = { slot: new Uint32Array(0), dLon: new Int16Array(0), dLat: new Int16Array(0), heading: new Uint8Array(0), speed: new Uint8Array(0) };

/** Vehicles for parties of some units: key frames of what is theirs, instead of the deltas that all others share. */
export interface NarrowFrames {
  join(socket: LiveSocket): void;
  leave(socket: LiveSocket): void;
  /** To be called when something moved. */
  pass(): void;
  count(): number;
}

/** A key frame of these vehicles. */
function pictureOf(vehicles: readonly VehicleState[], number: number, at: number): Uint8Array {
  return encodeFrame({
    layer: 'vehicle',
    isKey: true,
    number,
    at,
    placed: {
      slot: Uint32Array.from(vehicles, ({ slot }) => slot),
      lon: Int32Array.from(vehicles, ({ position }) => Math.round(position[0] * POSITION_STEPS)),
      lat: Int32Array.from(vehicles, ({ position }) => Math.round(position[1] * POSITION_STEPS)),
      heading: Uint8Array.from(vehicles, ({ headingDeg }) => Math.round((headingDeg / 360) * 256) % 256),
      speed: Uint8Array.from(vehicles, ({ speedKmh }) => Math.min(255, Math.round(speedKmh))),
      kind: Uint8Array.from(vehicles, ({ kind }) => VEHICLE_KINDS.indexOf(kind)),
    },
    moved: NONE,
    removed: new Uint32Array(0),
  });
}

export function createNarrowFrames(telemetry: Pick<TelemetryPort, 'vehicles'>, clock: Pick<Clock, 'now' | 'realNow'>): NarrowFrames {
  const sockets = new Set<LiveSocket>();
  let number = 1;
  let passedAt = 0;

  const show = (audience: Iterable<LiveSocket>) => {
    const vehicles = telemetry.vehicles();
    const pictures = new Map<string, Uint8Array>();
    number += 1;
    for (const socket of audience) {
      const { scopeKey, scope } = socket.data.party;
      const picture = pictures.get(scopeKey) ?? pictureOf(vehicles.filter(({ unit }) => sees(scope, unit, null)), number, clock.now());
      pictures.set(scopeKey, picture);
      socket.emit('frame', picture);
    }
  };

  return {
    join(socket) {
      sockets.add(socket);
      show([socket]);
    },
    leave: (socket) => void sockets.delete(socket),
    pass() {
      if (sockets.size === 0 || clock.realNow() - passedAt < PICTURE_MS) return;
      passedAt = clock.realNow();
      show(sockets);
    },
    count: () => sockets.size,
  };
}
