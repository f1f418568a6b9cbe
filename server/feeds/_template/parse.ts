import type { SensorItem } from '#contract/topics/telemetry.ts';

/** A row that can not be an item, and why. */
export interface RefusedRow {
  row: number;
  code: 'ROW_OBJECT' | 'ROW_NUMBER' | 'ROW_TIME';
}

interface Reading {
  station?: unknown;
  time?: unknown;
  value?: unknown;
  lon?: unknown;
  lat?: unknown;
}

/**
 * Reads what the source answers.
 * Shape: a list of `{ station, time, value, lon, lat }`, `time` in ISO 8601 with a zone, `value` in mm/h.
 * Fails: each row that can not be read is named; the others become items.
 */
export function parseTemplate(answer: unknown): { items: SensorItem[]; refused: RefusedRow[] } {
  const items: SensorItem[] = [];
  const refused: RefusedRow[] = [];
  for (const [index, row] of (Array.isArray(answer) ? answer : [answer]).entries()) {
    const read = readRow(row as Reading | null);
    if (typeof read === 'string') refused.push({ row: index + 1, code: read });
    else items.push(read);
  }
  return { items, refused };
}

function readRow(row: Reading | null): SensorItem | RefusedRow['code'] {
  if (typeof row !== 'object' || row === null || typeof row.station !== 'string') return 'ROW_OBJECT';
  const at = typeof row.time === 'string' && /(Z|[+-]\d{2}:\d{2})$/.test(row.time) ? Date.parse(row.time) : Number.NaN;
  if (Number.isNaN(at)) return 'ROW_TIME';
  if (typeof row.value !== 'number' || typeof row.lon !== 'number' || typeof row.lat !== 'number') return 'ROW_NUMBER';
  return { key: `${row.station}@${at}`, ref: row.station, at, kind: 'rain', value: row.value, unitOfMeasure: 'mm/h', position: [row.lon, row.lat] };
}
