import type { MapCamera } from '#contract/wall.ts';
import type { WidgetProps } from '../../live/widget.ts';
import { createMapHost, EMPTY_SNAPSHOT, hasRoomForMap, type MapHost, type MapSnapshot } from '../../map/index.ts';
import type { Settings } from './settings.ts';

const HOME: MapCamera = { center: [108.2122, 16.0602], zoom: 12.6, bearing: 0, pitch: 0 };

/** The map of one tile: opened once, fed with snapshots, moved by the wall's camera or by a person. */
export class MapTile {
  state = $state<'opening' | 'open' | 'no-webgl' | 'no-room'>('opening');
  snapshot: MapSnapshot = EMPTY_SNAPSHOT;
  #host: MapHost | undefined;
  #own: MapCamera | undefined;

  /** Opens the map in an element; returns the way to close it. */
  attach(container: HTMLElement, props: WidgetProps<Settings>, language: string, home: () => MapCamera | undefined): () => void {
    const { source, place, onpick } = props;
    if (!hasRoomForMap()) {
      this.state = 'no-room';
      return () => undefined;
    }
    let isClosed = false;
    const stopFrames = source.loop.onFrame(() => {
      if (source.isHeld || props.place.isParked) return;
      this.#host?.update(this.snapshot);
      this.#host?.frame(this.#own ?? props.place.camera?.(source.serverNow()) ?? home() ?? HOME, source.isFlashOn);
    });
    const opening = createMapHost({
      container,
      styleUrl: `/geo/style.json?lang=${language}&theme=dark`,
      size: place.rect,
      part: place.part,
      pixelRatio: place.pixelRatio,
      arcMinutePx: place.arcMinutePx,
      isInteractive: place.isInteractive ?? false,
      ...(onpick ? { onPick: onpick } : {}),
      onContextLost: () => void source.contextLosses++,
      onMove: (camera) => void (this.#own = place.isInteractive ? camera : undefined),
    });
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
      this.#host?.close();
    };
  }

  place(size: { width: number; height: number }, part: WidgetProps<Settings>['place']['part']): void {
    this.#host?.place(size, part);
  }
}
