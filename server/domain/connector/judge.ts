import { refused, type Fault, type Outcome } from '#contract/faults.ts';
import type { RowMapper, MappedRow } from '../rows/mapRow.ts';
import { refusedByDoor } from '../rows/refusedByDoor.ts';
import type { Row, RowRefusal } from '../rows/rowRefusal.ts';

/** A row with the item it makes, or why it makes none. */
export interface JudgedRow {
  row: Row;
  item?: { key: string; at?: number } & Record<string, unknown>;
  refusal?: RowRefusal;
}

/** Every row as it would enter, and why all of them together must not. */
export interface Judged {
  rows: JudgedRow[];
  good: JudgedRow[];
  fault?: Fault;
}

/** From this many rows on, a mapping that fits less than half of them is taken for a wrong mapping. */
const ENOUGH_ROWS = 4;

type Check = (item: object) => Fault | undefined;

/**
 * Maps and checks rows before any is sent, so that a wrong mapping or time zone imports nothing at all.
 * Fails in `fault`: SOURCE_ZONE when most refusals are times in the future, else SOURCE_MAPPING when most rows do not fit.
 */
export function judge(rows: readonly Row[], mapRow: RowMapper, check: Check): Judged {
  const judged = rows.map((row) => judgeRow(row, mapRow(row), check));
  const good = judged.filter(({ item }) => item !== undefined);
  const bad = judged.length - good.length;
  const isWrong = bad > 0 && (good.length === 0 || (judged.length >= ENOUGH_ROWS && bad * 2 > judged.length));
  if (!isWrong) return { rows: judged, good };
  const refusals = judged.flatMap(({ refusal }) => (refusal ? [refusal] : []));
  const isFuture = refusals.filter(({ code }) => code === 'INGEST_FUTURE').length * 2 > refusals.length;
  const [first] = refusals;
  const detail = `${bad}/${judged.length}; dòng ${first?.line ?? 0}, ${first?.field ?? ''}: ${first?.reason ?? ''}`.slice(0, 300);
  return { rows: judged, good, fault: faultIn(refused(isFuture ? 'SOURCE_ZONE' : 'SOURCE_MAPPING', { detail })) };
}

function judgeRow(row: Row, mapped: MappedRow, check: Check): JudgedRow {
  if ('refusal' in mapped) return { row, refusal: mapped.refusal };
  const fault = check(mapped.item);
  if (!fault) return { row, item: mapped.item };
  return { row, refusal: refusedByDoor(row.line, fault) };
}

/** Newest moment among rows, or null. Units: epoch ms. */
export const newestOf = (rows: readonly JudgedRow[]): number | null => rows.reduce<number | null>((best, { item }) => (item?.at !== undefined && (best === null || item.at > best) ? item.at : best), null);

const HOUR_MS = 3_600_000;
const NEAR_MS = 10 * 60_000;
/** The distance between UTC and Việt Nam. Units: hours. */
const ZONE_HOURS = 7;

/** Whether the newest row lies as far from now as a forgotten time zone would put it. Units: hours, null = no such sign. */
export function hoursOff(newestAt: number | null, now: number): number | null {
  if (newestAt === null) return null;
  return [ZONE_HOURS, -ZONE_HOURS].find((hours) => Math.abs(newestAt - now - hours * HOUR_MS) < NEAR_MS) ?? null;
}

const faultIn = (outcome: Outcome<never>): Fault => {
  if (outcome.ok) throw new Error('an outcome without a fault');
  return outcome.fault;
};
