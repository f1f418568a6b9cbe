import bindings from 'gtfs-realtime-bindings';
import type { AlertItem } from '#contract/topics/alert.ts';
import type { VehicleItem } from '#contract/topics/telemetry.ts';

const { FeedMessage, Alert } = bindings.transit_realtime;
const KMH = 3.6;

/** An entity that can not be an item, and why. */
export interface RefusedEntity {
  id: string;
  code: 'GTFS_PLACE' | 'GTFS_TIME' | 'GTFS_TITLE' | 'GTFS_EMPTY';
}

/** What one answer of the source holds. */
export interface ReadFeed {
  vehicles: VehicleItem[];
  alerts: AlertItem[];
  refused: RefusedEntity[];
}

type Kind = AlertItem['kind'];
const { Cause, Effect } = Alert;
const KINDS = new Map<number, Kind>([
  [Cause.ACCIDENT, 'accident'], [Cause.CONSTRUCTION, 'infrastructure'], [Cause.MAINTENANCE, 'infrastructure'], [Cause.TECHNICAL_PROBLEM, 'infrastructure'],
  [Cause.DEMONSTRATION, 'crowd'], [Cause.STRIKE, 'crowd'], [Cause.HOLIDAY, 'crowd'], [Cause.POLICE_ACTIVITY, 'public-order'], [Cause.WEATHER, 'flood'],
]);
const GRAVE: ReadonlySet<number> = new Set([Effect.NO_SERVICE, Effect.DETOUR]);

/**
 * Reads a GTFS-realtime FeedMessage: positions of buses and service alerts; trip updates are left out.
 * Source: gtfs-realtime.proto 2.0. Units: the source gives metres per second and seconds.
 * Fails: an entity that can not be read is named, the others enter; bytes that are no message give undefined.
 */
export function parseFeed(bytes: Uint8Array, now: number): ReadFeed | undefined {
  let message: ReturnType<typeof FeedMessage.decode>;
  try {
    message = FeedMessage.decode(bytes);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
  const read: ReadFeed = { vehicles: [], alerts: [], refused: [] };
  const headerAt = Number(message.header.timestamp ?? 0) * 1000 || now;
  for (const { id, vehicle, alert, tripUpdate, isDeleted } of message.entity) {
    if (isDeleted || tripUpdate) continue;
    const item = vehicle ? vehicleOf(id, vehicle, headerAt) : alert ? alertOf(id, alert, headerAt) : ('GTFS_EMPTY' as const);
    if (typeof item === 'string') read.refused.push({ id, code: item });
    else if ('headingDeg' in item) read.vehicles.push(item);
    else read.alerts.push(item);
  }
  return read;
}

type Message = ReturnType<typeof FeedMessage.decode>['entity'][number];

function vehicleOf(id: string, { position, vehicle, timestamp }: NonNullable<Message['vehicle']>, headerAt: number): VehicleItem | RefusedEntity['code'] {
  const [lon, lat] = [position?.longitude, position?.latitude];
  if (!Number.isFinite(lon) || !Number.isFinite(lat) || (lon === 0 && lat === 0)) return 'GTFS_PLACE';
  const at = Number(timestamp ?? 0) * 1000 || headerAt;
  if (!Number.isSafeInteger(at) || at <= 0) return 'GTFS_TIME';
  const ref = `bus-${vehicle?.id || id}`;
  const headingDeg = ((position?.bearing ?? 0) % 360 + 360) % 360;
  return { key: `${ref}@${at}`, ref, at, position: [lon!, lat!], speedKmh: Math.min(400, Math.max(0, (position?.speed ?? 0) * KMH)), headingDeg, kind: 'bus' };
}

function alertOf(id: string, { headerText, descriptionText, cause, effect, activePeriod }: NonNullable<Message['alert']>, headerAt: number): AlertItem | RefusedEntity['code'] {
  const title = wordsOf(headerText);
  if (title === '') return 'GTFS_TITLE';
  const text = wordsOf(descriptionText);
  const at = Number(activePeriod?.[0]?.start ?? 0) * 1000 || headerAt;
  const ref = `transit-${id}`;
  return {
    key: `${ref}@${at}`, ref, at: Math.min(at, headerAt), kind: KINDS.get(cause ?? 0) ?? 'congestion', level: GRAVE.has(effect ?? 0) ? 3 : 4, title: title.slice(0, 300),
    ...(text === '' ? {} : { text: text.slice(0, 4000) }),
  };
}

/** The Vietnamese words of a text, else its first. */
function wordsOf(text: NonNullable<Message['alert']>['headerText']): string {
  const all = text?.translation ?? [];
  return (all.find(({ language }) => language === 'vi') ?? all[0])?.text?.trim() ?? '';
}
