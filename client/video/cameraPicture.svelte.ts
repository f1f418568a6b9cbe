import type { PlayerMode } from './hlsSettings.ts';
import { createPlayer } from './player.ts';
import type { PlayerPool, PoolSeat } from './pool.ts';
import type { PictureRole } from './share.ts';
import type { PictureTruth } from './truth.ts';
import { createWhepPlayer } from './whepPlayer.ts';

export interface CameraPictureOptions {
  video: HTMLVideoElement;
  canvas: HTMLCanvasElement;
  src: string;
  /** Address that takes offers, for a camera that comes over WebRTC. */
  whep?: string | undefined;
  mode: PlayerMode;
  pool: PlayerPool;
  now: () => number;
  onState?: (truth: PictureTruth) => void;
}

interface Source {
  capturedAt(): number | undefined;
  close(): void;
}

const CLOCK_MS = 500;

/** What a camera tile shows and may say: it takes its seat in the pool and follows the role it is given there. */
export class CameraPicture {
  truth = $state.raw<PictureTruth>({ state: 'loading', since: 0 });
  capturedAt = $state.raw<number | undefined>(undefined);
  /** The time the label counts from `truth.since` to. */
  at = $state.raw(0);
  role = $state.raw<PictureRole>('none');
  /** Width of the picture by its height. */
  aspect = $state.raw(16 / 9);
  #options: CameraPictureOptions;
  #source: Source | undefined;
  #seat: PoolSeat;
  readonly #isAlwaysVideo: boolean;
  #clock: ReturnType<typeof setInterval>;

  constructor(options: CameraPictureOptions) {
    this.#options = options;
    this.at = options.now();
    this.truth = { state: 'loading', since: this.at };
    this.#isAlwaysVideo = options.mode === 'focus' || options.whep !== undefined;
    this.#seat = options.pool.join({ isFocus: this.#isAlwaysVideo, onRole: (role) => this.#play(role) });
    this.#clock = setInterval(() => this.#look(), CLOCK_MS);
  }

  /** A tile in hand is not asked to take turns. */
  setHeld(isHeld: boolean): void {
    this.#seat.setFocus(isHeld || this.#isAlwaysVideo);
  }

  setVisible(isVisible: boolean): void {
    this.#seat.setVisible(isVisible);
  }

  close(): void {
    clearInterval(this.#clock);
    this.#seat.leave();
    this.#source?.close();
  }

  #play(role: PictureRole): void {
    this.#source?.close();
    this.#source = undefined;
    this.role = role;
    const { video, canvas, src, whep, mode, pool, now } = this.#options;
    const onState = (truth: PictureTruth) => {
      this.truth = truth;
      this.#options.onState?.(truth);
    };
    if (role === 'video' && whep !== undefined) this.#source = createWhepPlayer({ video, src: whep, onState, now });
    else if (role === 'video') this.#source = createPlayer({ video, src, mode, onState, now, line: pool.line });
    if (role === 'still') this.#source = pool.stills.show({ canvas, src, onState });
  }

  #look(): void {
    this.at = this.#options.now();
    this.capturedAt = this.#source?.capturedAt();
    const { video, canvas } = this.#options;
    const [width, height] = this.role === 'still' ? [canvas.width, canvas.height] : [video.videoWidth, video.videoHeight];
    if (width > 0 && height > 0) this.aspect = width / height;
  }
}
