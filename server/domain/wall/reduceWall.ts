import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { MapCamera, Salvo, Scene, Tile, Tour, WallAct, WallProfile, WallState } from '#contract/wall.ts';
import { fitScene } from '../../../layouts/fit.ts';
import { cameraAt } from '../../../layouts/motion.ts';
import type { AlertFacts, WallRule } from '#contract/wallRule.ts';
import { composeAlert, releaseAlert, type MemoryChange } from './composing.ts';
import { controlFor, type Hand } from './control.ts';
import { pictureOf, restore, UNDO_STEPS, type Kept, type WallMemory } from './memory.ts';
import { showSalvo } from './salvo.ts';
import { recallState, saveState } from './recall.ts';
import { isAllowedInReplay, lookBack, returnToLive } from './replay.ts';
import { endStory, tellStory, type StoryContext } from './story.ts';
import { tourAtStop } from './tour.ts';
import { mayAct } from './zoneRights.ts';

/** How long a camera move takes when the act does not say. Units: ms. */
const CAMERA_MOVE_MS = 1500;
const CITY: MapCamera = { center: [108.2, 16.055], zoom: 12, bearing: 0, pitch: 0 };

/** What the reducer may look at beside the state. */
export interface WallContext extends Hand {
  profile: WallProfile;
  scenes: ReadonlyMap<string, Scene>;
  tours: ReadonlyMap<string, Tour>;
  rules?: readonly WallRule[];
  salvos?: ReadonlyMap<string, Salvo>;
  /** Cameras found for the salvo that is asked for, in order. */
  cameras?: readonly string[] | undefined;
  /** What is known of the alert to compose, or of the next in line. */
  facts?: AlertFacts | undefined;
  /** The scenario to show; only its engine brings one. */
  story?: StoryContext | undefined;
  why?: string;
}

type Change = Outcome<MemoryChange>;
type Rule<D extends WallAct['do']> = (memory: WallMemory, act: Extract<WallAct, { do: D }>, context: WallContext) => Change;

const changed = (shown: Partial<WallState>, parked?: WallMemory['parked']): Change => okay(parked ? { shown, parked } : { shown });

/** A wall that is no longer the alert's: what it covered is not brought back by a release. */
const leaveAlert = (change: Change): Change => (change.ok ? okay({ ...change.value, shown: { ...change.value.shown, composed: undefined }, beneath: undefined }) : change);

function showScene(id: string, { scenes, profile, at }: WallContext, before: MapCamera): Change {
  const scene = scenes.get(id);
  if (!scene) return refused('WALL_SCENE', { detail: id });
  const { tiles, camera } = fitScene(scene, profile);
  const to = camera ?? before;
  return changed({ scene: id, tiles, camera: { from: to, to, startAt: at, durationMs: 0 }, spotlight: null }, []);
}

function showStop(memory: WallMemory, tour: Tour, index: number, isPaused: boolean, context: WallContext): Change {
  const place = tourAtStop(tour, index, context.at, isPaused);
  const scene = showScene(tour.stops[place.index]!.scene, context, memory.shown.camera.to);
  return scene.ok ? changed({ ...scene.value.shown, tour: place }, []) : scene;
}

/** The running tour with its present text, which an edit of the file may have changed. */
function withTour(memory: WallMemory, { tours }: WallContext, next: (tour: Tour, place: NonNullable<WallState['tour']>) => Change): Change {
  const place = memory.shown.tour;
  const tour = place && tours.get(place.id);
  return place && tour ? next(tour, place) : refused('STATE_STEP');
}

const putBack = (tiles: readonly Tile[], original: Tile) => tiles.map((tile) => (tile.id === original.id ? original : tile));

