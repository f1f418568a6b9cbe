import type { MapCamera, OutputHealth, Salvo, Scene, Tile, Tour, WallAct, WallProfile, WallState } from '#contract/wall.ts';
import type { Position } from '#contract/base.ts';
import { fitScene } from '../../../layouts/fit.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import { replayed } from '../../wall/replayed.ts';
import type { WallView } from '../../live/views.svelte.ts';
import { targetFor, type Pushed } from './wallTargets.ts';

const CHOICE = 'toan-canh.desk.wall';
const ASK_AGAIN_MS = 3000;
const CLOSE_UP_ZOOM = 15.5;

interface List<T> {
  items: T[];
}

/** One wall in the hands of the desk: what it shows, how its outputs are, and every act on it. */
export class WallDesk {
  walls = $state.raw<readonly WallProfile[]>([]);
  scenes = $state.raw<readonly Scene[]>([]);
  tours = $state.raw<readonly Tour[]>([]);
  salvos = $state.raw<readonly Salvo[]>([]);
  /** True while a chosen scene is only prepared. */
  isPreparing = $state(false);
  /** The scene that is prepared and not shown yet. */
  staged = $state.raw<Scene | null>(null);
  isPointing = $state(false);
  wallId = $state(localStorage.getItem(CHOICE) ?? 'w2x2');
  /** The tile a push goes to; null lets the kind of the push decide. */
  target = $state<string | null>(null);
  readonly acting: Acting;
  readonly #live: Live;
  #asked = $state.raw<readonly OutputHealth[]>([]);

  readonly profile: WallProfile | undefined = $derived(this.walls.find(({ id }) => id === this.wallId));
  view = $state.raw<WallView | null>(null);
  /** What the wall shows, whatever the desk looks at. */
  readonly present: WallState | null = $derived(this.view?.current ?? null);
  /** What the desk sees of the wall: the present, or what it showed at the moment the desk looks back to. */
  readonly current: WallState | null = $derived.by(() => {
    const { past } = this.#live;
    return past && this.present ? replayed({ ...this.present, mode: 'replay', replay: past.clock, blank: false, identify: false, testCard: undefined }, past.walls.get(this.wallId) ?? null) : this.present;
  });
  /** The prepared scene as long as the present is in sight. */
  readonly prepared: Scene | null = $derived.by(() => (this.#live.past ? null : this.staged));
  /** What the preview draws: the prepared scene, else what the wall shows. */
  readonly previewed: WallState | null = $derived.by(() => {
    const { prepared, current, profile } = this;
    if (!prepared || !current || !profile) return current;
    const { tiles, camera } = fitScene(prepared, profile);
    const to = camera ?? current.camera.to;
    return { ...current, scene: prepared.id, tiles, camera: { from: to, to, startAt: 0, durationMs: 0 }, spotlight: null, composed: undefined };
  });
  /** Salvos that have a zone on this wall. */
  readonly ownSalvos: readonly Salvo[] = $derived(this.salvos.filter(({ walls }) => Object.hasOwn(walls, this.wallId)));
  readonly tiles: readonly Tile[] = $derived(this.current?.tiles ?? []);
  readonly outputs: readonly OutputHealth[] = $derived.by(() => (this.#live.outputs.length > 0 ? this.#live.outputs : this.#asked).filter(({ wall }) => wall === this.wallId));

  constructor(live: Live) {
    this.#live = live;
    this.acting = new Acting(live);
    this.view = live.wall(this.wallId);
    void this.#load();
  }

  choose(wall: string): void {
    this.wallId = wall;
    this.view = this.#live.wall(wall);
    this.target = null;
    this.staged = null;
    this.acting.refusal = null;
    localStorage.setItem(CHOICE, wall);
  }

  async act(act: WallAct, why?: string): Promise<boolean> {
    return (await this.acting.send('wall.apply', { wall: this.wallId, act, ...(why ? { why } : {}) })) !== undefined;
  }

  /** Shows a scene, or only prepares it. */
  chooseScene(scene: Scene): void {
    if (this.isPreparing) this.staged = scene;
    else void this.act({ do: 'scene', scene: scene.id });
  }

  /** The prepared scene goes onto the wall. */
  async takeStaged(): Promise<void> {
    const { staged } = this;
    if (staged && (await this.act({ do: 'scene', scene: staged.id }))) this.staged = null;
  }

  point(place: { x: number; y: number } | null): void {
    void this.#live.command('wall.point', { wall: this.wallId, place });
  }

  take(isForced: boolean): Promise<unknown> {
    return this.acting.send('wall.take', { wall: this.wallId, ...(isForced ? { isForced } : {}) });
  }

  release(): Promise<unknown> {
    return this.acting.send('wall.release', { wall: this.wallId });
  }

  /** The tile a push of this widget would cover. */
  targetOf(widget: string): Tile | undefined {
    return this.tiles.find(({ id }) => id === this.target) ?? targetFor(this.tiles, widget);
  }

  push(pushed: Pushed, why: string, onto?: string): Promise<boolean> {
    const tile = onto ?? this.targetOf(pushed.widget)?.id;
    return tile === undefined ? Promise.resolve(false) : this.act({ do: 'push', tile, ...pushed, why }, why);
  }

  show(place: Position, why: string): Promise<boolean> {
    const to: MapCamera = { center: place, zoom: CLOSE_UP_ZOOM, bearing: 0, pitch: 0 };
    return this.act({ do: 'camera', to }, why);
  }

  /** Holds a running tour, or lets a held one go on. */
  holdTour(): Promise<boolean> {
    const tour = this.current?.tour;
    return tour ? this.act({ do: tour.isPaused ? 'tour-resume' : 'tour-pause' }) : Promise.resolve(false);
  }

  async #load(): Promise<void> {
    const { api } = this.#live;
    const [walls, scenes, tours, outputs, salvos] = await Promise.all([
      api.get<List<WallProfile>>('/api/v1/walls'),
      api.get<List<Scene>>('/api/v1/scenes'),
      api.get<List<Tour>>('/api/v1/tours'),
      api.get<List<OutputHealth>>('/api/v1/outputs'),
      api.get<List<Salvo>>('/api/v1/salvos'),
    ]);
    if (salvos.ok) this.salvos = salvos.value.items;
    if (outputs.ok) this.#asked = outputs.value.items;
    if (walls.ok && scenes.ok && tours.ok) {
      this.scenes = scenes.value.items;
      this.tours = tours.value.items;
      this.walls = walls.value.items;
      const [first] = this.walls;
      if (first && !this.profile) this.choose(first.id);
    } else if (!walls.ok && !walls.fault.code.startsWith('AUTH_')) setTimeout(() => void this.#load(), ASK_AGAIN_MS);
  }
}
