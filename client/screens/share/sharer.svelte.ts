import type { Me } from '#contract/http.ts';
import type { Share } from '#contract/share.ts';
import type { WallProfile, WallState } from '#contract/wall.ts';
import { Acting } from '../../live/acting.svelte.ts';
import type { Live } from '../../live/live.svelte.ts';
import type { Sharing } from '../../live/share/shareLine.ts';
import type { WallView } from '../../live/views.svelte.ts';

const OPERATORS = new Set(['operator', 'admin']);

/** One who shares: the picture this browser sends, and where it stands on the wall. */
export class Sharer {
  me = $state.raw<Me | null>(null);
  isRefused = $state(false);
  walls = $state.raw<readonly WallProfile[]>([]);
  wallId = $state('w2x2');
  tile = $state('');
  label = $state('');
  devices = $state.raw<readonly MediaDeviceInfo[]>([]);
  sharing = $state.raw<Sharing | null>(null);
  stream = $state.raw<MediaStream | null>(null);
  trouble = $state<'denied' | 'noDevice' | null>(null);
  view = $state.raw<WallView | null>(null);
  readonly acting: Acting;
  readonly #live: Live;

  readonly current: WallState | null = $derived(this.view?.current ?? null);
  readonly canShow: boolean = $derived(this.me?.roles.some((role) => OPERATORS.has(role)) ?? false);
  readonly isSecure: boolean = 'mediaDevices' in navigator;
  /** Tiles of the wall that show what is shared here. */
  readonly shownIn: readonly string[] = $derived.by(() => {
    const id = this.sharing?.share.id;
    return (this.current?.tiles ?? []).flatMap((tile) => (tile.widget === 'shared-screen' && tile.settings?.['share'] === id ? [tile.id] : []));
  });

  constructor(live: Live) {
    this.#live = live;
    this.acting = new Acting(live);
    this.choose('w2x2');
    void this.#load();
  }

  choose(wall: string): void {
    this.wallId = wall;
    this.view = this.#live.wall(wall);
    this.tile = '';
  }

  screen(): Promise<void> {
    return this.#begin('screen', () => navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { ideal: 30 } }, audio: false }));
  }

  async device(id: string): Promise<void> {
    await this.#begin('device', () => navigator.mediaDevices.getUserMedia({ video: { ...(id ? { deviceId: { exact: id } } : {}), width: { ideal: 1920 }, height: { ideal: 1080 } } }));
    await this.#listDevices();
  }

  stop(): void {
    this.sharing?.stop();
    this.sharing = null;
    this.stream = null;
  }

  /** Puts the share into the chosen tile; what stood there is parked beneath it. */
  show(why: string): Promise<unknown> {
    const share = this.sharing?.share.id;
    return this.acting.send('wall.apply', { wall: this.wallId, act: { do: 'push', tile: this.tile, widget: 'shared-screen', settings: { share }, why }, why });
  }

  giveBack(tile: string): Promise<unknown> {
    return this.acting.send('wall.apply', { wall: this.wallId, act: { do: 'return', tile } });
  }

  async #begin(kind: Share['kind'], open: () => Promise<MediaStream>): Promise<void> {
    this.stop();
    this.trouble = null;
    try {
      this.stream = await open();
    } catch (error) {
      this.trouble = error instanceof DOMException && error.name === 'NotFoundError' ? 'noDevice' : 'denied';
      return;
    }
    const [track] = this.stream.getVideoTracks();
    const answer = await this.#live.shareLine().open(this.stream, { kind, label: this.label.trim() || track?.label.slice(0, 120) || kind });
    if (!answer.ok) {
      for (const one of this.stream.getTracks()) one.stop();
      this.stream = null;
      this.acting.refusal = answer.fault;
      return;
    }
    this.sharing = answer.value;
    track?.addEventListener('ended', () => this.stop(), { once: true });
  }

  async #listDevices(): Promise<void> {
    if (this.isSecure) this.devices = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
  }

  async #load(): Promise<void> {
    const { api } = this.#live;
    const [walls, me] = await Promise.all([api.get<{ items: WallProfile[] }>('/api/v1/walls'), api.get<Me>('/api/v1/session'), this.#listDevices()]);
    if (walls.ok) this.walls = walls.value.items;
    if (me.ok) this.me = me.value;
    this.isRefused = !me.ok && me.fault.code.startsWith('AUTH_');
  }
}
