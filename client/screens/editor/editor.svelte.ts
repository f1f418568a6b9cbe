import { Value } from 'typebox/value';
import type { Scene, Tile, WallProfile, WallState } from '#contract/wall.ts';
import type { SceneFault, SceneVersion } from '#contract/sceneEdit.ts';
import { fitScene } from '../../../layouts/fit.ts';
import type { Size } from '../../../layouts/rects.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import type { WidgetDefinition } from '../../live/widget.ts';
import { loadWidget, WIDGET_NAMES } from '../../wall/registry.ts';
import { drawingFaults, freePlace, guidesOf, type DrawingFault } from './geometry.ts';

const STEPS = 100;
const DRAFT = 'toan-canh.editor';
const NEW: Scene = { schema: 1, id: 'bo-cuc-moi', name: { vi: 'Bố cục mới', en: 'New scene' }, size: [3840, 2160], tiles: [{ id: 'map', widget: 'map', rect: { x: 0, y: 0, width: 1920, height: 1080 } }] };

type Fault = DrawingFault | { tile: string; code: 'settings' };

/** One scene under edit: its drawing for the chosen wall, every step back and forth, and what the server says about it. */
export class Editor {
  walls = $state.raw<readonly WallProfile[]>([]);
  scenes = $state.raw<readonly Scene[]>([]);
  versions = $state.raw<readonly SceneVersion[]>([]);
  scene = $state.raw<Scene>(NEW);
  wallId = $state('w2x2');
  chosen = $state<string | null>(null);
  told = $state.raw<readonly SceneFault[]>([]);
  saved = $state<number | null>(null);
  widgets = $state.raw<ReadonlyMap<string, WidgetDefinition>>(new Map());
  #back = $state.raw<readonly Scene[]>([]);
  #forth = $state.raw<readonly Scene[]>([]);
  readonly acting: Acting;
  readonly #live: Live;

