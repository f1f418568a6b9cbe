import { MapLibreOverlay } from '@deck.gl/maplibre';
import type { Map as GlMap } from 'maplibre-gl';
import type { MapCamera, Rect } from '#contract/wall.ts';
import { isSameRect } from '../../layouts/rects.ts';
import { isSameView, partCamera } from './camera.ts';
import { createGlMap } from './glMap.ts';
import { createIconAtlas, type IconAtlas } from './iconAtlas.ts';
import { createLayerSet, type LayerSet } from './layerSet.ts';
import { tellRedUnits } from './layers/redUnits.ts';
import { tellTraffic } from './layers/traffic.ts';
import { EMPTY_SNAPSHOT, type MapSnapshot } from './snapshot.ts';

/** What a person touched. */
export interface MapPick {
  kind: 'alert' | 'feedback' | 'camera' | 'sensor';
  id: string;
  /** Everything a group stands for; one id for a thing of its own. */
  ids: readonly string[];
}

export interface MapHostOptions {
  container: HTMLElement;
  styleUrl: string;
  /** Whole map in wall pixels, and the part of it this container shows. */
  size: { width: number; height: number };
  part: Rect;
  /** Device pixels per wall pixel. */
  pixelRatio: number;
  /** Units: wall pixels. */
  arcMinutePx: number;
  isInteractive?: boolean;
  onPick?: (pick: MapPick) => void;
  /** A person touched a place of the map, whatever lies there. */
  onTap?: (position: [number, number]) => void;
  /** The browser took a drawing context away; the map brings itself back. */
  onContextLost?: () => void;
  /** A person moved the map. */
  onMove?: (camera: MapCamera) => void;
}

/** One map of one window; its container carries `data-drawn` while every tile and name of the view stands. `frame` is called in every animation frame and does at most one camera move and one update. */
export interface MapHost {
  update(snapshot: MapSnapshot): void;
  place(size: { width: number; height: number }, part: Rect): void;
  frame(camera: MapCamera | undefined, isFlashOn: boolean): void;
  readonly isLoaded: boolean;
  close(): void;
}

const RECREATE_AFTER_MS = 3000;
const GLYPH_ARCMIN = 18;
const SMALLEST_GLYPH_PX = 17;
const LABEL_ARCMIN = 14;
const LABEL_PX = 16;

export async function createMapHost(options: MapHostOptions): Promise<MapHost> {
  const atlas: IconAtlas = await createIconAtlas();
  const glyphPx = Math.max(SMALLEST_GLYPH_PX, GLYPH_ARCMIN * options.arcMinutePx);
  const textScale = Math.min(4, Math.max(1, (LABEL_ARCMIN * options.arcMinutePx) / LABEL_PX));
  let { size, part } = options;
  let map: GlMap;
  let overlay: MapLibreOverlay;
  let layers: LayerSet;
  let watched: HTMLCanvasElement | null = null;
  let snapshot: MapSnapshot = EMPTY_SNAPSHOT;
  let shown: readonly unknown[] = [];
  let view: MapCamera | undefined;
  let traffic = new Map<number, number>();
  let trafficVersion = -1;
  let red = new Set<string>();
  let isClosed = false;
  let rebuild: ReturnType<typeof setTimeout> | undefined;

  const addOverlay = (): void => {
    layers = createLayerSet(atlas);
    overlay = new MapLibreOverlay({ interleaved: false, layers: [], useDevicePixels: options.pixelRatio, ...(options.onPick ? { onClick: onDeckClick } : {}) });
    map.addControl(overlay);
    shown = [];
    watched = null;
  };
  const swapOverlay = (): void => {
    options.onContextLost?.();
    map.removeControl(overlay);
    if (!isClosed) addOverlay();
  };
  const build = async (): Promise<void> => {
    map = await createGlMap({ ...options, textScale, isInteractive: options.isInteractive ?? false });
    map.on('webglcontextlost', () => {
      options.onContextLost?.();
      rebuild ??= setTimeout(() => void anew(), RECREATE_AFTER_MS);
    });
    map.on('webglcontextrestored', () => {
      clearTimeout(rebuild);
      rebuild = undefined;
    });
    for (const event of ['dataloading', 'movestart'] as const) map.on(event, () => void delete options.container.dataset.drawn);
    map.on('idle', () => void (options.container.dataset.drawn = ''));
    if (options.onMove) map.on('moveend', tellMove);
    if (options.onTap) map.on('click', ({ lngLat }) => options.onTap?.([lngLat.lng, lngLat.lat]));
    traffic = new Map();
    red = new Set();
    trafficVersion = -1;
    view = undefined;
    addOverlay();
  };
  const anew = async (): Promise<void> => {
    rebuild = undefined;
    map.remove();
    if (!isClosed) await build();
  };
  function tellMove(event: { originalEvent?: unknown }): void {
    if (!event.originalEvent) return;
    const { lng, lat } = map.getCenter();
    options.onMove?.({ center: [lng, lat], zoom: map.getZoom(), bearing: map.getBearing(), pitch: 0 });
  }
  function onDeckClick({ object, layer }: { object?: unknown; layer?: { id: string } | null }): void {
    const kinds: Record<string, MapPick['kind']> = { alerts: 'alert', feedback: 'feedback', cameras: 'camera', sensors: 'sensor' };
    const kind = layer ? kinds[layer.id] : undefined;
    if (!kind || typeof object !== 'object' || object === null || !('id' in object)) return;
    const ids = 'items' in object ? (object.items as { id: string }[]).map(({ id }) => id) : [String(object.id)];
    options.onPick?.({ kind, id: String(object.id), ids });
  }
  const watchOverlay = (): void => {
    const canvas = overlay.getCanvas();
    if (canvas === watched || !canvas) return;
    watched = canvas;
    canvas.addEventListener('webglcontextlost', swapOverlay, { once: true });
  };
  const tellMap = (): void => {
    if (!map.isStyleLoaded()) return;
    if (snapshot.traffic && snapshot.traffic.version !== trafficVersion) {
      trafficVersion = snapshot.traffic.version;
      tellTraffic(map, snapshot.traffic, traffic);
    }
    tellRedUnits(map, snapshot.redUnits, red);
  };

  /** Whoever reads the pixels asks for them first: a drawing buffer is only whole in the task that drew it. */
  const drawNow = (): void => void map.redraw();
  options.container.addEventListener('draw-now', drawNow);
  await build();

  return {
    update(next) {
      snapshot = next;
    },
    place(nextSize, nextPart) {
      if (nextSize.width === size.width && nextSize.height === size.height && isSameRect(nextPart, part)) return;
      size = nextSize;
      part = nextPart;
      view = undefined;
      map.resize();
    },
    frame(camera, isFlashOn) {
      watchOverlay();
      if (camera && !isSameView(view, camera)) {
        view = camera;
        map.jumpTo(partCamera(camera, size, part));
      }
      tellMap();
      const built = layers.layersOf(snapshot, { zoom: map.getZoom(), glyphPx, isFlashOn, isPickable: options.onPick !== undefined });
      if (built.length === shown.length && built.every((layer, i) => layer === shown[i])) return;
      shown = built;
      overlay.setProps({ layers: built });
    },
    get isLoaded() {
      return map.loaded();
    },
    close() {
      isClosed = true;
      options.container.removeEventListener('draw-now', drawNow);
      clearTimeout(rebuild);
      map.remove();
    },
  };
}
