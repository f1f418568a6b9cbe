import type { Put, Scenario, Step } from '#contract/scenario.ts';
import type { MapCamera, Scene, Story, Tile, WallProfile } from '#contract/wall.ts';
import { bound } from '../../../layouts/bound.ts';
import { fitScene } from '../../../layouts/fit.ts';
import type { StoryContext } from '../wall/story.ts';
import { isMadeUp, MADE_UP } from './madeUp.ts';
import type { Playhead } from './playhead.ts';

const MOVE_MS = 1500;
/** Tile of a stage that carries the words of the step. */
const NARRATION = 'narration';

/** What a run found or made in the world, by the names the scenario uses. */
export interface Bindings {
  /** Ids of cameras by step, and by `$camera:<ref>`. */
  cameras: Readonly<Record<string, readonly string[]>>;
  /** Ids of sent things by their `ref`. */
  things: Readonly<Record<string, string>>;
}

/** What makes one run of a scenario this one. */
export interface RunFacts {
  run: string;
  isRehearsal: boolean;
  bindings: Bindings;
}

function putIn(tile: Tile, put: Put | undefined, { things, cameras }: Bindings): Tile {
  if (!put) return tile;
  const { id, rect } = tile;
  const title = put.title ?? (put.widget === tile.widget ? tile.title : undefined);
  return { id, rect, widget: put.widget, ...(put.settings ? { settings: bound(put.settings, (kind, ref) => (kind === 'thing' ? things[ref] : cameras[`$camera:${ref}`]?.[0])) as Tile['settings'] } : {}), ...(title ? { title } : {}) };
}

/** Cameras that were looked for and not found leave the tile empty: any others would be taken for those of the place. */
const withCameras = (tile: Tile, ids: readonly string[] | undefined, most: number): Tile =>
  !ids || (ids.length === 0 && tile.widget === 'camera') ? tile : { ...tile, settings: tile.widget === 'camera' ? { camera: ids[0] } : { ...tile.settings, cameras: ids.slice(0, most), most } };

const withLayers = (tile: Tile, layers: Step['layers']): Tile => (tile.widget === 'map' && layers ? { ...tile, settings: { ...tile.settings, ...layers } } : tile);

/** The chapter a step belongs to, counted from 1, and how many there are. */
export function chapterOf({ steps }: Scenario, index: number): { chapter: Story['chapter']; chapterNo: number; chapters: number } {
  const opened = steps.slice(0, index + 1).filter(({ chapter }) => chapter);
  return { chapter: opened.at(-1)?.chapter ?? { vi: '·', en: '·' }, chapterNo: Math.max(1, opened.length), chapters: Math.max(1, steps.filter(({ chapter }) => chapter).length) };
}

function storyOf(scenario: Scenario, index: number, head: Playhead, { run, isRehearsal }: RunFacts, sinceAt: number): Story {
  const step = scenario.steps[index]!;
  const isFallback = head.fallbacks.includes(step.id);
  const isUntrue = !isRehearsal && isMadeUp(scenario, step);
  const phase = head.phase === 'removed' ? 'ended' : head.phase;
  return {
    run, scenario: scenario.id, name: scenario.name, step: step.id, stepNo: index + 1, steps: scenario.steps.length, ...chapterOf(scenario, index),
    narration: (isFallback && step.fallback?.narration) || (isUntrue ? (step.onRealData?.narration ?? MADE_UP) : step.narration),
    isRehearsal, isFallback, phase, atMs: Math.floor(head.atMs), sinceAt, rate: phase === 'running' ? head.rate : 0, lengthMs: scenario.clock.lengthS * 1000, starts: scenario.clock.starts,
  };
}

/**
 * One step of a scenario on one wall. Depends on the step alone and not on how the run came to it: seeking, any rate and a
 * restart give the same picture. Units: `sinceAt` is domain time. Fails: undefined when the scene is gone.
 */
export function pictureOf(scenario: Scenario, head: Playhead, profile: WallProfile, scenes: ReadonlyMap<string, Scene>, facts: RunFacts, sinceAt: number): StoryContext | undefined {
  const index = Math.max(0, head.step);
  const step = scenario.steps[index]!;
  const story = storyOf(scenario, index, head, facts, sinceAt);
  const instead = story.isFallback ? step.fallback : facts.isRehearsal ? undefined : step.onRealData;
  const scene = scenes.get(instead?.scene ?? step.scene) ?? scenes.get(step.scene);
  if (!scene) return undefined;
  const fitted = fitScene(scene, profile);
  const put = { ...step.put, ...instead?.put };
  const tiles = fitted.tiles.map((tile): Tile => {
    if (tile.id === NARRATION) return { ...tile, title: story.chapter, settings: { ...story.narration, size: 'label', ...tile.settings } };
    const filled = withLayers(putIn(tile, put[tile.id], facts.bindings), step.layers);
    return step.cameras?.tile === tile.id ? withCameras(filled, facts.bindings.cameras[step.id], step.cameras.most) : filled;
  });
  return { story, scene: scene.id, tiles, camera: cameraFor(step, scene, fitted.camera), moveMs: step.moveMs ?? MOVE_MS, spotlight: step.spotlight ?? null };
}

/** Where the step looks: a `look` is meant for the scene's own size and is zoomed to the wall as the scene is. */
function cameraFor({ look }: Step, scene: Scene, fitted: MapCamera | undefined): MapCamera | undefined {
  if (!look) return fitted;
  const zoomBy = scene.camera && fitted ? fitted.zoom - scene.camera.zoom : 0;
  return { ...look, zoom: Math.min(22, Math.max(0, Math.round((look.zoom + zoomBy) * 1000) / 1000)) };
}