const RULES: { [D in WallAct['do']]: Rule<D> } = {
  scene(memory, act, context) {
    const change = showScene(act.scene, context, memory.shown.camera.to);
    return leaveAlert(change.ok ? changed({ ...change.value.shown, tour: null }, []) : change);
  },
  tour(memory, act, context) {
    const tour = context.tours.get(act.tour);
    if (!tour) return refused('WALL_SCENE', { detail: act.tour });
    return leaveAlert(showStop(memory, tour, 0, false, context));
  },
  'tour-pause': (memory, _act, context) => withTour(memory, context, (_tour, place) => changed({ tour: { ...place, isPaused: true } })),
  'tour-resume': (memory, _act, context) => withTour(memory, context, (tour, place) => changed({ tour: tourAtStop(tour, place.index, context.at, false) })),
  'tour-next': (memory, _act, context) => withTour(memory, context, (tour, place) => leaveAlert(showStop(memory, tour, place.index + 1, place.isPaused, context))),
  'tour-stop': (memory, _act, context) => withTour(memory, context, () => changed({ tour: null })),
  push({ shown, parked }, act) {
    const covered = shown.tiles.find(({ id }) => id === act.tile);
    if (!covered) return refused('WALL_SCENE', { detail: act.tile });
    const { id, rect } = covered;
    const pushed: Tile = { id, rect, widget: act.widget, settings: act.settings, ...(act.why ? { why: act.why } : {}) };
    return changed({ tiles: putBack(shown.tiles, pushed) }, [...parked, { tile: covered }]);
  },
  salvo: showSalvo,
  return({ shown, parked }, act) {
    const last = parked.findLastIndex(({ tile }) => act.tile === undefined || tile.id === act.tile);
    const original = parked[last];
    if (!original) return refused('STATE_STEP');
    return changed({ tiles: putBack(shown.tiles, original.tile) }, parked.toSpliced(last, 1));
  },
  camera: ({ shown }, act, { at }) =>
    changed({ camera: { from: cameraAt(shown.camera, at), to: act.to as MapCamera, startAt: at, durationMs: act.durationMs ?? CAMERA_MOVE_MS } }),
  blank: (_memory, act) => changed({ blank: act.on }),
  freeze: ({ shown }, act, { at }) => changed({ frozenAt: act.on ? (shown.frozenAt ?? at) : null }),
  identify: (_memory, act) => changed({ identify: act.on }),
  spotlight({ shown }, act) {
    if (act.tile !== null && !shown.tiles.some(({ id }) => id === act.tile)) return refused('WALL_SCENE', { detail: act.tile });
    return changed({ spotlight: act.tile === null ? null : { tile: act.tile } });
  },
  undo({ past, beneath }) {
    const last = past.at(-1);
    if (!last) return refused('STATE_STEP');
    return okay({ shown: restore(last.picture), parked: last.parked, beneath: last.beneath && (beneath ?? { ...last.beneath, past: [] }) });
  },
  compose: composeAlert,
  release: releaseAlert,
  rules: (_memory, act) => changed({ areRulesOff: act.on ? undefined : true }),
  'test-card': (_memory, act) => changed({ testCard: act.on ? true : undefined }),
  save: saveState,
  recall: recallState,
  replay: lookBack,
  live: returnToLive,
  story: tellStory,
  'story-end': endStory,
};

/** Acts that bring their own history with them, or are none of it. */
const WITHOUT_STEP: ReadonlySet<WallAct['do']> = new Set<WallAct['do']>(['compose', 'release', 'rules', 'save', 'replay', 'live', 'story', 'story-end']);
const lightOf = (beneath: Kept | undefined): Kept | undefined => beneath && { picture: beneath.picture, parked: beneath.parked };

const pastAfter = ({ past, shown, parked, beneath }: WallMemory, act: WallAct, isPerson: boolean): WallMemory['past'] => {
  if (act.do === 'undo') return past.slice(0, -1);
  return isPerson && !WITHOUT_STEP.has(act.do) ? [...past, { picture: pictureOf(shown), parked, beneath: lightOf(beneath) }].slice(-UNDO_STEPS) : past;
};

/**
 * The one reducer of walls, for live, rehearsal and replay: pure, so the same acts give the same state.
 * Fails: WALL_RIGHTS for somebody who may not act there; WALL_TAKEN when another has control; WALL_SCENE for a scene, tour or tile that is not there; WALL_REPLAY for an act on a picture that is not shown now; STATE_STEP when there is nothing to undo, return or move on.
 */
export function reduceWall(memory: WallMemory, act: WallAct, context: WallContext): Outcome<WallMemory> {
  const { actor, at, why = '' } = context;
  const may = mayAct(context.profile, actor, act, memory.shown, context.salvos ?? new Map());
  if (!may.ok) return may;
  const control = controlFor(memory.shown, context);
  if (!control.ok) return control;
  if (!isAllowedInReplay(memory.shown, act, actor.kind === 'system')) return refused('WALL_REPLAY');
  const change = (RULES[act.do] as Rule<WallAct['do']>)(memory, act as never, context);
  if (!change.ok) return change;
  const isPerson = actor.kind !== 'system';
  const { value } = change;
  return okay({
    ...memory,
    ...value,
    shown: { ...memory.shown, ...value.shown, rev: memory.shown.rev + 1, control: control.value, changedBy: actor.name, changedAt: at, why },
    past: value.past ?? pastAfter(memory, act, isPerson),
    actedAt: isPerson ? at : memory.actedAt,
  });
}

/** A wall that has never shown anything, with its first scene. Fails: WALL_SCENE. */
export function openWall(profile: WallProfile, scene: string, context: Omit<WallContext, 'profile'>): Outcome<WallMemory> {
  const shown: WallState = {
    wall: profile.id,
    rev: 0,
    mode: 'live',
    scene,
    tiles: [],
    camera: { from: CITY, to: CITY, startAt: context.at, durationMs: 0 },
    tour: null,
    blank: false,
    frozenAt: null,
    identify: false,
    spotlight: null,
    control: null,
    changedBy: context.actor.name,
    changedAt: context.at,
    why: '',
  };
  const opened = reduceWall({ shown, parked: [], past: [], actedAt: context.at }, { do: 'scene', scene }, { ...context, profile });
  return opened.ok ? okay({ ...opened.value, past: [] }) : opened;
}
