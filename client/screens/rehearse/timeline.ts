import type { Scenario, Step } from '#contract/scenario.ts';
import type { MapCamera, Scene, Tile, WallProfile, WallState } from '#contract/wall.ts';
import { fitScene } from '../../../layouts/fit.ts';

const SHORTEST_S = 1;
const CITY: MapCamera = { center: [108.2, 16.055], zoom: 12, bearing: 0, pitch: 0 };

/** Where a step stands on the timeline, from 0 to 1, and how much of it it takes. */
export interface Slot {
  step: Step;
  from: number;
  share: number;
}

/** Steps as parts of the whole length. */
export function slotsOf({ steps, clock: { lengthS } }: Pick<Scenario, 'steps' | 'clock'>): Slot[] {
  return steps.map((step, index) => ({ step, from: step.at / lengthS, share: ((steps[index + 1]?.at ?? lengthS) - step.at) / lengthS }));
}

/** A step moved on the clock, never past its neighbours; the first stays at the beginning. */
export function movedStep(scenario: Scenario, index: number, at: number): Scenario {
  const { steps, clock } = scenario;
  const least = index === 0 ? 0 : (steps[index - 1]?.at ?? 0) + SHORTEST_S;
  const most = index === 0 ? 0 : (steps[index + 1]?.at ?? clock.lengthS) - SHORTEST_S;
  const to = Math.round(Math.min(Math.max(at, least), most));
  return { ...scenario, steps: steps.map((step, nth) => (nth === index ? { ...step, at: to } : step)) };
}

/** A scenario with other words or another way to come for one step. */
export const changedStep = (scenario: Scenario, index: number, change: Partial<Step>): Scenario => ({ ...scenario, steps: scenario.steps.map((step, nth) => (nth === index ? { ...step, ...change } : step)) });

/** Without one step; the last two always stay. */
export function withoutStep(scenario: Scenario, index: number): Scenario {
  if (scenario.steps.length <= 2) return scenario;
  const [first, ...rest] = scenario.steps.filter((_, nth) => nth !== index);
  return { ...scenario, steps: [{ ...first!, at: 0, chapter: first!.chapter ?? scenario.steps[0]!.chapter ?? scenario.name }, ...rest] };
}

/** What a step shows on a wall, as far as it can be known before anything was sent. */
export function previewOf(step: Step, scene: Scene, profile: WallProfile): WallState {
  const { tiles, camera } = fitScene(scene, profile);
  const to = step.look ?? camera ?? CITY;
  const shown = tiles.map((tile): Tile => {
    if (tile.id === 'narration') return { ...tile, settings: { ...step.narration, ...tile.settings } };
    const put = step.put?.[tile.id];
    const known = put && { ...tile, widget: put.widget, settings: withoutThings(put.settings), ...(put.title ? { title: put.title } : {}) };
    return known ?? tile;
  });
  return {
    wall: profile.id, rev: 0, mode: 'rehearsal', scene: scene.id, tiles: shown, camera: { from: to, to, startAt: 0, durationMs: 0 }, tour: null, blank: false, frozenAt: null, identify: false,
    spotlight: step.spotlight === undefined ? null : { tile: step.spotlight }, control: null, changedBy: '', changedAt: 0, why: '',
  };
}

const withoutThings = (settings: Record<string, unknown> = {}): Record<string, unknown> => Object.fromEntries(Object.entries(settings).filter(([, value]) => !(typeof value === 'string' && value.startsWith('$thing:'))));
