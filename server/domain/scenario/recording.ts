import type { Scenario, Step } from '#contract/scenario.ts';
import type { Scene, Tile, WallProfile, WallState, Words } from '#contract/wall.ts';
import { fitScene } from '../../../layouts/fit.ts';

/** Longest a pause of the operator stays in the recording. Units: seconds. */
const LONGEST_S = 60;
const SHORTEST_S = 2;
const LAST_S = 10;

/** One line of the wall's log. Units: epoch ms, domain time. */
export interface WallLine {
  at: number;
  act: string;
  why: string;
  state: WallState;
}

/** What a recording is read against: the wall, what it can show, and the names cameras have at their source. */
export interface Studio {
  profile: WallProfile;
  scenes: ReadonlyMap<string, Scene>;
  cameraRef(id: string): string | undefined;
}

const named = (index: number): Words => ({ vi: `Cảnh ${index}`, en: `Scene ${index}` });
const shownBy = ({ widget, settings, title }: Tile): string => JSON.stringify([widget, settings ?? {}, title ?? null]);

/** Cameras by the name of their source: a file made here means the same cameras elsewhere. */
function withRefs({ settings }: Tile, cameraRef: Studio['cameraRef']): Tile['settings'] {
  const named = (id: unknown) => (typeof id === 'string' && cameraRef(id) !== undefined ? `$camera:${cameraRef(id)}` : id);
  const { camera, cameras } = settings ?? {};
  return settings && { ...settings, ...(camera === undefined ? {} : { camera: named(camera) }), ...(Array.isArray(cameras) ? { cameras: cameras.map(named) } : {}) };
}

/** The picture of one line of the wall's log as a step, whole: all that differs from the scene as it is drawn for this wall. Units of `at`: seconds. */
export function stepOf({ state, why }: WallLine, index: number, at: number, before: WallState | undefined, { profile, scenes, cameraRef }: Studio): Step {
  const scene = scenes.get(state.scene);
  const fitted = scene && fitScene(scene, profile);
  const drawn = new Map(fitted?.tiles.map((tile) => [tile.id, shownBy(tile)]));
  const put = Object.fromEntries(state.tiles.filter((tile) => drawn.has(tile.id) && drawn.get(tile.id) !== shownBy(tile)).map((tile) => {
    const settings = withRefs(tile, cameraRef);
    return [tile.id, { widget: tile.widget, ...(settings ? { settings } : {}), ...(tile.title ? { title: tile.title } : {}) }];
  }));
  const zoomBy = fitted?.camera && scene?.camera ? fitted.camera.zoom - scene.camera.zoom : 0;
  const said = why.trim();
  return {
    id: `canh-${index + 1}`,
    at,
    ...(state.scene === before?.scene ? {} : { chapter: named(index + 1) }),
    on: 'next',
    scene: state.scene,
    ...(Object.keys(put).length > 0 ? { put } : {}),
    look: { ...state.camera.to, zoom: Math.round((state.camera.to.zoom - zoomBy) * 1000) / 1000 },
    ...(state.spotlight ? { spotlight: state.spotlight.tile } : {}),
    narration: said === '' ? named(index + 1) : { vi: said, en: said },
    notes: { vi: `Do ${state.changedBy} thực hiện.`, en: `Done by ${state.changedBy}.` },
  };
}

/** What a viewer sees of a state; acts that change nothing of it are no steps. */
export const pictureOf = ({ state: { scene, tiles, camera, spotlight } }: WallLine): string => JSON.stringify([scene, tiles, camera.to, spotlight?.tile ?? null]);

/** What an operator did to a wall as a scenario: one step for each change of the picture, pauses kept but never longer than a minute. Undefined when nothing was done. */
export function recordingOf(lines: readonly WallLine[], id: string, name: Words, studio: Studio): Scenario | undefined {
  const steps: Step[] = [];
  let at = 0;
  let before: WallLine | undefined;
  for (const line of lines) {
    if (line.state.composed || line.state.mode === 'replay' || (before && pictureOf(before) === pictureOf(line))) continue;
    if (before) at += Math.min(LONGEST_S, Math.max(SHORTEST_S, Math.round((line.at - before.at) / 1000)));
    steps.push(stepOf(line, steps.length, at, before?.state, studio));
    before = line;
  }
  const [first] = steps;
  if (!first) return undefined;
  if (steps.length === 1) steps.push({ ...first, id: 'canh-2', at: LAST_S, chapter: undefined });
  const lengthS = Math.max(20, (steps.at(-1)?.at ?? 0) + LAST_S);
  return {
    schema: 1, id, name, kind: 'show', seed: 1, clock: { starts: '08:00', lengthS },
    summary: { vi: 'Ghi lại từ thao tác của trực ban.', en: 'Recorded from what an operator did.' },
    goals: [{ vi: 'Trình chiếu lại cùng trình tự.', en: 'Show the same again in the same order.' }],
    steps: steps.map((step) => JSON.parse(JSON.stringify(step)) as Step),
  };
}
