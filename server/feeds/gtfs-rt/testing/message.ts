import { readFileSync } from 'node:fs';
import bindings from 'gtfs-realtime-bindings';

const { FeedMessage } = bindings.transit_realtime;

/** A fixture as the bytes a source sends. */
export function messageOf(name: 'good' | 'bad' | 'none'): Uint8Array {
  const none = { header: { gtfsRealtimeVersion: '2.0', timestamp: 1795139400 }, entity: [] };
  const plain = name === 'none' ? none : (JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as object);
  return FeedMessage.encode(FeedMessage.fromObject(plain)).finish();
}
