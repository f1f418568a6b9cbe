import type { Provenance } from '#contract/base.ts';
import type { ItemResult } from '#contract/entry.ts';
import { faultOf, type Fault } from '#contract/faults.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { SensorBounds, SensorItem, SensorState, TrafficItem, VehicleItem } from '#contract/topics/telemetry.ts';
import type { Source } from '../../domain/ports/door.ts';
import type { TelemetryName, TelemetryPort } from '../../domain/ports/telemetry.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { createFleet } from './fleet.ts';
import { createTelemetryHistory, type Keyframe } from './history.ts';
import { createSensors } from './sensors.ts';
import { createStreets, type Segment } from './streets.ts';

const FRAME_MS = 100;
const SENSOR_MS = 1000;
const SWEEP_MS = 1000;
const HISTORY_MS = 10_000;
const FORGET_MS = 600_000;
const LAYERS = ['vehicle', 'traffic'] as const satisfies readonly FrameLayer[];

/** Calls `work` again and again until it is told to stop. */
export type Every = (ms: number, work: () => void) => () => void;

export interface TelemetryDeps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  segments: readonly Segment[];
  log: Log;
  /** What is unusual for a kind of reading, as the services say now. */
  boundsOf?: ((kind: string) => SensorBounds | undefined) | undefined;
  /** Whether this server writes the key frames down; of several only one does. */
  isOnDuty?: () => boolean;
  every?: Every;
}

const everyInterval: Every = (ms, work) => {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
};

/** Opens the telemetry of this node: sensors as they were last known, vehicles and speeds empty until they are heard of. */
export async function createTelemetry({ engine, clock, segments, log, boundsOf, isOnDuty = () => true, every = everyInterval }: TelemetryDeps): Promise<TelemetryPort & Closable & { close(): Promise<void> }> {
  const history = createTelemetryHistory(engine, log);
  const fleet = createFleet();
  const streets = createStreets(segments);
  let changed = new Map<string, SensorState>();
  const sensors = createSensors((state) => changed.set(state.ref, state), boundsOf);
  sensors.restore(await history.lastSensors());
  const columns = { vehicle: fleet.columns, traffic: streets.columns };
  const frameListeners = new Set<(layer: FrameLayer, bytes: Uint8Array, isKey: boolean) => void>();
  const sensorListeners = new Set<(changed: SensorState[]) => void>();
  let stopFrames: (() => void) | undefined;
  let stopSensors: (() => void) | undefined;

  const settle = () => {
    for (const layer of LAYERS) columns[layer].settle();
    fleet.freeSlots();
  };
  const pulse = () => {
    const at = clock.now();
    for (const layer of LAYERS) {
      const bytes = columns[layer].delta(at);
      if (bytes) for (const listener of frameListeners) listener(layer, bytes, false);
    }
    fleet.freeSlots();
  };
  const tellSensors = () => {
    if (changed.size === 0) return;
    const news = [...changed.values()];
    changed = new Map();
    for (const listener of sensorListeners) listener(news);
  };
  const sweep = () => {
    const now = clock.now();
    fleet.sweep(now);
    streets.sweep(now);
    if (!stopFrames) settle();
  };
  const writeHistory = () => {
    const at = clock.now();
    const layers = isOnDuty() ? LAYERS.filter((layer) => columns[layer].count() > 0) : [];
    const lists = { vehicle: fleet.list, traffic: streets.list };
    return history.write(at, layers.map((layer): Keyframe => ({ layer, provenance: mixOf(lists[layer]()), bytes: columns[layer].still(at) })));
  };
  const forget = () => void history.forget(clock.now()).catch((error: unknown) => log.warn({ error: String(error) }, 'old telemetry could not be removed'));
  const stops = [every(SWEEP_MS, sweep), every(HISTORY_MS, () => void writeHistory()), every(FORGET_MS, forget)];

  const takers = new Set<(source: Source, topic: TelemetryName, items: readonly unknown[]) => void>();
  const enders = new Set<(run: string) => void>();
  const takeOne = (source: Source, topic: TelemetryName, sent: unknown, isHeard = false): 'accepted' | 'duplicate' | 'late' | Fault => {
    const { provenance = source.provenance } = sent as { provenance?: Provenance };
    if (topic === 'vehicle') {
      const taken = fleet.take(source, sent as VehicleItem, provenance, clock.now());
      return taken === 'full' ? faultOf('RATE_LIMITED') : taken;
    }
    if (topic === 'traffic') {
      const item = sent as TrafficItem;
      const taken = streets.take(item, provenance, clock.now());
      if (taken === 'unknown') return faultOf('INGEST_SEGMENT', { pointer: '/segment' });
      if (taken === 'accepted' && !isHeard) history.add('traffic', item.segment, item.at, item.speedKmh, provenance);
      return taken;
    }
    const item = sent as SensorItem;
    const taken = sensors.take(item, provenance, source.rehearsal);
    if (taken !== 'accepted' || source.rehearsal !== undefined || isHeard) return taken;
    const ref = item.ref ?? item.key;
    history.add('sensor', ref, item.at, item.value, provenance);
    history.keepSensor(source.id, changed.get(ref)!);
    return taken;
  };

  return {
    take(source, topic, items) {
      const results = items.map((sent): ItemResult => {
        const { key } = sent as { key: string };
        const taken = takeOne(source, topic, sent);
        if (typeof taken === 'object') return { key, status: 'rejected', fault: taken };
        return { key, status: taken === 'duplicate' ? 'duplicate' : 'accepted' };
      });
      if (takers.size > 0) for (const tell of takers) tell(source, topic, items.filter((_, n) => results[n]!.status === 'accepted'));
      return results;
    },
    hear(source, topic, items) {
      for (const sent of items) takeOne(source, topic, sent, true);
    },
    onTaken: (listener) => void takers.add(listener),
    onRehearsalOver: (listener) => void enders.add(listener),
    vehicles: fleet.list,
    traffic: streets.list,
    sensors: sensors.list,
    forgetRehearsal(run, isHeard = false) {
      if (!isHeard) for (const tell of enders) tell(run);
      return { sensor: sensors.forget(run), vehicle: fleet.forget(run) };
    },
    keyFrame(layer) {
      if (!stopFrames) settle();
      return columns[layer].keyFrame(clock.now());
    },
    followFrames(listener) {
      if (frameListeners.size === 0) {
        settle();
        stopFrames = every(FRAME_MS, pulse);
      }
      frameListeners.add(listener);
      return () => {
        frameListeners.delete(listener);
        if (frameListeners.size > 0) return;
        stopFrames?.();
        stopFrames = undefined;
      };
    },
    followSensors(listener) {
      if (sensorListeners.size === 0) {
        changed = new Map();
        stopSensors = every(SENSOR_MS, tellSensors);
      }
      sensorListeners.add(listener);
      return () => {
        sensorListeners.delete(listener);
        if (sensorListeners.size > 0) return;
        stopSensors?.();
        stopSensors = undefined;
      };
    },
    async close() {
      for (const stop of [...stops, stopFrames, stopSensors]) stop?.();
      await history.settled();
      await writeHistory();
    },
  };
}

function mixOf(states: readonly { provenance: Provenance }[]): Provenance | 'mixed' {
  const all = new Set(states.map(({ provenance }) => provenance));
  return all.size === 1 ? [...all][0]! : 'mixed';
}
