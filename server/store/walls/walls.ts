import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { Salvo, ScheduledWall, Scene, WallAct, WallProfile } from '#contract/wall.ts';
import type { AlertFacts, WallRule } from '#contract/wallRule.ts';
import type { WidgetSettings } from '../../../layouts/checkSettings.ts';
import type { Layouts } from '../../../layouts/load.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import type { WallsPort } from '../../domain/ports/walls.ts';
import { releaseControl, takeControl } from '../../domain/wall/control.ts';
import { REST_MS, type WallMemory } from '../../domain/wall/memory.ts';
import { openWall, reduceWall, type WallContext } from '../../domain/wall/reduceWall.ts';
import { refitWall } from '../../domain/wall/refit.ts';
import { canonicalJson } from '../../domain/wall/stateHash.ts';
import type { StoryContext } from '../../domain/wall/story.ts';
import { tourDueAt } from '../../domain/wall/tour.ts';
import { mayTake } from '../../domain/wall/zoneRights.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { createLayoutWatch, type LayoutWatch } from './layoutWatch.ts';
import { createOutputHealth } from './outputHealth.ts';
import { createSceneShelf } from './sceneShelf.ts';
import { lockWall, readWallAt, readWalls, scheduledOf, WALL_CHANNEL, writeWall } from './wallRows.ts';

/** Every change shows this long after it was decided, at the same moment on all outputs. Units: ms. */
const LEAD_MS = 200;
const TOUR_LOOK_MS = 100;
/** Wakes every node when a scene was published or withdrawn. */
const SCENE_CHANNEL = 'scene_published';
const FIRST_SCENE = 'toan-canh';
const PRODUCT: Principal = { kind: 'system', id: 'system-walls', name: 'Toàn Cảnh', roles: [], units: null };

export interface WallsDeps {
  engine: Engine;
  clock: Clock;
  layoutsFolder: string;
  logger: Log;
  /** What a composition needs to know of an alert. */
  factsOf?: (alert: string) => Promise<AlertFacts | undefined>;
  /** Cameras of a salvo, in order. */
  camerasOf?: (salvo: Salvo) => Promise<string[]>;
  /** What widgets may be told by a scene; nothing is refused of one that is not in it. */
  widgetSettings?: WidgetSettings;
}

export interface Walls extends WallsPort, Closable {
  rules(): readonly WallRule[];
  /** Scenes people choose from and stages of scenarios, by id. */
  allScenes(): ReadonlyMap<string, Scene>;
  /** The files in force. */
  layouts(): Layouts;
  /** Alerts that had the wall or waited for it. */
  handled(wall: string): readonly string[];
  /** When a person last acted on the wall. Units: real time. */
  actedAt(wall: string): number;
  /** Reads the layouts folder now. */
  reload(): Promise<void>;
  /** Commands of the scene editor. */
  commands: CommandHandlers;
  /** Moves tours on whose time has come. Called by an own timer; here for tests. */
  lookAtTours(): Promise<void>;
  close(): Promise<void>;
}

/** Scenes people choose from, and the stages that scenarios stand on. */
const scenesOf = ({ scenes, stages }: Layouts): ReadonlyMap<string, Scene> => new Map([...stages, ...scenes]);

/** How a file was brought up while it was read. */
const upgradeOf = ({ upgraded }: Layouts, wanted: string) => upgraded.filter(({ file }) => file === wanted).map(({ from, to }) => ({ from, to }))[0];

type Step = (memory: WallMemory, context: WallContext) => Outcome<WallMemory>;

