import { faultOf, refused, type Fault } from '#contract/faults.ts';
import type { ItemResult } from '#contract/entry.ts';
import type { TopicName } from '#contract/topics.ts';
import { bodyHash } from '../../domain/door/canonical.ts';
import { createItemChecker, type AnyItem } from '../../domain/door/checkItem.ts';
import type { FeedDeps } from '../../domain/ports/feeds.ts';
import { isInVietnam } from '../../../geo/inside.ts';
import { loadGeo } from '../../../geo/readData.ts';
import sample from '../../start/sampleAgencies.json' with { type: 'json' };

/** The door's own checks and its idempotency, without a store. */
export interface TestDoor {
  isOpen: boolean;
  send: FeedDeps['send'];
  accepted: { topic: TopicName; item: AnyItem & Record<string, unknown> }[];
  duplicates: number;
  faults: { topic: TopicName; fault: Fault }[];
}

export function createTestDoor(now: () => number): TestDoor {
  const geo = loadGeo();
  const codes = new Set([...geo.units().map(({ code }) => code), ...sample.agencies.map(({ code }) => code)]);
  const segments = new Set(geo.roads().segments.map(({ id }) => id));
  const checker = createItemChecker(codes, { isInVietnam, wardAt: () => null, hasSegment: (id) => segments.has(id) });
  const known = new Map<string, string>();
  const cameras = new Set<string>();

  const take = (topic: TopicName, sent: object): ItemResult => {
    const { item, fault } = checker.check(topic, sent, now());
    const key = String((sent as { key?: unknown }).key);
    const refuse = (status: 'rejected' | 'conflict', reason: Fault): ItemResult => {
      door.faults.push({ topic, fault: reason });
      return { key, status, fault: reason };
    };
    if (!item) return refuse('rejected', fault);
    const { cameraKey } = item as { cameraKey?: string };
    if (cameraKey !== undefined && !cameras.has(cameraKey)) return refuse('rejected', faultOf('INGEST_CAMERA', { pointer: '/cameraKey' }));
    const name = `${topic}\n${item.key}`;
    const before = known.get(name);
    const hash = bodyHash(item);
    if (before === hash) door.duplicates += 1;
    if (before !== undefined) return before === hash ? { key, status: 'duplicate' } : refuse('conflict', faultOf('INGEST_CONFLICT', { pointer: '/key' }));
    known.set(name, hash);
    if (topic === 'camera') cameras.add(item.ref ?? item.key);
    door.accepted.push({ topic, item: item as TestDoor['accepted'][number]['item'] });
    return { key, status: 'accepted' };
  };
  const door: TestDoor = {
    isOpen: true,
    accepted: [],
    duplicates: 0,
    faults: [],
    send: async (topic, items) => (door.isOpen ? { ok: true, value: { results: items.map((item) => take(topic, item)) } } : refused('STORE_UNAVAILABLE')),
  };
  return door;
}
