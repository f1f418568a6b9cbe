import type { RuleSubject } from '#contract/alertRule.ts';
import { clusterSeries, type Reported } from '../../domain/alert-rule/clusters.ts';
import type { Series } from '../../domain/alert-rule/trial.ts';
import type { SensorState } from '#contract/topics/telemetry.ts';
import type { StreetNow } from '#contract/traffic.ts';
import type { Engine } from '../engine/engine.ts';

const MINUTE_MS = 60_000;

/** Where a series lies and whether it is made up, for the alert it may raise. */
export interface Place {
  position: [number, number] | null;
  isSimulated: boolean;
}

export type PlacedSeries = Series & Place;

/** What the present is read from. */
export interface Present {
  sensors(): readonly SensorState[];
  streets(): Promise<readonly StreetNow[]>;
  classOf(segment: string): string | null;
}

interface ReportRow extends Reported {
  provenance: string;
}

const REPORTS = `select 'fb-' || n as id, service, ward, json_build_array(st_x(place), st_y(place)) as position, reported_at as at, provenance
  from feedback where place is not null and duplicate_of is null and reported_at >= $1 and reported_at <= $2 and ($3::text is null or service = $3) order by reported_at`;

async function reportSeries(engine: Engine, subject: Extract<RuleSubject, { of: 'feedback' }>, from: number, to: number): Promise<PlacedSeries[]> {
  const rows = await engine.query<ReportRow>(REPORTS, [from, to, subject.service ?? null]);
  return clusterSeries(rows, { radiusM: subject.radiusM, withinMs: subject.withinMinutes * MINUTE_MS }, to).map((one) => {
    const members = rows.filter(({ ward, service }) => `${ward ?? '-'}/${service}` === one.series);
    const newest = members.at(-1)!;
    return { ...one, position: newest.position, isSimulated: members.every(({ provenance }) => provenance === 'simulated') };
  });
}

const INDICATORS = `select coalesce(unit, '') as series, "values" ->> 'code' as name, at, ("values" ->> 'value')::float8 as value, provenance from record
  where topic = 'indicator' and code = $1 and at >= $2 and at <= $3 and jsonb_typeof("values" -> 'value') = 'number' order by at`;

async function indicatorSeries(engine: Engine, code: string, from: number, to: number): Promise<PlacedSeries[]> {
  const rows = await engine.query<{ series: string; name: string; at: number; value: number; provenance: string }>(INDICATORS, [code, from, to]);
  return [...new Set(rows.map(({ series }) => series))].map((series) => {
    const own = rows.filter((row) => row.series === series);
    return { series: series || code, name: own[0]!.name, samples: own, position: null, isSimulated: own.every(({ provenance }) => provenance === 'simulated') };
  });
}

const isOf = (subject: Extract<RuleSubject, { of: 'traffic' }>, street: StreetNow, classOf: Present['classOf']) =>
  (subject.roadClass === undefined || classOf(street.segment) === subject.roadClass) && (subject.ward === undefined || street.ward === subject.ward);

/** What a rule sees at this moment: one sample per series. */
export async function presentSeries(engine: Engine, subject: RuleSubject, present: Present, now: number): Promise<PlacedSeries[]> {
  switch (subject.of) {
    case 'sensor':
      return present.sensors().filter(({ kind, ref, rehearsal }) => rehearsal === undefined && kind === subject.sensorKind && (subject.ref === undefined || ref === subject.ref))
        .map(({ ref, name, value, at, position, provenance }) => ({ series: ref, name, samples: [{ at, value }], position, isSimulated: provenance === 'simulated' }));
    case 'traffic':
      return (await present.streets()).filter((street) => isOf(subject, street, present.classOf))
        .map(({ segment, name, ofTypical, at, position, provenance }) => ({ series: segment, name: name ?? segment, samples: [{ at, value: ofTypical * 100 }], position, isSimulated: provenance === 'simulated' }));
    case 'feedback':
      return (await reportSeries(engine, subject, now - subject.withinMinutes * MINUTE_MS, now)).map((one) => ({ ...one, samples: one.samples.slice(-1) }));
    case 'indicator':
      return (await indicatorSeries(engine, subject.code, 0, now)).map((one) => ({ ...one, samples: one.samples.slice(-1) }));
  }
}

const SENSOR_PAST = `select h.ref as series, coalesce(s.state ->> 'name', h.ref) as name, h.bucket_at as at, case when $4 then h.high else h.low end as value, h.provenance
  from sensor_history h join sensor s on s.ref = h.ref where s.state ->> 'kind' = $1 and h.bucket_at >= $2 and h.bucket_at < $3 and ($5::text is null or h.ref = $5) order by h.ref, h.bucket_at`;
const TRAFFIC_PAST = `select segment as series, segment as name, bucket_at as at, 100 * (sum / n) / nullif(avg(sum / n) over (partition by segment), 0) as value, provenance
  from traffic_history where bucket_at >= $1 and bucket_at < $2 and segment = any($3) order by segment, bucket_at`;

type PastRow = { series: string; name: string; at: number; value: number | null; provenance: string };

function grouped(rows: readonly PastRow[]): PlacedSeries[] {
  const all = new Map<string, { name: string; samples: { at: number; value: number }[]; isSimulated: boolean }>();
  for (const { series, name, at, value, provenance } of rows) {
    if (value === null) continue;
    const known = all.get(series) ?? { name, samples: [], isSimulated: true };
    known.samples.push({ at, value });
    known.isSimulated &&= provenance === 'simulated';
    all.set(series, known);
  }
  return [...all].map(([series, one]) => ({ series, ...one, position: null }));
}

/** What a rule would have seen over a span: five-minute values of sensors and streets, every report, every indicator value. */
export async function pastSeries(engine: Engine, subject: RuleSubject, segments: readonly string[], { from, to, isAbove }: { from: number; to: number; isAbove: boolean }): Promise<PlacedSeries[]> {
  if (subject.of === 'feedback') return reportSeries(engine, subject, from, to);
  if (subject.of === 'indicator') return indicatorSeries(engine, subject.code, from, to);
  if (subject.of === 'traffic') return grouped(await engine.query<PastRow>(TRAFFIC_PAST, [from, to, segments]));
  return grouped(await engine.query<PastRow>(SENSOR_PAST, [subject.sensorKind, from, to, isAbove, subject.ref ?? null]));
}
