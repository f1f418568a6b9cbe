import { Map as GlMap, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { HATCH_IMAGE, hatchImage } from '../../geo/style/hatch.ts';
import { scaleStyle, withTraffic } from './mapStyle.ts';

const MOST_MAPS = 3;
const LARGEST_CANVAS = 16_384;

export interface GlMapOptions {
  container: HTMLElement;
  styleUrl: string;
  /** How much larger than at a desk letters are drawn. */
  textScale: number;
  pixelRatio: number;
  isInteractive: boolean;
}

/** A page keeps few drawing contexts alive: a map has two, and the browser drops the oldest beyond its limit. */
export const hasRoomForMap = (): boolean => document.querySelectorAll('.maplibregl-canvas').length < MOST_MAPS;

async function loadStyle(url: string, textScale: number): Promise<StyleSpecification> {
  const answer = await fetch(url, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(`the map style answered ${answer.status}`);
  return withTraffic(scaleStyle((await answer.json()) as StyleSpecification, textScale), textScale);
}

/** A map with the product's style, ready to be looked at. Fails: throws without WebGL 2 or without the style. */
export async function createGlMap(options: GlMapOptions): Promise<GlMap> {
  setWorkerUrl(workerUrl);
  const style = await loadStyle(options.styleUrl, options.textScale);
  const map = new GlMap({
    container: options.container,
    style,
    center: [108.2208, 16.0602],
    zoom: 11,
    attributionControl: false,
    fadeDuration: 0,
    interactive: options.isInteractive,
    pixelRatio: options.pixelRatio,
    maxCanvasSize: [LARGEST_CANVAS, LARGEST_CANVAS],
    maxPitch: 60,
    trackResize: true,
    dragRotate: false,
    transformRequest: (url) => ({ url: url.startsWith('/') ? `${location.origin}${url}` : url }),
  });
  map.on('error', ({ error }) => console.info('map:', error.message));
  map.on('style.load', () => {
    if (!map.hasImage(HATCH_IMAGE)) map.addImage(HATCH_IMAGE, hatchImage());
  });
  return map;
}
