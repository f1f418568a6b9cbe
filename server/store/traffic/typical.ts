import { hourKind } from '../../domain/traffic/serviceLevel.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine } from '../engine/engine.ts';

const HOUR_MS = 3_600_000;
const LOOK_BACK_MS = 28 * 24 * HOUR_MS;
const LEAST_BUCKETS = 6;
const TODAY_MS = 20 * HOUR_MS;

/** Usual speeds of the present kind of hour, read once an hour. */
export interface Typical {
  /** Speed by segment; a segment with too little history is absent. Units: km/h. */
  speeds(): Promise<ReadonlyMap<string, number>>;
}

/** Today is left out, so that a jam never becomes its own measure. */
const SPEEDS = `
  select segment, sum(sum) / sum(n) as speed from traffic_history
  where bucket_at >= $1 and bucket_at < $2
    and (extract(hour from to_timestamp(bucket_at / 1000.0) at time zone 'Asia/Ho_Chi_Minh')::int
      + case when extract(isodow from to_timestamp(bucket_at / 1000.0) at time zone 'Asia/Ho_Chi_Minh') >= 6 then 24 else 0 end) = $3
  group by segment having count(*) >= ${LEAST_BUCKETS}`;

export function createTypical(engine: Engine, clock: Pick<Clock, 'now'>): Typical {
  let kept: { hour: number; speeds: Promise<ReadonlyMap<string, number>> } | undefined;
  const read = async (now: number): Promise<ReadonlyMap<string, number>> => {
    const rows = await engine.query<{ segment: string; speed: number }>(SPEEDS, [now - LOOK_BACK_MS, now - TODAY_MS, hourKind(now)]);
    return new Map(rows.map(({ segment, speed }) => [segment, speed]));
  };
  return {
    speeds() {
      const now = clock.now();
      const hour = Math.floor(now / HOUR_MS);
      if (kept?.hour !== hour) {
        const speeds = read(now);
        speeds.catch(() => (kept = undefined));
        kept = { hour, speeds };
      }
      return kept.speeds;
    },
  };
}
