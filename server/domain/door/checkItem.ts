import { Compile, type Validator } from 'typebox/compile';
import type { Provenance } from '#contract/base.ts';
import { faultOf, type Fault } from '#contract/faults.ts';
import type { Area } from '#contract/topics/alert.ts';
import { TOPICS, type TopicName } from '#contract/topics.ts';
import { areaFlaw } from './area.ts';
import { cleanItem } from './cleanText.ts';

const FUTURE_MS = 5 * 60_000;
const OLDEST_AT = Date.UTC(2000, 0, 1);

/** What the door must know of the country, its units and its indicators. */
export interface DoorPlaces {
  isInVietnam(position: readonly number[]): boolean;
  /** Code of the ward, commune or special zone at a position. */
  wardAt(position: readonly number[]): string | null;
  /** Whether the map has this road segment; absent when any id is taken. */
  hasSegment?: ((segment: string) => boolean) | undefined;
  /** Whether an indicator is a percentage of a whole. */
  isOfWhole?: ((indicator: string) => boolean) | undefined;
}

/** What every item carries, whatever its topic. */
export interface AnyItem {
  key: string;
  ref?: string;
  at: number;
  provenance?: Provenance;
  unit?: string;
  position?: [number, number];
}

/** Outcome of the checks on one item. */
export type Checked = { isDamaged: boolean; item: AnyItem; fault?: undefined } | { isDamaged: boolean; fault: Fault; item?: undefined };

/** Checks items of every topic: form first, then time, unit, place and what each topic refers to. */
export interface ItemChecker {
  check(topic: TopicName, item: unknown, now: number): Checked;
}

/** Fails per item: INGEST_ITEM, INGEST_FUTURE, INGEST_TOO_OLD, INGEST_UNIT, INGEST_POSITION, INGEST_AREA, INGEST_SEGMENT, INGEST_WHOLE. */
export function createItemChecker(units: { has(code: string): boolean }, places: DoorPlaces): ItemChecker {
  const validators = new Map<TopicName, Validator>();
  const validatorOf = (topic: TopicName): Validator => {
    const known = validators.get(topic) ?? Compile(TOPICS[topic].item);
    validators.set(topic, known);
    return known;
  };

  const sense = (topic: TopicName, item: AnyItem & { area?: Area; segment?: string; code?: string; value?: number }, now: number): Fault | undefined => {
    if (item.at > now + FUTURE_MS) return faultOf('INGEST_FUTURE', { pointer: '/at' });
    if (item.at < OLDEST_AT) return faultOf('INGEST_TOO_OLD', { pointer: '/at' });
    if (item.unit !== undefined && !units.has(item.unit)) return faultOf('INGEST_UNIT', { pointer: '/unit' });
    if (item.position && !places.isInVietnam(item.position)) return faultOf('INGEST_POSITION', { pointer: '/position' });
    const flaw = item.area && areaFlaw(item.area, places.isInVietnam);
    if (flaw) return faultOf('INGEST_AREA', { pointer: `/area${flaw.pointer}`, detail: flaw.detail });
    if (item.segment !== undefined && places.hasSegment && !places.hasSegment(item.segment)) return faultOf('INGEST_SEGMENT', { pointer: '/segment' });
    if (topic === 'indicator' && item.value !== undefined && (item.value < 0 || item.value > 100) && places.isOfWhole?.(item.code!)) return faultOf('INGEST_WHOLE', { pointer: '/value' });
    return undefined;
  };

  return {
    check(topic, sent, now) {
      const { value, isDamaged } = cleanItem(sent);
      const validator = validatorOf(topic);
      if (!validator.Check(value)) return { isDamaged, fault: formFault(validator, value) };
      const item = value as AnyItem;
      const fault = sense(topic, item, now);
      return fault ? { isDamaged, fault } : { isDamaged, item };
    },
  };
}

function formFault(validator: Validator, value: unknown): Fault {
  const errors = validator.Errors(value);
  const deepest = errors.reduce((best, error) => (depthOf(error.instancePath) > depthOf(best.instancePath) ? error : best), errors[0]!);
  const { instancePath, keyword, params, message } = deepest;
  const missing = keyword === 'required' ? (params as { requiredProperties?: string[] }).requiredProperties?.[0] : undefined;
  const code = instancePath.startsWith('/position/') ? 'INGEST_POSITION' : 'INGEST_ITEM';
  return faultOf(code, { pointer: missing ? `${instancePath}/${missing}` : instancePath, detail: message });
}

const depthOf = (pointer: string) => pointer.split('/').length;
