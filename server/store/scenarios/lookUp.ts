import type { Need } from '#contract/scenario.ts';
import type { CameraSearchPort, CollectionPort, ListQuery } from '../../domain/ports/collections.ts';
import type { TelemetryPort } from '../../domain/ports/telemetry.ts';
import { wholeScope } from '../../domain/scope.ts';
import { readCameraIds } from './cameraIds.ts';

const NEAR_MOST = 50;
const PAGE = 200;

/** Where data is looked up. */
export interface LookUpDeps {
  collections: Pick<CollectionPort, 'list'>;
  cameraSearch: Pick<CameraSearchPort, 'near' | 'seeing'>;
  telemetry: Pick<TelemetryPort, 'vehicles'>;
  hasUnit: (code: string) => boolean;
}

/** How much there is, and the newest of it where that has a meaning. Units: epoch ms. */
export interface Found {
  count: number;
  newestAt: number | undefined;
}

/** What a need asks for, without its words and how much of it is enough. */
export type Asked = Pick<Need, 'what' | 'near' | 'withinM' | 'refs' | 'codes' | 'kinds'>;

/** A row of any list, as far as looking up needs it. */
export type Item = { id: string; ref?: string; kind?: string; at?: number; updatedAt?: number; receivedAt?: number; position?: [number, number] | null };

const timeOf = ({ at, updatedAt, receivedAt }: Item): number => updatedAt ?? at ?? receivedAt ?? 0;
const found = (items: readonly unknown[]): Found => ({ count: items.length, newestAt: items.length > 0 ? Math.max(...items.map((item) => timeOf(item as Item))) : undefined });
const scope = wholeScope('scenario');

/** Reads the first rows of a list; none when it can not be read. */
async function listed(collections: LookUpDeps['collections'], name: string, query: Partial<ListQuery>): Promise<Item[]> {
  const page = await collections.list(name, { limit: PAGE, ...query }, scope);
  return page.ok ? (page.value.items as Item[]) : [];
}

/** Counts the data a scenario asks for. */
export function createLookUp({ collections, cameraSearch, telemetry, hasUnit }: LookUpDeps): (asked: Asked) => Promise<Found> {
  const camerasNear = async (position: [number, number], withinM: number): Promise<number> => {
    const near = await cameraSearch.near(position, NEAR_MOST, scope);
    return near.ok ? near.value.filter(({ distanceM }) => distanceM <= withinM).length : 0;
  };
  return async ({ what, near, withinM = 1000, refs, codes, kinds }) => {
    if (what === 'units') return { count: (codes ?? []).filter(hasUnit).length, newestAt: undefined };
    if (what === 'vehicles') return found(telemetry.vehicles());
    if (what === 'cameras' && near && !refs) return { count: await camerasNear(near, withinM), newestAt: undefined };
    if (what === 'indicators' && codes) return found((await Promise.all(codes.map((kind) => listed(collections, 'indicators', { kind, limit: 1 })))).flat());
    if (what === 'cameras' && refs) {
      const ids = await readCameraIds(collections);
      return { count: refs.filter((ref) => ids?.has(ref)).length, newestAt: undefined };
    }
    const items = await listed(collections, what, {});
    const chosen = items.filter((item) => (!refs || refs.includes(item.ref ?? '')) && (!kinds || kinds.includes(item.kind ?? '')));
    return what === 'cameras' ? { count: chosen.length, newestAt: undefined } : found(chosen);
  };
}