/** Walls on the store: every change is one transaction with its line in the wall's own log, then told to all nodes and outputs. */
export async function createWalls({ engine, clock, layoutsFolder, logger, factsOf, camerasOf, widgetSettings = new Map() }: WallsDeps): Promise<Walls> {
  const memories = new Map<string, WallMemory>();
  const listeners = new Set<(change: ScheduledWall) => void>();
  const health = createOutputHealth(clock);
  const restsUntil = clock.realNow() + REST_MS;

  const keep = (memory: WallMemory) => {
    const { shown } = memory;
    if ((memories.get(shown.wall)?.shown.rev ?? 0) >= shown.rev) return;
    memories.set(shown.wall, memory);
    for (const listener of listeners) listener(scheduledOf(shown));
  };

  const guarded = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };

  /** Locks the wall, decides, and writes; what was decided is known to this node before the answer. */
  const change = (profile: WallProfile, actor: Principal, act: string, why: string, step: Step, more: { showAt?: number; facts?: AlertFacts | undefined; story?: StoryContext | undefined; cameras?: readonly string[] | undefined } = {}): Promise<Outcome<ScheduledWall>> =>
    guarded(async () => {
      const outcome = await engine.tx(async (tx) => {
        const memory = await lockWall(tx, profile.id);
        if (!memory) return refused('WALL_UNKNOWN');
        const now = clock.realNow();
        const at = Math.max(now + LEAD_MS, more.showAt ?? 0);
        const { tours, rules, salvos } = layouts.current();
        const next = step(memory, { actor, at, profile, scenes: scenesOf(layouts.current()), story: more.story, tours, salvos, rules: [...rules.values()], facts: more.facts, cameras: more.cameras, why });
        if (next.ok) await writeWall(tx, { memory: next.value, at: Math.round(clock.now() + (at - now)), actor: actor.id, act });
        return next;
      });
      if (!outcome.ok) return outcome;
      keep(outcome.value);
      return okay(scheduledOf(outcome.value.shown));
    });

  const onWall = (wall: string, work: (profile: WallProfile) => Promise<Outcome<ScheduledWall>>): Promise<Outcome<ScheduledWall>> => {
    const profile = layouts.current().walls.get(wall);
    return profile ? work(profile) : Promise.resolve(refused('WALL_UNKNOWN'));
  };

  const open = async (profile: WallProfile) => {
    const { scenes, tours } = layouts.current();
    const first = scenes.has(FIRST_SCENE) ? FIRST_SCENE : scenes.keys().next().value;
    const opened = openWall(profile, first ?? '', { actor: PRODUCT, at: clock.realNow(), scenes, tours });
    if (!opened.ok) return logger.error({ wall: profile.id }, 'a wall has no scene to open with');
    const { value } = opened;
    if (await engine.tx((tx) => writeWall(tx, { memory: value, at: clock.now(), actor: PRODUCT.id, act: 'open' }))) keep(value);
  };

  const refresh = async () => {
    for (const memory of await readWalls(engine)) keep(memory);
  };

  const isRedrawn = (wall: string, next: Layouts, before: Layouts) => {
    const scene = memories.get(wall)?.shown.scene ?? '';
    const seen = (one: Layouts) => canonicalJson([one.walls.get(wall), scenesOf(one).get(scene)]);
    return scenesOf(next).has(scene) && seen(next) !== seen(before);
  };

  const onLayouts = async (next: Layouts, before: Layouts) => {
    for (const profile of next.walls.values()) {
      if (!memories.has(profile.id)) await open(profile);
      else if (isRedrawn(profile.id, next, before)) await change(profile, PRODUCT, 'refit', '', refitWall);
    }
  };

  const shelf = createSceneShelf({
    engine,
    clock,
    logger,
    widgets: () => layouts.current().widgets,
    settings: widgetSettings,
    profiles: () => layouts.current().walls.values(),
    upgradeOf: (id) => upgradeOf(layouts.current(), `scenes/${id}.yaml`),
    async onPublished() {
      await layouts.reload();
      await engine.query(`select pg_notify('${SCENE_CHANNEL}', '')`);
    },
  });
  await shelf.read();
  const layouts: LayoutWatch = await createLayoutWatch(layoutsFolder, logger, onLayouts, shelf.published, widgetSettings);
  await refresh();
  for (const profile of layouts.current().walls.values()) if (!memories.has(profile.id)) await open(profile);

  const dueAt = (memory: WallMemory) => {
    const at = tourDueAt(memory);
    return at === undefined ? Infinity : Math.max(at, restsUntil);
  };
  /** Under the lock it is asked again: of several nodes only the first moves the tour on. */
  const moveOn: Step = (memory, context) => (dueAt(memory) > context.at ? refused('STATE_STEP') : reduceWall(memory, { do: 'tour-next' }, context));
  const lookAtTours = async () => {
    for (const memory of [...memories.values()]) {
      const due = dueAt(memory);
      if (due - LEAD_MS > clock.realNow()) continue;
      await onWall(memory.shown.wall, (profile) => change(profile, PRODUCT, 'tour-next', '', moveOn, { showAt: due }));
    }
  };

  /** Facts are gathered before the wall is locked: of the alert that asks, or of the one that comes after it. */
  const factsFor = async (wall: string, act: WallAct): Promise<AlertFacts | undefined> => {
    const alert = act.do === 'compose' ? act.alert : act.do === 'release' && !act.all ? memories.get(wall)?.shown.waiting?.[0]?.alert : undefined;
    return alert === undefined ? undefined : factsOf?.(alert);
  };
  const act = (actor: Principal, wall: string, wanted: WallAct, why: string, story?: StoryContext) =>
    onWall(wall, async (profile) => {
      const facts = await factsFor(wall, wanted);
      const salvo = wanted.do === 'salvo' ? layouts.current().salvos.get(wanted.salvo) : undefined;
      const cameras = salvo && (await camerasOf?.(salvo));
      return change(profile, actor, wanted.do, why, (memory, context) => reduceWall(memory, wanted, context), { facts, story, cameras });
    });

  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= lookAtTours()
      .catch((error: unknown) => logger.error({ error: String(error) }, 'a tour could not move on'))
      .finally(() => (looking = undefined));
  }, TOUR_LOOK_MS);
  const wakes = await engine.listen(WALL_CHANNEL, () => {
    refresh().catch((error: unknown) => logger.warn({ error: String(error) }, 'changed walls could not be read'));
  });

  const sceneWakes = await engine.listen(SCENE_CHANNEL, () => {
    shelf.read().then(layouts.reload).catch((error: unknown) => logger.warn({ error: String(error) }, 'published scenes could not be read'));
  });

  return {
    profiles: () => [...layouts.current().walls.values()],
    scenes: () => [...layouts.current().scenes.values()],
    tours: () => [...layouts.current().tours.values()],
    salvos: () => [...layouts.current().salvos.values()],
    current(wall) {
      const memory = memories.get(wall);
      return memory ? okay(scheduledOf(memory.shown)) : refused('WALL_UNKNOWN');
    },
    allScenes: () => scenesOf(layouts.current()),
    layouts: layouts.current,
    rules: () => [...layouts.current().rules.values()],
    handled: (wall) => memories.get(wall)?.handled ?? [],
    actedAt: (wall) => memories.get(wall)?.actedAt ?? 0,
    act,
    take: (actor, wall, isForced) => onWall(wall, (profile) => change(profile, actor, 'take', '', (memory, context) => {
      const may = mayTake(profile, actor);
      return may.ok ? takeControl(memory, context, isForced) : may;
    })),
    release: (actor, wall) => onWall(wall, (profile) => change(profile, actor, 'release-control', '', releaseControl)),
    report: health.report,
    forget: health.forget,
    outputs: health.list,
    ownOutputs: health.own,
    hearOutputs: health.hear,
    stateAt: (wall, at) =>
      guarded(async () => {
        if (!memories.has(wall)) return refused('WALL_UNKNOWN');
        const state = await readWallAt(engine, wall, at);
        return state ? okay(scheduledOf(state)) : refused('NOT_FOUND');
      }),
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    commands: shelf.commands,
    reload: layouts.reload,
    lookAtTours,
    async close() {
      clearInterval(timer);
      await wakes.close();
      await sceneWakes.close();
      await layouts.close();
      await looking;
    },
  };
}
