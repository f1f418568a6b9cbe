import { readFileSync } from 'node:fs';
import type { Provenance } from '#contract/base.ts';
import type { RecordState } from '../../domain/door/revise/record.ts';
import { leastReal, madeOf, pointsOf } from '../../domain/indicator/formula.ts';
import type { Catalogue } from '../../domain/indicator/catalogue.ts';
import type { Point } from '../../domain/indicator/evaluate.ts';
import { periodOf } from '../../domain/indicator/period.ts';
import type { Queryable, Tx } from '../engine/engine.ts';

const DERIVE = readFileSync(new URL('./deriveSeries.sql', import.meta.url), 'utf8');
/** Periods that a status looks back on. */
const LOOK_BACK = 36;

/** One value of one unit for one period, as it came. */
export interface NewValue {
  code: string;
  unit: string;
  period: string;
  value: number | null;
  at: number;
  provenance: Provenance;
  source: string;
  record: string | null;
}

/** An indicator at a unit. */
export interface Series {
  code: string;
  unit: string;
}

/** The values of records that the catalogue knows and whose period is of the right kind; all others stay in the register alone. */
export function valuesOf(states: readonly RecordState[], { indicators }: Catalogue): NewValue[] {
  return states.flatMap(({ id, unit, at, provenance, source, values }): NewValue[] => {
    const { code, period, value } = values as { code: string; period: string; value: number | null };
    const indicator = indicators.get(code);
    if (unit === null || !indicator || periodOf(period)?.kind !== indicator.period) return [];
    return [{ code, unit, period, value, at, provenance, source, record: id }];
  });
}

/** Appends values; each is a further revision of its period. */
export async function appendValues(tx: Tx, values: readonly NewValue[], now: number): Promise<void> {
  if (values.length === 0) return;
  await tx.query(
    `insert into indicator_value (code, unit, period, revision, value, at, received_at, provenance, source, record)
     select r.code, r.unit, r.period,
       coalesce((select max(v.revision) from indicator_value v where (v.code, v.unit, v.period) = (r.code, r.unit, r.period)), 0)
         + row_number() over (partition by r.code, r.unit, r.period order by r.i),
       r.value, r.at, $2, r.provenance, r.source, r.record
     from json_to_recordset($1::json) as r(i integer, code text, unit text, period text, value double precision, at bigint, provenance text, source text, record text)
     order by r.i`,
    [JSON.stringify(values.map((value, i) => ({ i, ...value }))), now],
  );
}

/** The newest periods of each series with the value in force: what lies further back is not read. */
const IN_FORCE = `
  select s.code, s.unit, f.period, f.value, f.at, f.provenance
  from json_to_recordset($1::json) as s(code text, unit text)
  cross join lateral (
    select distinct on (v.period) v.period, v.value, v.at, v.provenance from indicator_value v
    where v.code = s.code and v.unit = s.unit order by v.period desc, v.at desc, v.revision desc limit ${LOOK_BACK}) f`;

interface ValueRow {
  code: string;
  unit: string;
  period: string;
  value: number | null;
  at: number;
  provenance: Provenance;
}

/** Name of a series in a map. */
export const seriesKey = ({ code, unit }: Series): string => `${code}/${unit}`;

/** The values in force of each series, in order of time. */
export async function readSeries(db: Queryable, series: readonly Series[]): Promise<Map<string, Point[]>> {
  const rows = await db.query<ValueRow>(IN_FORCE, [JSON.stringify(series)]);
  const points = new Map<string, Point[]>();
  for (const row of rows) {
    const list = points.get(seriesKey(row)) ?? [];
    points.set(seriesKey(row), list);
    list.push({ index: periodOf(row.period)!.index, value: row.value, at: row.at, provenance: row.provenance });
  }
  for (const list of points.values()) list.sort((a, b) => a.index - b.index);
  return points;
}

/** Values of formula indicators that follow from parts that just came; a missing part gives none. */
export async function derivedValues(tx: Tx, values: readonly NewValue[], { indicators }: Catalogue): Promise<NewValue[]> {
  const wanted = new Map(values.flatMap((value) => madeOf(indicators.values(), value.code).map(({ code, formula }) => [`${code}/${value.unit}/${value.period}`, { code, formula: formula!, value }])));
  if (wanted.size === 0) return [];
  const parts = [...wanted.values()].flatMap(({ formula, value: { unit, period } }) => Object.keys(formula).map((code) => ({ code, unit, period })));
  const found = await tx.query<ValueRow>(
    `select distinct on (v.code, v.unit, v.period) v.code, v.unit, v.period, v.value, v.at, v.provenance
     from indicator_value v join (select distinct code, unit, period from json_to_recordset($1::json) as s(code text, unit text, period text)) s using (code, unit, period)
     order by v.code, v.unit, v.period, v.at desc, v.revision desc`,
    [JSON.stringify(parts)],
  );
  const byPlace = Map.groupBy(found, ({ unit, period }) => `${unit}/${period}`);
  return [...wanted.values()].flatMap(({ code, formula, value: { unit, period } }): NewValue[] => {
    const rows = (byPlace.get(`${unit}/${period}`) ?? []).filter((row) => Object.hasOwn(formula, row.code));
    const points = pointsOf(formula, new Map(rows.map((row) => [row.code, row.value])));
    if (points === undefined) return [];
    return [{ code, unit, period, value: points, at: Math.max(...rows.map(({ at }) => at)), provenance: leastReal(rows.map(({ provenance }) => provenance)), source: 'ioc', record: null }];
  });
}

/** Writes what formula indicators come to over the whole length of series that moved. Returns the series that follow from them. */
export async function deriveSeries(tx: Tx, series: readonly Series[], { indicators }: Catalogue, now: number): Promise<Series[]> {
  const unitsOf = new Map<string, Set<string>>();
  for (const { code, unit } of series) for (const made of madeOf(indicators.values(), code)) unitsOf.set(made.code, (unitsOf.get(made.code) ?? new Set()).add(unit));
  for (const [code, units] of unitsOf) await tx.query(DERIVE, [JSON.stringify(indicators.get(code)!.formula), [...units], code, now]);
  return [...unitsOf].flatMap(([code, units]) => [...units].map((unit) => ({ code, unit })));
}
