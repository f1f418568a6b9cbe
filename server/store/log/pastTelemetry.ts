import type { Provenance } from '#contract/base.ts';
import { decodeFrame, POSITION_STEPS, type FrameLayer } from '#contract/frame.ts';
import type { PastFrame } from '#contract/replay.ts';
import type { SensorState, TrafficState } from '#contract/topics/telemetry.ts';
import type { PastVehicle } from '../../domain/ports/past.ts';
import type { Queryable } from '../engine/engine.ts';
import { createStreets, type Segment } from '../telemetry/streets.ts';

const BUCKET_MS = 5 * 60_000;
/** A keyframe older than this says nothing of a moment. Units: ms. */
const KEYFRAME_REACH_MS = 60_000;
/** A sensor that was silent longer than this is not shown. Units: ms. */
const SENSOR_REACH_MS = 2 * 3_600_000;
const FRAMES_MOST = 40;
const FULL_TURN = 256;

interface FrameRow {
  at: number;
  layer: FrameLayer;
  provenance: PastFrame['provenance'];
  bytes: string;
}

const toFrame = (row: FrameRow): PastFrame => ({ ...row, grain: 'keyframe' });
const FRAME = `at, layer, provenance, translate(encode(frame, 'base64'), chr(10), '') as bytes`;

/** Moving things, speeds and sensors as they were: keyframes of ten seconds where they are kept, roll-ups of five minutes before that. */
export function createPastTelemetry(segments: readonly Segment[]) {
  const segmentOf = new Map(segments.map((segment) => [segment.feature, segment]));

  /** Speeds of the last whole five minutes before a moment. */
  const rolledTraffic = (db: Queryable, at: number) =>
    db.query<{ segment: string; provenance: Provenance; speedKmh: number; bucketAt: number }>(
      `select segment, provenance, last as "speedKmh", bucket_at as "bucketAt" from traffic_history where bucket_at = $1`,
      [Math.floor(at / BUCKET_MS) * BUCKET_MS - BUCKET_MS],
    );
  const rolledFrame = async (db: Queryable, at: number): Promise<PastFrame[]> => {
    const rows = await rolledTraffic(db, at);
    if (rows.length === 0) return [];
    const streets = createStreets(segments);
    for (const { segment, speedKmh, provenance } of rows) streets.take({ key: segment, segment, speedKmh, at }, provenance, at);
    const kinds = new Set(rows.map(({ provenance }) => provenance));
    return [{ layer: 'traffic', at: rows[0]!.bucketAt + BUCKET_MS, provenance: kinds.size === 1 ? rows[0]!.provenance : 'mixed', grain: 'five-minutes', bytes: Buffer.from(streets.columns.still(at)).toString('base64') }];
  };
  const lastKeyframes = async (db: Queryable, at: number): Promise<PastFrame[]> => {
    const rows = await db.query<FrameRow>(
      `select ${FRAME} from (select distinct on (layer) * from telemetry_keyframe where at <= $1 and at > $2 order by layer, at desc) k`,
      [at, at - KEYFRAME_REACH_MS],
    );
    return rows.map(toFrame);
  };
  const at = async (db: Queryable, moment: number): Promise<PastFrame[]> => {
    const frames = await lastKeyframes(db, moment);
    return frames.some(({ layer }) => layer === 'traffic') ? frames : [...frames, ...(await rolledFrame(db, moment))];
  };

  return {
    at,
    /** Keyframes between two moments, thinned evenly when there are too many. */
    async between(db: Queryable, from: number, until: number): Promise<PastFrame[]> {
      const rows = await db.query<FrameRow>(
        `select ${FRAME} from (
           select *, row_number() over (partition by layer order by at desc) as nth, count(*) over (partition by layer) as n
           from telemetry_keyframe where at > $1 and at <= $2
         ) k where (nth - 1) % greatest(1, ceil(n / ${FRAMES_MOST}.0)::int) = 0 order by at`,
        [from, until],
      );
      return rows.map(toFrame);
    },
    async sensors(db: Queryable, moment: number): Promise<SensorState[]> {
      const rows = await db.query<{ state: SensorState; value: number; bucketAt: number; provenance: Provenance }>(
        `select s.state, h.last as value, h.bucket_at as "bucketAt", h.provenance from sensor s
         cross join lateral (select * from sensor_history h where h.ref = s.ref and h.bucket_at <= $1 and h.bucket_at > $2 order by h.bucket_at desc limit 1) h order by s.ref`,
        [moment - BUCKET_MS, moment - SENSOR_REACH_MS],
      );
      return rows.map(({ state, value, bucketAt, provenance }) => ({ ...state, value, provenance, at: bucketAt + BUCKET_MS }));
    },
    async vehicles(db: Queryable, moment: number): Promise<PastVehicle[]> {
      const kept = (await lastKeyframes(db, moment)).find(({ layer }) => layer === 'vehicle');
      const placed = kept && decodeFrame(Buffer.from(kept.bytes, 'base64'))?.placed;
      if (!placed) return [];
      return [...placed.slot].map((slot, index) => ({
        slot,
        position: [placed.lon[index]! / POSITION_STEPS, placed.lat[index]! / POSITION_STEPS],
        speedKmh: placed.speed[index]!,
        headingDeg: (placed.heading[index]! / FULL_TURN) * 360,
        kind: placed.kind[index]!,
        at: kept.at,
      }));
    },
    async traffic(db: Queryable, moment: number): Promise<TrafficState[]> {
      const kept = (await at(db, moment)).find(({ layer }) => layer === 'traffic');
      const placed = kept && decodeFrame(Buffer.from(kept.bytes, 'base64'))?.placed;
      if (!placed) return [];
      const provenance = kept.provenance === 'mixed' ? 'simulated' : kept.provenance;
      return [...placed.slot].flatMap((feature, index) => {
        const segment = segmentOf.get(feature);
        return segment ? [{ segment: segment.id, speedKmh: placed.speed[index]!, ratio: placed.kind[index]! / 100, at: kept.at, provenance }] : [];
      });
    },
  };
}

export type PastTelemetry = ReturnType<typeof createPastTelemetry>;
