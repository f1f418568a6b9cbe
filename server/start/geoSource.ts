import { join } from 'node:path';
import type { GeoData } from '../../geo/readData.ts';
import { createStyle } from '../../geo/style/createStyle.ts';
import { fontFiles } from '../../geo/style/fonts.ts';
import type { TileReader } from '../../geo/tileReader.ts';
import type { HttpDeps } from '../http/deps.ts';

/** The base map, its letters and its names as the HTTP floor serves them. */
export function createGeoSource(root: string, geo: GeoData, tiles: TileReader): HttpDeps['geo'] {
  const fonts = new Map(fontFiles().map((file) => [file.name, join(root, 'node_modules', file.package, file.path)]));
  return {
    tile: (z, x, y) => tiles.getTile(z, x, y),
    fontFiles: fonts,
    style: (lang, theme, origin) => createStyle({ tilesUrl: `${origin}/geo/tiles`, fontsUrl: `${origin}/geo/fonts`, lang, theme }),
    search: (text, limit) => geo.search().search(text, limit).map(({ entry, alias }) => ({ ...entry, aliases: undefined, ...(alias ? { alias } : {}) })),
  };
}
