import type { Me } from '#contract/http.ts';
import type { Scene, Tour, WallAct, WallProfile, WallState } from '#contract/wall.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import type { WallView } from '../../live/views.svelte.ts';
import { neighbourScene } from './order.ts';

const NOTES = 'toan-canh.present.notes';

/** A leader's remote: one wall in one hand. */
export class Remote {
  walls = $state.raw<readonly WallProfile[]>([]);
  scenes = $state.raw<readonly Scene[]>([]);
  tours = $state.raw<readonly Tour[]>([]);
  me = $state.raw<Me | null>(null);
  isRefused = $state(false);
  wallId = $state('w2x2');
  notes = $state('');
  view = $state.raw<WallView | null>(null);
  readonly acting: Acting;
  readonly #live: Live;
  readonly current: WallState | null = $derived(this.view?.current ?? null);
  readonly holder = $derived.by(() => {
    const control = this.current?.control;
    return control && control.until > this.#live.serverNow() + 0 * this.#live.now ? control : null;
  });
  readonly isMine: boolean = $derived(this.holder !== null && this.holder.id === this.me?.id);
  readonly isOthers: boolean = $derived(this.holder !== null && this.holder.id !== this.me?.id);

  constructor(live: Live, wall: string | undefined) {
    this.#live = live;
    this.acting = new Acting(live);
    this.choose(wall ?? 'w2x2');
    void this.#load();
  }

  choose(wall: string): void {
    this.wallId = wall;
    this.view = this.#live.wall(wall);
    this.#readNotes();
  }

  act(act: WallAct): Promise<unknown> {
    return this.acting.send('wall.apply', { wall: this.wallId, act });
  }

  async show(scene: string): Promise<void> {
    await this.act({ do: 'scene', scene });
    this.#readNotes();
  }

  step(by: 1 | -1): Promise<unknown> {
    const { current } = this;
    if (!current) return Promise.resolve();
    if (current.tour && by === 1) return this.act({ do: 'tour-next' });
    const scene = neighbourScene(this.scenes, this.tours.find(({ id }) => id === current.tour?.id), current, by);
    return scene ? this.show(scene) : Promise.resolve();
  }

  point(place: { x: number; y: number } | null): void {
    void this.#live.command('wall.point', { wall: this.wallId, place });
  }

  take(): Promise<unknown> {
    return this.acting.send('wall.take', { wall: this.wallId, ...(this.isOthers ? { isForced: true } : {}) });
  }

  release(): Promise<unknown> {
    return this.acting.send('wall.release', { wall: this.wallId });
  }

  /** Notes stay on this device. */
  keepNotes(): void {
    localStorage.setItem(`${NOTES}.${this.wallId}`, this.notes);
  }

  #readNotes(): void {
    this.notes = localStorage.getItem(`${NOTES}.${this.wallId}`) ?? '';
  }

  async #load(): Promise<void> {
    const { api } = this.#live;
    const [walls, scenes, tours, me] = await Promise.all([
      api.get<{ items: WallProfile[] }>('/api/v1/walls'),
      api.get<{ items: Scene[] }>('/api/v1/scenes'),
      api.get<{ items: Tour[] }>('/api/v1/tours'),
      api.get<Me>('/api/v1/session'),
    ]);
    if (walls.ok) this.walls = walls.value.items;
    if (scenes.ok) this.scenes = scenes.value.items;
    if (tours.ok) this.tours = tours.value.items;
    if (me.ok) this.me = me.value;
    this.isRefused = !me.ok && me.fault.code.startsWith('AUTH_');
  }
}
