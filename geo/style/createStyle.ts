import { attribution } from './attribution.ts';
import { fontFaces } from './fonts.ts';
import { BASEMAP_SOURCE, groundLayers } from './groundLayers.ts';
import { labelLayers, type MapLanguage } from './labelLayers.ts';
import { coloursOf, type MapTheme } from './palette.ts';
import type { MapStyle } from './spec.ts';

/** What a map page says of itself. `tilesUrl` holds `{z}/{x}/{y}` or is the folder of them; both URLs are absolute. */
export interface StyleChoice {
  tilesUrl: string;
  fontsUrl: string;
  lang?: MapLanguage;
  theme?: MapTheme;
}

/** Deepest zoom asked of the server; closer in, the client magnifies by itself. */
export const DEEPEST_TILE_ZOOM = 14;

/** The product's map: a calm field in which only the abnormal has colour. Needs the image `HATCH_IMAGE`. */
export function createStyle({ tilesUrl, fontsUrl, lang = 'vi', theme = 'dark' }: StyleChoice): MapStyle {
  const colours = coloursOf(theme);
  const tiles = tilesUrl.includes('{z}') ? tilesUrl : `${tilesUrl.replace(/\/$/, '')}/{z}/{x}/{y}`;
  return {
    version: 8,
    name: 'Toàn Cảnh',
    'font-faces': fontFaces(fontsUrl),
    sources: { [BASEMAP_SOURCE]: { type: 'vector', tiles: [tiles], minzoom: 0, maxzoom: DEEPEST_TILE_ZOOM, attribution } },
    layers: [...groundLayers(colours), ...labelLayers(colours, lang)],
  };
}