  readonly profile: WallProfile | undefined = $derived(this.walls.find(({ id }) => id === this.wallId) ?? this.walls[0]);
  readonly size: Size = $derived(this.profile ? [this.profile.width, this.profile.height] : this.scene.size);
  readonly tiles: readonly Tile[] = $derived(this.profile ? fitScene(this.scene, this.profile).tiles : this.scene.tiles);
  readonly tile: Tile | undefined = $derived(this.tiles.find(({ id }) => id === this.chosen));
  readonly canUndo: boolean = $derived(this.#back.length > 0);
  readonly canRedo: boolean = $derived(this.#forth.length > 0);
  readonly faults: readonly Fault[] = $derived([...drawingFaults(this.tiles, this.size), ...this.tiles.filter((tile) => !this.#isRight(tile)).map(({ id }): Fault => ({ tile: id, code: 'settings' }))]);
  readonly preview: WallState | null = $derived.by(() => (this.profile ? this.#previewOn(this.profile) : null));

  constructor(live: Live, scene: string | undefined) {
    this.#live = live;
    this.acting = new Acting(live);
    void this.#load(scene);
  }

  open(id: string): void {
    const draft = localStorage.getItem(`${DRAFT}.${id}`);
    const known = this.scenes.find((scene) => scene.id === id);
    this.scene = draft ? (JSON.parse(draft) as Scene) : (known ?? { ...NEW, id });
    this.#back = [];
    this.#forth = [];
    this.chosen = null;
    this.told = [];
    this.saved = null;
    void this.listVersions();
  }

  /** One step that can be undone; kept in this browser until it is saved. */
  change(next: Scene): void {
    this.#back = [...this.#back, this.scene].slice(-STEPS);
    this.#forth = [];
    this.#keep(next);
  }

  undo(): void {
    const last = this.#back.at(-1);
    if (!last) return;
    this.#back = this.#back.slice(0, -1);
    this.#forth = [...this.#forth, this.scene];
    this.#keep(last);
  }

  redo(): void {
    const next = this.#forth.at(-1);
    if (!next) return;
    this.#forth = this.#forth.slice(0, -1);
    this.#back = [...this.#back, this.scene];
    this.#keep(next);
  }

  /** Draws the chosen wall anew; other walls keep their own drawings. */
  draw(tiles: Tile[]): void {
    const { scene, profile } = this;
    const isBase = !profile || (!Object.hasOwn(scene.variants ?? {}, profile.id) && scene.size[0] === this.size[0] && scene.size[1] === this.size[1]);
    if (isBase) return this.change({ ...scene, tiles });
    this.change({ ...scene, variants: { ...scene.variants, [profile.id]: { size: [this.size[0], this.size[1]], tiles } } });
  }

  edit(id: string, change: Partial<Tile>): void {
    this.draw(this.tiles.map((tile) => (tile.id === id ? { ...tile, ...change } : tile)));
    if (change.id !== undefined && this.chosen === id) this.chosen = change.id;
  }

  add(widget: string): void {
    const { tiles, profile, size } = this;
    if (!profile) return;
    const [output] = profile.outputs;
    const wanted = { width: Math.round((output?.rect.width ?? size[0]) / 2), height: Math.round((output?.rect.height ?? size[1]) / 2) };
    const nth = (count: number): string => (count === 1 ? widget : `${widget}-${count}`);
    let count = 1;
    while (tiles.some(({ id }) => id === nth(count))) count++;
    this.draw([...tiles, { id: nth(count), widget, rect: freePlace(tiles, guidesOf(profile, tiles, '', size), wanted, size) }]);
    this.chosen = nth(count);
  }

  remove(id: string): void {
    this.draw(this.tiles.filter((tile) => tile.id !== id));
    this.chosen = null;
  }

  /** Moves a tile in the order of drawing, by one or to an end. */
  reorder(id: string, by: 1 | -1): void {
    const from = this.tiles.findIndex((tile) => tile.id === id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= this.tiles.length) return;
    this.draw(this.tiles.toSpliced(from, 1).toSpliced(to, 0, this.tiles[from]!));
  }

  async save(): Promise<boolean> {
    const answer = await this.acting.send('scene.save', { scene: this.scene });
    if (!answer) return false;
    this.told = answer.faults;
    this.saved = answer.version;
    if (answer.version === null) return false;
    localStorage.removeItem(`${DRAFT}.${this.scene.id}`);
    await this.listVersions();
    return true;
  }

  async publish(version: number): Promise<void> {
    if (await this.acting.send('scene.publish', { id: this.scene.id, version })) await this.#reload();
  }

  async withdraw(): Promise<void> {
    if (await this.acting.send('scene.withdraw', { id: this.scene.id })) await this.#reload();
  }

  async restore(version: number): Promise<void> {
    const scene = await this.acting.send('scene.read', { id: this.scene.id, version });
    if (scene) this.change(scene);
  }

  show(): Promise<unknown> {
    return this.acting.send('wall.apply', { wall: this.wallId, act: { do: 'scene', scene: this.scene.id } });
  }

  /** Takes a file over, or says everything that is wrong with it and changes nothing. */
  async take(yaml: string): Promise<void> {
    const answer = await this.acting.send('scene.check', { yaml });
    if (!answer) return;
    this.told = answer.faults;
    if (answer.scene) this.change(answer.scene);
  }

  async file(): Promise<string | undefined> {
    const answer = await this.acting.send('scene.write', { scene: this.scene });
    if (answer) this.told = answer.faults;
    return answer?.yaml;
  }

  async listVersions(): Promise<void> {
    const answer = await this.#live.command('scene.versions', { id: this.scene.id });
    if (answer.ok) this.versions = answer.value.versions;
  }

  #keep(scene: Scene): void {
    this.scene = scene;
    this.saved = null;
    localStorage.setItem(`${DRAFT}.${scene.id}`, JSON.stringify(scene));
  }

  #isRight({ widget, settings = {} }: Tile): boolean {
    const definition = this.widgets.get(widget);
    return !definition || Value.Check(definition.settings, Value.Default(definition.settings, structuredClone(settings)));
  }

  #previewOn(profile: WallProfile): WallState {
    const { camera } = fitScene(this.scene, profile);
    const to = camera ?? { center: [108.2, 16.055] as [number, number], zoom: 12, bearing: 0, pitch: 0 };
    return {
      wall: profile.id, rev: 0, mode: 'live', scene: this.scene.id, tiles: [...this.tiles], camera: { from: to, to, startAt: 0, durationMs: 0 }, tour: null,
      blank: false, frozenAt: null, identify: false, spotlight: null, control: null, changedBy: '', changedAt: 0, why: '',
    };
  }

  async #reload(): Promise<void> {
    const scenes = await this.#live.api.get<{ items: Scene[] }>('/api/v1/scenes');
    if (scenes.ok) this.scenes = scenes.value.items;
    await this.listVersions();
  }

  async #load(scene: string | undefined): Promise<void> {
    const [walls] = await Promise.all([this.#live.api.get<{ items: WallProfile[] }>('/api/v1/walls'), this.#reload()]);
    if (walls.ok) this.walls = walls.value.items;
    const loaded = await Promise.all(WIDGET_NAMES.map(async (name) => [name, await loadWidget(name)] as const));
    this.widgets = new Map(loaded.flatMap(([name, definition]) => (definition ? [[name, definition] as const] : [])));
    this.open(scene ?? this.scenes[0]?.id ?? NEW.id);
  }
}
