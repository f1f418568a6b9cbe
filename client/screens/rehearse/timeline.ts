import type { Condition, Inject, Scenario, Step } from '#contract/scenario.ts';
import type { MapCamera, Scene, Tile, WallProfile, WallState } from '#contract/wall.ts';
import { bound } from '../../../layouts/bound.ts';
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

/** Two neighbours in each other's place: what they show changes place, the moments stay; the first always opens a chapter. */
export function swappedStep(scenario: Scenario, index: number, by: 1 | -1): Scenario {
  const { steps } = scenario;
  const [one, other] = [steps[index], steps[index + by]];
  if (!one || !other) return scenario;
  const swapped = steps.with(index, { ...other, at: one.at }).with(index + by, { ...one, at: other.at });
  return { ...scenario, steps: swapped.map((step, nth) => (nth === 0 && !step.chapter ? { ...step, chapter: scenario.name } : step)) };
}

/** A step shown once more half-way to the next one, without what it sends; the scenario itself where there is no room. */
export function copiedStep(scenario: Scenario, index: number): Scenario {
  const { steps, clock } = scenario;
  const step = steps[index]!;
  const at = Math.floor((step.at + (steps[index + 1]?.at ?? clock.lengthS)) / 2);
  if (at - step.at < SHORTEST_S) return scenario;
  const { chapter: _chapter, inject: _inject, checks: _checks, ...kept } = step;
  const stem = step.id.replace(/-\d+$/, '');
  const taken = new Set(steps.map(({ id }) => id));
  let nth = steps.length + 1;
  while (taken.has(`${stem}-${nth}`)) nth++;
  return { ...scenario, steps: steps.toSpliced(index + 1, 0, { ...kept, id: `${stem}-${nth}`, at }) };
}

/** States an alert goes through; a condition that asks for one holds as well in those behind it. */
export const LIFE = ['acknowledged', 'assigned', 'in-progress', 'resolved', 'verified', 'closed'] as const;
export type Life = (typeof LIFE)[number];
const PATIENCE_S = 60;

/** Alerts sent before a step, which it can wait for. */
export const alertsBefore = ({ steps }: Scenario, index: number): Inject[] => steps.slice(0, index).flatMap(({ inject = [] }) => inject.filter(({ topic, scatter }) => topic === 'alert' && !scatter));

/** A step waits until an alert has come as far as this. */
export const waitFor = (ref: string, life: Life, withinS: number = PATIENCE_S): Pick<Step, 'on' | 'when' | 'withinS'> => ({ on: 'condition', when: { topic: 'alert', ref, state: LIFE.slice(LIFE.indexOf(life)) }, withinS });

/** How far the alert of a condition must have come. */
export const lifeOf = ({ state }: Condition): Life => LIFE.find((one) => state.includes(one)) ?? LIFE[0];

/** A step that comes by time or by the presenter waits for nothing. */
export const comesBy = (on: 'time' | 'next'): Partial<Step> => ({ on, when: undefined, withinS: undefined });

/** A step with one more alert for the rehearsal, in the middle of what it looks at. */
export function withAlert(scenario: Scenario, index: number, title: string, level: number): Scenario {
  const { inject = [], look = CITY } = scenario.steps[index]!;
  const taken = new Set(scenario.steps.flatMap((step) => (step.inject ?? []).map(({ ref }) => ref)));
  let nth = 1;
  while (taken.has(`canh-bao-${nth}`)) nth++;
  const alert: Inject = { topic: 'alert', ref: `canh-bao-${nth}`, item: { kind: 'accident', level, title, position: look.center } };
  return changedStep(scenario, index, { inject: [...inject, alert] });
}

/** What a step shows on a wall, as far as it can be known before anything was sent. */
export function previewOf(step: Step, scene: Scene, profile: WallProfile, cameraId: (ref: string) => string | undefined): WallState {
  const { tiles, camera } = fitScene(scene, profile);
  const to = step.look ?? camera ?? CITY;
  const shown = tiles.map((tile): Tile => {
    if (tile.id === 'narration') return { ...tile, settings: { ...step.narration, ...tile.settings } };
    const put = step.put?.[tile.id];
    const known = put ? { ...tile, widget: put.widget, settings: bound(put.settings ?? {}, (kind, ref) => (kind === 'camera' ? cameraId(ref) : undefined)) as Tile['settings'], ...(put.title ? { title: put.title } : {}) } : tile;
    return step.layers && known.widget === 'map' ? { ...known, settings: { ...known.settings, ...step.layers } } : known;
  });
  return {
    wall: profile.id, rev: 0, mode: 'rehearsal', scene: scene.id, tiles: shown, camera: { from: to, to, startAt: 0, durationMs: 0 }, tour: null, blank: false, frozenAt: null, identify: false,
    spotlight: step.spotlight === undefined ? null : { tile: step.spotlight }, control: null, changedBy: '', changedAt: 0, why: '',
  };
}
