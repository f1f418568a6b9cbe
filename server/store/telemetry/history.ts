import type { Provenance } from '#contract/base.ts';
import type { FrameLayer } from '#contract/frame.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { createPartitions } from './partitions.ts';

const BUCKET_MS = 5 * 60_000;

/** A whole layer at a moment. */
export interface Keyframe {
  layer: FrameLayer;
  provenance: Provenance | 'mixed';
  bytes: Uint8Array;
}

interface RollUp {
  bucketAt: number;
  name: string;
  provenance: Provenance;
  n: number;
  sum: number;
  low: number;
  high: number;
  last: number;
}

export type RolledTopic = 'sensor' | 'traffic';

/** Writes telemetry down in batches, apart from the door: a slow store drops keyframes, never reports. */
export interface TelemetryHistory {
  add(topic: RolledTopic, name: string, at: number, value: number, provenance: Provenance): void;
  keepSensor(source: string, state: SensorState): void;
  /** Writes what gathered. Resolves at once when the last write still runs. */
  write(now: number, keyframes: readonly Keyframe[]): Promise<void>;
  /** Resolves when no write runs. */
  settled(): Promise<void>;
  /** Opens partitions ahead and removes those past their keeping. */
  forget(now: number): Promise<void>;
  lastSensors(): Promise<SensorState[]>;
}

const NAME_COLUMNS = { sensor: 'ref', traffic: 'segment' } as const;

const rollUpSql = (topic: RolledTopic) => `
  insert into ${topic}_history as t (bucket_at, ${NAME_COLUMNS[topic]}, provenance, n, sum, low, high, last)
  select "bucketAt", name, provenance, n, sum, low, high, last from json_to_recordset($1::json)
    as r("bucketAt" bigint, name text, provenance text, n integer, sum double precision, low double precision, high double precision, last double precision)
  on conflict (bucket_at, ${NAME_COLUMNS[topic]}) do update set provenance = excluded.provenance, n = t.n + excluded.n, sum = t.sum + excluded.sum,
    low = least(t.low, excluded.low), high = greatest(t.high, excluded.high), last = excluded.last`;
const SENSOR_SQL = `
  insert into sensor as t (ref, source, unit, provenance, at, state)
  select ref, source, unit, provenance, at, state
  from json_to_recordset($1::json) as r(ref text, source text, unit text, provenance text, at bigint, state jsonb)
  on conflict (ref) do update set source = excluded.source, unit = excluded.unit, provenance = excluded.provenance, at = excluded.at, state = excluded.state
  where excluded.at >= t.at`;
const KEYFRAME_SQL = `
  insert into telemetry_keyframe (at, layer, provenance, frame)
  select $1, layer, provenance, decode(frame, 'base64') from json_to_recordset($2::json) as r(layer text, provenance text, frame text)
  on conflict (at, layer) do nothing`;

export function createTelemetryHistory(engine: Engine, log: Log): TelemetryHistory {
  let rollUps: Record<RolledTopic, Map<string, RollUp>> = { sensor: new Map(), traffic: new Map() };
  let sensors = new Map<string, object>();
  let writing: Promise<void> | undefined;
  const partitions = createPartitions(engine);
  const tableOf = (topic: RolledTopic) => `${topic}_history` as const;

  /** Roll-ups that are kept, with room made for them. */
  const settleIn = async (topic: RolledTopic, rolled: ReadonlyMap<string, RollUp>, now: number): Promise<RollUp[]> => {
    const kept = [...rolled.values()].filter(({ bucketAt }) => partitions.isKept(tableOf(topic), bucketAt, now));
    await partitions.open(tableOf(topic), kept.map(({ bucketAt }) => bucketAt));
    return kept;
  };

  const writeOnce = async (now: number, keyframes: readonly Keyframe[]) => {
    const [rolled, latest] = [rollUps, sensors];
    rollUps = { sensor: new Map(), traffic: new Map() };
    sensors = new Map();
    try {
      const kept = { sensor: await settleIn('sensor', rolled.sensor, now), traffic: await settleIn('traffic', rolled.traffic, now) };
      if (keyframes.length > 0) await partitions.open('telemetry_keyframe', [now]);
      await engine.tx(async (tx) => {
        for (const topic of ['sensor', 'traffic'] as const) {
          if (kept[topic].length > 0) await tx.query(rollUpSql(topic), [JSON.stringify(kept[topic])]);
        }
        if (latest.size > 0) await tx.query(SENSOR_SQL, [JSON.stringify([...latest.values()])]);
        const frames = keyframes.map(({ layer, provenance, bytes }) => ({ layer, provenance, frame: Buffer.from(bytes).toString('base64') }));
        if (frames.length > 0) await tx.query(KEYFRAME_SQL, [now, JSON.stringify(frames)]);
      });
    } catch (error) {
      partitions.doubt();
      log.warn({ error: String(error) }, 'a batch of telemetry history was lost');
    }
  };

  return {
    add(topic, name, at, value, provenance) {
      const bucketAt = Math.floor(at / BUCKET_MS) * BUCKET_MS;
      const key = `${bucketAt} ${name}`;
      const known = rollUps[topic].get(key);
      if (!known) {
        rollUps[topic].set(key, { bucketAt, name, provenance, n: 1, sum: value, low: value, high: value, last: value });
        return;
      }
      known.n += 1;
      known.sum += value;
      known.low = Math.min(known.low, value);
      known.high = Math.max(known.high, value);
      known.last = value;
    },
    keepSensor: (source, state) => void sensors.set(state.ref, { source, ref: state.ref, unit: state.unit, provenance: state.provenance, at: state.at, state }),
    async write(now, keyframes) {
      if (writing) return;
      writing = writeOnce(now, keyframes);
      await writing;
      writing = undefined;
    },
    settled: async () => writing,
    async forget(now) {
      const gone = await partitions.turn(now);
      if (gone.length > 0) log.info({ gone }, 'telemetry past its keeping was removed');
    },
    async lastSensors() {
      return (await engine.query<{ state: SensorState }>('select state from sensor')).map(({ state }) => state);
    },
  };
}
