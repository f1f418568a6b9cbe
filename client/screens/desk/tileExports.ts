import type { Tile } from '#contract/wall.ts';

/** Collections whose rows stand behind a widget, by the widget's name; a picture has none. */
const COLLECTIONS: Readonly<Record<string, readonly string[]>> = {
  'alert-list': ['alerts'],
  'alert-focus': ['alerts'],
  ticker: ['alerts'],
  'feedback-list': ['feedback'],
  'overdue-board': ['handling-requests'],
  response: ['handling-requests'],
  countdown: ['handling-requests'],
  'red-units': ['cases'],
  'indicator-board': ['indicators'],
  'coverage-board': ['indicators'],
  'dossier-board': ['dossiers'],
  'document-list': ['documents'],
  'security-board': ['security-events'],
  'sensor-board': ['sensors'],
  'traffic-state': ['traffic'],
  'data-health': ['sources'],
  'wall-log': ['wall-log'],
  camera: ['cameras'],
  'camera-matrix': ['cameras'],
  'camera-strip': ['cameras'],
  conference: ['cameras'],
};
/** Layers of a map that are rows, each under the name of the setting that switches it off. */
const LAYERS = ['alerts', 'feedback', 'cameras', 'sensors', 'traffic'] as const;
const PLACED: ReadonlySet<string> = new Set(['alerts', 'feedback', 'cameras', 'sensors']);
/** Of how things stand now nobody keeps the past. */
const PRESENT_ONLY: ReadonlySet<string> = new Set(['sources']);
const BY_UNIT: ReadonlySet<string> = new Set(['alerts', 'feedback']);

/** One file a tile's data can leave in. */
export interface TileExport {
  collection: string;
  format: 'csv' | 'xlsx' | 'geojson';
  href: string;
}

function collectionsOf({ widget, settings = {} }: Pick<Tile, 'widget' | 'settings'>): readonly string[] {
  if (widget === 'map') return LAYERS.filter((layer) => settings[layer] !== false);
  return Object.hasOwn(COLLECTIONS, widget) ? COLLECTIONS[widget]! : [];
}

/** Files of what a tile shows, as of the moment shown when that is past; none for tiles without rows. Units: epoch ms. */
export function exportsOf(tile: Pick<Tile, 'widget' | 'settings'>, at: number | null): TileExport[] {
  const unit = tile.settings?.['unit'];
  return collectionsOf(tile).flatMap((collection) => {
    const formats: TileExport['format'][] = PLACED.has(collection) ? ['csv', 'xlsx', 'geojson'] : ['csv', 'xlsx'];
    return formats.map((format) => {
      const asked = new URLSearchParams();
      if (format === 'csv') asked.set('csv', 'vi');
      if (typeof unit === 'string' && BY_UNIT.has(collection)) asked.set('unit', unit);
      if (at !== null && !PRESENT_ONLY.has(collection)) asked.set('at', String(Math.floor(at)));
      return { collection, format, href: `/api/v1/export/${collection}.${format}${asked.size > 0 ? `?${asked.toString()}` : ''}` };
    });
  });
}
