import { okay, refused } from '#contract/faults.ts';
import type { ScheduledWall, WallProfile } from '#contract/wall.ts';
import type { HttpDeps } from '../deps.ts';
import { NOW } from './moment.ts';

const WALL: WallProfile = { id: 'w2x2', name: { vi: 'Màn hình 2×2', en: 'Wall 2×2' }, width: 3840, height: 2160, pitchMm: 1, farthestViewerM: 6, outputs: [{ id: 'r1c1', rect: { x: 0, y: 0, width: 1920, height: 1080 } }] };
const view = { center: [108.22, 16.06] as [number, number], zoom: 12, bearing: 0, pitch: 0 };
const SHOWN: ScheduledWall = {
  wall: 'w2x2',
  rev: 1,
  applyAt: NOW,
  state: { wall: 'w2x2', rev: 1, mode: 'live', scene: 's1', tiles: [], camera: { from: view, to: view, startAt: NOW, durationMs: 0 }, tour: null, blank: false, frozenAt: null, identify: false, spotlight: null, control: null, changedBy: 'us-operator', changedAt: NOW, why: '' },
};

/** One wall, and no scenario. */
export const fakeWalls = {
  scenarios: { list: () => [], stages: () => [], get: () => undefined, file: () => refused('SCENARIO_UNKNOWN'), faults: async () => [], preflight: async () => refused('SCENARIO_UNKNOWN'), runs: async () => okay([]), run: async () => refused('SCENARIO_UNKNOWN'), rehearsals: () => [], trainings: async () => okay([]) },
  walls: {
    profiles: () => [WALL],
    scenes: () => [],
    tours: () => [],
    salvos: () => [],
    current: (wall) => (wall === 'w2x2' ? okay(SHOWN) : refused('WALL_UNKNOWN')),
    act: async () => okay(SHOWN),
    take: async (_actor, wall) => (wall === 'w2x2' ? okay(SHOWN) : refused('WALL_UNKNOWN')),
    release: async () => okay(SHOWN),
    report: () => undefined,
    forget: () => undefined,
    outputs: () => [],
    ownOutputs: () => [],
    hearOutputs: () => undefined,
    stateAt: async (wall) => (wall === 'w2x2' ? okay(SHOWN) : refused('WALL_UNKNOWN')),
    follow: () => () => undefined,
  },
} satisfies Partial<HttpDeps>;
