/** A floor of the house. Files may import from their own folder's floor rules downwards only. */
export interface Floor {
  prefix: string;
  level: number;
  /** Sub-folders are islands: they never import each other. */
  hasIslands?: boolean;
}

export const SERVER_FLOORS: Floor[] = [
  { prefix: 'server/contract/', level: 0 },
  { prefix: 'layouts/', level: 0 },
  { prefix: 'geo/', level: 0 },
  { prefix: 'server/kernel/', level: 1 },
  { prefix: 'server/domain/', level: 2 },
  { prefix: 'server/store/', level: 3 },
  { prefix: 'server/media/', level: 3 },
  { prefix: 'server/services/', level: 3, hasIslands: true },
  { prefix: 'server/feeds/', level: 3, hasIslands: true },
  { prefix: 'server/reports/', level: 3 },
  { prefix: 'server/http/', level: 4 },
  { prefix: 'server/live/', level: 4 },
  { prefix: 'server/', level: 5 },
];

export const CLIENT_FLOORS: Floor[] = [
  { prefix: 'server/contract/', level: 0 },
  { prefix: 'layouts/', level: 0 },
  { prefix: 'geo/', level: 0 },
  { prefix: 'client/ui/', level: 1 },
  { prefix: 'client/map/', level: 2 },
  { prefix: 'client/live/', level: 2 },
  { prefix: 'client/video/', level: 2 },
  { prefix: 'client/widgets/', level: 3, hasIslands: true },
  { prefix: 'client/wall/', level: 4 },
  { prefix: 'client/screens/', level: 5, hasIslands: true },
  { prefix: 'client/', level: 6 },
];

/** Libraries that one folder alone may import. */
export const OWNED_LIBRARIES: { library: RegExp; owners: string[] }[] = [
  { library: /^(fastify|@fastify\/.+)$/, owners: ['server/http/'] },
  { library: /^(socket\.io(-adapter)?|@socket\.io\/redis-adapter|ioredis)$/, owners: ['server/live/'] },
  { library: /^(pg|kysely|node-pg-migrate|@electric-sql\/.+)$/, owners: ['server/store/'] },
  { library: /^(maplibre-gl|@deck\.gl\/.+)(\/.*)?$/, owners: ['client/map/'] },
  { library: /^socket\.io-client$/, owners: ['client/live/'] },
  { library: /^hls\.js(\/.*)?$/, owners: ['client/video/'] },
];

export const REFUSED_NAMES = /^(utils?|helpers?|common|manager|data|info|misc)(\.|$)/i;

/** Floors a file is judged by, or undefined for the rest (tests, configuration). */
export function floorsFor(path: string): Floor[] | undefined {
  if (path.startsWith('client/')) return CLIENT_FLOORS;
  if (path.startsWith('server/') || path.startsWith('layouts/') || path.startsWith('geo/')) return SERVER_FLOORS;
  return undefined;
}

/** The most exact floor of a path. */
export function floorOf(floors: Floor[], path: string): Floor | undefined {
  return floors.filter((floor) => path.startsWith(floor.prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** Name of the island a path stands on. */
export function islandOf(floor: Floor, path: string): string {
  return path.slice(floor.prefix.length).split('/')[0]!;
}
