import { Value } from 'typebox/value';
import { Name, Tile as TileSchema, type MapCamera, type Scene, type Tile, type WallProfile, type WallState } from '#contract/wall.ts';
import type { SceneFault, SceneUpgrade, SceneVersion } from '#contract/sceneEdit.ts';
import { fitScene } from '../../../layouts/fit.ts';
import type { Size } from '../../../layouts/rects.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import type { WallView } from '../../live/views.svelte.ts';
import type { WidgetDefinition } from '../../live/widget.ts';
import { loadWidget, WIDGET_NAMES } from '../../wall/registry.ts';
import { createDrafts } from './drafts.ts';
import { drawingFaults, freePlace, guidesOf, type DrawingFault } from './geometry.ts';

const STEPS = 100;
const NEW: Scene = { schema: 2, id: 'bo-cuc-moi', name: { vi: 'Bố cục mới', en: 'New scene' }, size: [3840, 2160], tiles: [{ id: 'map', widget: 'map', rect: { x: 0, y: 0, width: 1920, height: 1080 } }] };

/** What would be refused. `names` and `empty` are about the scene, not about one of its tiles. */
type Fault = DrawingFault | { tile: string; code: 'settings' } | { tile: null; code: 'names' | 'empty' };
/** Where a map looks that nobody told. */
const HOME: MapCamera = { center: [108.2, 16.055], zoom: 12, bearing: 0, pitch: 0 };

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
  /** The drawing differs from every saved one and is kept in this browser alone. */
  isDraft = $state(false);
  /** How what is open was brought to today's form; it is written in that form when it is saved. */
  upgrade = $state.raw<SceneUpgrade | null>(null);
  /** Scenes that were saved and are in no file and not in use. */
  shelved = $state.raw<readonly string[]>([]);
  widgets = $state.raw<ReadonlyMap<string, WidgetDefinition>>(new Map());
  #back = $state.raw<readonly Scene[]>([]);
  #forth = $state.raw<readonly Scene[]>([]);
  /** What the chosen wall shows. */
  #view = $state.raw<WallView>();
  readonly acting: Acting;
  readonly #live: Live;
  readonly #drafts = createDrafts(localStorage, NEW.schema);

  readonly profile: WallProfile | undefined = $derived(this.walls.find(({ id }) => id === this.wallId) ?? this.walls[0]);
  readonly size: Size = $derived(this.profile ? [this.profile.width, this.profile.height] : this.scene.size);
  readonly tiles: readonly Tile[] = $derived(this.profile ? fitScene(this.scene, this.profile).tiles : this.scene.tiles);
  readonly tile: Tile | undefined = $derived(this.tiles.find(({ id }) => id === this.chosen));
  readonly canUndo: boolean = $derived(this.#back.length > 0);
  readonly canRedo: boolean = $derived(this.#forth.length > 0);
  readonly faults: readonly Fault[] = $derived.by(() => {
    const { name, id } = this.scene;
    return [
      ...drawingFaults(this.tiles, this.size),
      ...this.tiles.filter((tile) => !this.#isRight(tile)).map((tile): Fault => ({ tile: tile.id, code: 'settings' })),
      ...(name.vi && name.en && Value.Check(Name, id) ? [] : [{ tile: null, code: 'names' as const }]),
      ...(this.tiles.length > 0 ? [] : [{ tile: null, code: 'empty' as const }]),
    ];
  });
  readonly preview: WallState | null = $derived.by(() => (this.profile ? this.#previewOn(this.profile) : null));

  constructor(live: Live, scene: string | undefined) {
    this.#live = live;
    this.acting = new Acting(live);
    this.#view = live.wall(this.wallId);
    void this.#load(scene);
  }

  /** The wall that is drawn for. */
  chooseWall(id: string): void {
    this.wallId = id;
    this.#view = this.#live.wall(id);
  }

  open(id: string): void {
    const draft = this.#drafts.read(id);
    this.scene = draft ?? this.scenes.find((scene) => scene.id === id) ?? { ...NEW, id };
    this.isDraft = draft !== null;
    this.#back = [];
    this.#forth = [];
    this.chosen = null;
    this.told = [];
    this.saved = null;
    this.upgrade = null;
    void this.listVersions().then((upgrade) => this.#settle(id, upgrade));
  }

  /** Drops what was not saved. */
  discard(): void {
    this.#drafts.drop(this.scene.id);
    this.open(this.scene.id);
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

  edit(id: string, change: Partial<Omit<Tile, 'id'>>): void {
    this.draw(this.tiles.map((tile) => (tile.id === id ? { ...tile, ...change } : tile)));
  }

  /** Gives a tile another name. Returns false for a name that is taken or can not be one, and changes nothing. */
  rename(id: string, next: string): boolean {
    if (next === id) return true;
    if (this.tiles.some((tile) => tile.id === next) || !Value.Check(TileSchema.properties.id, next)) return false;
    const isChosen = this.chosen === id;
    this.draw(this.tiles.map((tile) => (tile.id === id ? { ...tile, id: next } : tile)));
    if (isChosen) this.chosen = next;
    return true;
  }

  /** Where the map of the scene looks; undefined leaves it to its wall. */
  look(camera: MapCamera | undefined): void {
    const { camera: _before, ...scene } = this.scene;
    this.change(camera ? { ...scene, camera } : scene);
  }

  /** Takes over where the chosen wall looks now. */
  lookAsWall(): void {
    const { profile } = this;
    const shown = this.#view?.current?.camera.to;
    if (!profile || !shown) return;
    const fitted = fitScene({ ...this.scene, camera: HOME }, profile).camera ?? HOME;
    const zoom = Math.round((shown.zoom + HOME.zoom - fitted.zoom) * 1000) / 1000;
    this.look({ ...shown, zoom: Math.min(22, Math.max(0, zoom)) });
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
    this.#drafts.drop(this.scene.id);
    this.isDraft = false;
    this.upgrade = null;
    await this.#reload();
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
    if (!scene) return;
    this.change(scene);
    this.upgrade = this.#upgradeOf(this.versions.find((one) => one.version === version));
  }

  show(): Promise<unknown> {
    return this.acting.send('wall.apply', { wall: this.wallId, act: { do: 'scene', scene: this.scene.id } });
  }

  /** Takes a file over, or says everything that is wrong with it and changes nothing. */
  async take(yaml: string, file: string): Promise<void> {
    const answer = await this.acting.send('scene.check', { yaml, file });
    if (!answer) return;
    this.told = answer.faults;
    if (!answer.scene) return;
    this.change(answer.scene);
    this.upgrade = answer.upgrade;
  }

  async file(): Promise<string | undefined> {
    const answer = await this.acting.send('scene.write', { scene: this.scene });
    if (answer) this.told = answer.faults;
    return answer?.yaml;
  }

  /** Returns how the file of the scene was brought up, if it was. */
  async listVersions(): Promise<SceneUpgrade | null> {
    const answer = await this.#live.command('scene.versions', { id: this.scene.id });
    if (!answer.ok) return null;
    this.versions = answer.value.versions;
    return answer.value.upgrade;
  }

  #keep(scene: Scene): void {
    if (scene.id !== this.scene.id) this.#drafts.drop(this.scene.id);
    this.scene = scene;
    this.saved = null;
    this.told = [];
    this.isDraft = true;
    this.#drafts.keep(scene);
  }

  /** Says in what form the scene was found; one that was saved but is not in use is shown as it was last saved. */
  async #settle(id: string, ofFile: SceneUpgrade | null): Promise<void> {
    const [latest] = this.versions;
    const published = this.versions.find(({ isPublished }) => isPublished);
    const isUntouched = () => this.scene.id === id && !this.isDraft;
    if (!isUntouched()) return;
    const isShelved = latest !== undefined && !this.scenes.some((scene) => scene.id === id);
    if (!isShelved) return void (this.upgrade = published ? this.#upgradeOf(published) : ofFile);
    const scene = await this.acting.send('scene.read', { id, version: latest.version });
    if (!scene || !isUntouched()) return;
    this.scene = scene;
    this.upgrade = this.#upgradeOf(latest);
  }

  #upgradeOf(version: SceneVersion | undefined): SceneUpgrade | null {
    return version && version.schema < NEW.schema ? { from: version.schema, to: NEW.schema } : null;
  }

  #isRight({ widget, settings = {} }: Tile): boolean {
    const definition = this.widgets.get(widget);
    return !definition || Value.Check(definition.settings, Value.Default(definition.settings, structuredClone(settings)));
  }

  #previewOn(profile: WallProfile): WallState {
    const { camera } = fitScene(this.scene, profile);
    const to = camera ?? HOME;
    return {
      wall: profile.id, rev: 0, mode: 'live', scene: this.scene.id, tiles: [...this.tiles], camera: { from: to, to, startAt: 0, durationMs: 0 }, tour: null,
      blank: false, frozenAt: null, identify: false, spotlight: null, control: null, changedBy: '', changedAt: 0, why: '',
    };
  }

  async #reload(): Promise<void> {
    const [scenes, saved] = await Promise.all([this.#live.api.get<{ items: Scene[] }>('/api/v1/scenes'), this.#live.command('scene.versions', {})]);
    if (scenes.ok) this.scenes = scenes.value.items;
    if (saved.ok) this.shelved = [...new Set(saved.value.versions.map(({ id }) => id))].filter((id) => !this.scenes.some((scene) => scene.id === id));
    await this.listVersions();
  }

  async #load(scene: string | undefined): Promise<void> {
    const [walls] = await Promise.all([this.#live.api.get<{ items: WallProfile[] }>('/api/v1/walls'), this.#reload(), this.#drafts.upgrade()]);
    if (walls.ok) this.walls = walls.value.items;
    const loaded = await Promise.all(WIDGET_NAMES.map(async (name) => [name, await loadWidget(name)] as const));
    this.widgets = new Map(loaded.flatMap(([name, definition]) => (definition ? [[name, definition] as const] : [])));
    this.open(scene ?? this.scenes[0]?.id ?? NEW.id);
  }
}
