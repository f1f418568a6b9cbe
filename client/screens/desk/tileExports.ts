/** Collections whose rows stand behind a widget, by the widget's name. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  map: 'alerts',
  'alert-list': 'alerts',
  'alert-focus': 'alerts',
  ticker: 'alerts',
  'feedback-list': 'feedback',
  'overdue-board': 'handling-requests',
  response: 'handling-requests',
  'red-units': 'cases',
  'indicator-board': 'indicators',
  'dossier-board': 'dossiers',
  'document-list': 'documents',
  'security-board': 'security-events',
  camera: 'cameras',
  'camera-matrix': 'cameras',
  'camera-strip': 'cameras',
};
const PLACED: ReadonlySet<string> = new Set(['alerts', 'feedback', 'cameras']);

/** One file a tile's data can leave in. */
export interface TileExport {
  format: 'csv' | 'xlsx' | 'geojson';
  href: string;
}

/** Files of what a tile shows, as of the moment shown when that is past; none for tiles without rows. Units: epoch ms. */
export function exportsOf(widget: string, at: number | null): TileExport[] {
  const collection = Object.hasOwn(COLLECTIONS, widget) ? COLLECTIONS[widget]! : undefined;
  if (collection === undefined) return [];
  const formats: TileExport['format'][] = PLACED.has(collection) ? ['csv', 'xlsx', 'geojson'] : ['csv', 'xlsx'];
  return formats.map((format) => ({ format, href: `/api/v1/export/${collection}.${format}${at === null ? '' : `?at=${Math.floor(at)}`}` }));
}
