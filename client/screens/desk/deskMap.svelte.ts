import type { Position } from '#contract/base.ts';
import type { CameraMove, MapCamera } from '#contract/wall.ts';
import { cameraAt } from '../../../layouts/motion.ts';
import type { FrameLoop } from '../../ui/frameLoop.ts';
import { createMapHost, EMPTY_SNAPSHOT, hasRoomForMap, type MapHost, type MapPick, type MapSnapshot } from '../../map/index.ts';

const FLY_MS = 1200;
const CLOSE_UP_ZOOM = 15.5;
const HOME: MapCamera = { center: [108.2122, 16.0602], zoom: 12, bearing: 0, pitch: 0 };
const ARC_MINUTE_PX = 1;

interface Deps {
  loop: FrameLoop;
  now: () => number;
  isFlashOn: () => boolean;
  language: string;
  onPick: (pick: MapPick) => void;
}

const still = (camera: MapCamera): CameraMove => ({ from: camera, to: camera, startAt: 0, durationMs: 0 });
const prefersStill = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The map of the desk: moved by hand or sent to a place, never by itself. */
export class DeskMap {
  state = $state<'opening' | 'open' | 'no-webgl' | 'no-room'>('opening');
  snapshot: MapSnapshot = EMPTY_SNAPSHOT;
  #move: CameraMove = still(HOME);
  #host: MapHost | undefined;
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Opens the map in an element; returns the way to close it. */
  attach = (container: HTMLElement): (() => void) => {
    const { loop, now, isFlashOn, language, onPick } = this.#deps;
    if (!hasRoomForMap()) {
      this.state = 'no-room';
      return () => undefined;
    }
    let isClosed = false;
    const size = () => ({ width: Math.max(1, container.clientWidth), height: Math.max(1, container.clientHeight) });
    const stopFrames = loop.onFrame(() => {
      this.#host?.update(this.snapshot);
      this.#host?.frame(cameraAt(this.#move, now()), isFlashOn());
    });
    const opening = createMapHost({
      container,
      styleUrl: `/geo/style.json?lang=${language}&theme=dark`,
      size: size(),
      part: { x: 0, y: 0, ...size() },
      pixelRatio: devicePixelRatio,
      arcMinutePx: ARC_MINUTE_PX,
      isInteractive: true,
      onPick,
      onMove: (camera) => void (this.#move = still(camera)),
    });
    const watcher = new ResizeObserver(() => this.#host?.place(size(), { x: 0, y: 0, ...size() }));
    watcher.observe(container);
    opening.then(
      (host) => {
        if (isClosed) host.close();
        else this.#host = host;
        this.state = 'open';
      },
      (error: unknown) => {
        this.state = 'no-webgl';
        console.warn('map not opened', error);
      },
    );
    return () => {
      isClosed = true;
      stopFrames();
      watcher.disconnect();
      this.#host?.close();
    };
  };

  /** Goes to a place within a second and a half; at once for those who want nothing to move. */
  flyTo(place: Position, zoom = CLOSE_UP_ZOOM): void {
    this.#go({ center: place, zoom, bearing: 0, pitch: 0 });
  }

  zoomBy(steps: number): void {
    const { to } = this.#move;
    this.#go({ ...to, zoom: Math.min(19, Math.max(5, to.zoom + steps)) }, 250);
  }

  home(): void {
    this.#go(HOME);
  }

  #go(to: MapCamera, durationMs = FLY_MS): void {
    const at = this.#deps.now();
    this.#move = prefersStill() ? still(to) : { from: cameraAt(this.#move, at), to, startAt: at, durationMs };
  }
}
