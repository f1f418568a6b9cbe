import type { Fault } from '#contract/faults.ts';
import type { Output, OutputReport, WallProfile, WallState } from '#contract/wall.ts';
import { createPictureShelf, type PictureShelf } from '../../live/lastPicture.ts';
import type { Live } from '../../live/live.svelte.ts';
import { pageStateOf, type PageState } from '../../live/pageState.ts';
import type { WallView } from '../../live/views.svelte.ts';
import { replayed } from '../../wall/replayed.ts';
import { outputOf } from '../../wall/room.ts';

const REPORT_EVERY_MS = 5000;
const KEEP_EVERY_MS = 10_000;
const ASK_AGAIN_MS = 3000;

/** One page of a wall: its plan, what it shows, what it tells about itself, and its memory of the last picture. */
export class WallPage {
  profile = $state.raw<WallProfile | null>(null);
  fault = $state.raw<Fault | null>(null);
  needsPairing = $state(false);
  readonly wall: string;
  readonly outputId: string | undefined;
  readonly view: WallView;
  /** What is drawn: the present, or the line of the wall's log that held at the moment shown. */
  readonly shown: WallState | null = $derived.by(() => {
    const { current } = this.view;
    return current?.mode === 'replay' ? replayed(current, this.#live.past?.walls.get(this.wall) ?? null) : current;
  });
  /** The present that waits while the wall looks back. */
  readonly present: WallState | null = $derived.by(() => (this.view.current?.mode === 'replay' ? this.view.current : null));
  /** What is made ready behind the picture. Another moment of the past has nothing to make ready. */
  readonly next: WallState | null = $derived.by(() => (this.present && this.view.next?.mode === 'replay' ? null : this.view.next));
  /** The wall looks back at a moment of which its log knows nothing: there is nothing to wait for. */
  readonly isBeforeLog: boolean = $derived.by(() => this.view.current?.mode === 'replay' && this.shown === null && (this.#live.past?.isReady ?? false));
  readonly output: Output | undefined = $derived.by(() => (this.profile ? outputOf(this.profile, this.outputId) : undefined));
  readonly state: PageState = $derived.by(() =>
    pageStateOf({
      isLoading: (this.shown === null && !this.isBeforeLog) || this.profile === null || this.#live.connection === 'connecting',
      isOffline: this.#live.isCut,
      isStale: this.#live.isBehind,
      mode: this.view.current?.mode ?? 'live',
    }),
  );
  readonly #live: Live;
  readonly #shelf: PictureShelf;
  readonly #timers: ReturnType<typeof setInterval>[] = [];
  #isClosed = false;

  constructor(live: Live, wall: string, outputId: string | undefined) {
    this.#live = live;
    this.wall = wall;
    this.outputId = outputId;
    this.view = live.wall(wall, outputId);
    this.#shelf = createPictureShelf(indexedDB);
    void this.#loadProfile();
    void this.#restore();
    this.#timers.push(setInterval(() => this.#report(), REPORT_EVERY_MS), setInterval(() => void this.#keep(), KEEP_EVERY_MS));
  }

  close(): void {
    this.#isClosed = true;
    this.#timers.forEach(clearInterval);
  }

  async #loadProfile(): Promise<void> {
    const answer = await this.#live.api.get<WallProfile>(`/api/v1/walls/${encodeURIComponent(this.wall)}`);
    if (this.#isClosed) return;
    this.needsPairing = !answer.ok && answer.fault.code === 'AUTH_REQUIRED';
    this.fault = answer.ok || this.needsPairing || answer.fault.code === 'SERVER_STOPPING' ? null : answer.fault;
    if (answer.ok) this.profile = answer.value;
    else setTimeout(() => void this.#loadProfile(), ASK_AGAIN_MS);
  }

  async #restore(): Promise<void> {
    const picture = await this.#shelf.read(this.wall);
    if (!picture || this.#isClosed || this.#live.isOnline) return;
    this.profile ??= picture.profile;
    this.#live.restore(picture);
    if (!this.view.current) this.view.take(picture.change);
  }

  async #keep(): Promise<void> {
    const { profile } = this;
    const change = this.view.latest;
    if (!profile || !change || !this.#live.isOnline) return;
    await this.#shelf.write(this.wall, { profile, change, ...this.#live.picture() });
  }

  #report(): void {
    const { applied, current } = this.view;
    if (!this.outputId || !applied || !current || !this.#live.isOnline) return;
    const memory = 'memory' in performance ? (performance.memory as { usedJSHeapSize: number }).usedJSHeapSize : null;
    const report: OutputReport = {
      wall: this.wall,
      output: this.outputId,
      rev: current.rev,
      appliedAt: Math.round(applied.at),
      applyErrorMs: applied.errorMs,
      clockErrorMs: this.#live.clock.errorMs,
      fps: this.#live.loop.fps,
      heapBytes: memory,
      contextLosses: this.#live.contextLosses,
      pageState: this.state,
    };
    void this.#live.command('wall.report', report);
  }
}
