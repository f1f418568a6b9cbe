import { okay, refused } from '#contract/faults.ts';
import type { CameraWorkPort } from '../../domain/ports/cameras.ts';

/** Work with cameras of which none is known. */
export function createFakeCameraWork(): CameraWorkPort {
  return {
    sets: async () => okay([]),
    keepSet: async () => refused('NOT_FOUND'),
    removeSet: async () => refused('NOT_FOUND'),
    viewed: () => undefined,
    traces: async () => okay([]),
    snapshot: async () => refused('NOT_FOUND'),
    bookmark: async () => refused('NOT_FOUND'),
    register: async () => refused('NOT_FOUND'),
    importList: async () => refused('CAMERA_LIST'),
    exportList: async () => okay(''),
    findDevices: async () => okay([]),
    readDevice: async () => refused('NOT_FOUND'),
    presets: async () => refused('NOT_FOUND'),
    steer: async () => refused('NOT_FOUND'),
    health: async (_scope, from, to) => okay({ from, to, items: [] }),
    beginRound: async () => ({ startedAt: 0, total: 0, checked: 0, isGoing: false, isStopped: false }),
    roundState: async () => null,
    stopRound: async () => null,
    handOver: async () => refused('NOT_FOUND'),
  };
}
