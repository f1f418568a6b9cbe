import type { ItemResult } from '#contract/entry.ts';
import { faultOf, okay, refused, type Fault, type Outcome } from '#contract/faults.ts';
import type { IngestAnswer } from '#contract/http.ts';
import { TOPICS, type DoorTopic, type TopicName } from '#contract/topics.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { DoorPort, Source } from '../ports/door.ts';
import type { TelemetryPort } from '../ports/telemetry.ts';
import { bodyHash } from './canonical.ts';
import { createItemChecker, type DoorPlaces } from './checkItem.ts';
import type { DoorStore, DoorWitness, PassedItem } from './doorStore.ts';

/** What the door needs of the rest of the product. */
export interface DoorDeps {
  clock: Pick<Clock, 'now'>;
  units: { has(code: string): boolean };
  places: DoorPlaces;
  store: DoorStore;
  telemetry: Pick<TelemetryPort, 'take'>;
  witness: DoorWitness;
}

type TelemetryTopic = Parameters<TelemetryPort['take']>[1];
type Results = (ItemResult | undefined)[];

interface Place {
  index: number;
  passed: PassedItem;
}

/** Builds the one way in. */
export function createDoor({ clock, units, places, store, telemetry, witness }: DoorDeps): DoorPort {
  const checker = createItemChecker(units, places);

  const pass = (source: Source, topic: TopicName, items: readonly unknown[], results: Results, now: number) => {
    const passed: Place[] = [];
    let damaged = 0;
    for (const [index, sent] of items.entries()) {
      const { item, fault, isDamaged } = checker.check(topic, sent, now);
      if (isDamaged) damaged += 1;
      if (!item) {
        results[index] = rejected(keyOf(sent), fault);
        continue;
      }
      const ward = item.position ? places.wardAt(item.position) : null;
      const hash = isTelemetry(topic) ? '' : bodyHash(item);
      passed.push({ index, passed: { key: item.key, ref: item.ref ?? item.key, hash, ward, provenance: item.provenance ?? source.provenance, item } });
    }
    return { passed, damaged };
  };

  const takeLogged = async (source: Source, topic: DoorTopic, passed: Place[], results: Results, now: number): Promise<Outcome<void>> => {
    const seen = await dropUnknownCameras(passed, results);
    if (!seen.ok) return seen;
    const firsts = dropRepeats(seen.value, results);
    const taken = await store.take(source, topic, [...firsts.values()].map((place) => place.passed), now);
    if (!taken.ok) return taken;
    let next = 0;
    for (const { index, passed: { key } } of firsts.values()) results[index] = { key, ...taken.value[next++]! };
    for (const { index, passed: { key } } of passed) results[index] ??= repeatOf(results[firsts.get(key)!.index]!);
    return okay(undefined);
  };

  const dropUnknownCameras = async (passed: Place[], results: Results): Promise<Outcome<Place[]>> => {
    const keys = new Set(passed.map(cameraKeyOf).filter((key) => key !== undefined));
    if (keys.size === 0) return okay(passed);
    const known = await store.knownCameras([...keys]);
    if (!known.ok) return known;
    return okay(
      passed.filter((place) => {
        const key = cameraKeyOf(place);
        if (key === undefined || known.value.has(key)) return true;
        results[place.index] = rejected(place.passed.key, faultOf('INGEST_CAMERA', { pointer: '/cameraKey' }));
        return false;
      }),
    );
  };

  return {
    async ingest(source, topic, items) {
      if (source.topics && !source.topics.includes(topic)) return refused('INGEST_SCOPE');
      const now = clock.now();
      const results: Results = new Array(items.length);
      const { passed, damaged } = pass(source, topic, items, results, now);
      if (isTelemetry(topic)) {
        const taken = telemetry.take(source, topic, passed.map((place) => place.passed.item));
        for (const [next, { index }] of passed.entries()) results[index] = taken[next];
      } else if (passed.length > 0) {
        const taken = await takeLogged(source, topic, passed, results, now);
        if (!taken.ok) return taken;
      }
      const whole = results as ItemResult[];
      witness.note(source, {
        topic, at: now, damaged,
        accepted: whole.filter(({ status }) => status === 'accepted').length,
        duplicates: whole.filter(({ status }) => status === 'duplicate').length,
        faults: whole.flatMap(({ fault }) => (fault ? [fault as Fault] : [])),
      });
      return okay<IngestAnswer>({ results: whole });
    },
  };
}

const isTelemetry = (topic: TopicName): topic is TelemetryTopic => TOPICS[topic].delivery === 'telemetry';
const rejected = (key: string, fault: Fault): ItemResult => ({ key, status: 'rejected', fault });
const cameraKeyOf = ({ passed }: Place) => (passed.item as { cameraKey?: string }).cameraKey;

function keyOf(sent: unknown): string {
  const key = typeof sent === 'object' && sent !== null ? (sent as { key?: unknown }).key : undefined;
  return typeof key === 'string' ? key.slice(0, 200) : '';
}

/** Keeps the first of each key; a later one with another body is a conflict inside the batch. */
function dropRepeats(passed: readonly Place[], results: Results): Map<string, Place> {
  const firsts = new Map<string, Place>();
  for (const place of passed) {
    const first = firsts.get(place.passed.key);
    if (!first) firsts.set(place.passed.key, place);
    else if (first.passed.hash !== place.passed.hash) {
      results[place.index] = { key: place.passed.key, status: 'conflict', fault: faultOf('INGEST_DUPLICATE_IN_BATCH', { pointer: '/key' }) };
    }
  }
  return firsts;
}

const repeatOf = (first: ItemResult): ItemResult => (first.status === 'accepted' ? { ...first, status: 'duplicate' } : first);
