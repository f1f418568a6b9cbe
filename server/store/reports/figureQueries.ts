import { readdirSync, readFileSync } from 'node:fs';
import type { FigureRow } from '#contract/report.ts';
import type { Counted } from '../../domain/ports/reports.ts';
import type { Queryable } from '../engine/engine.ts';

const FOLDER = new URL('./figures/', import.meta.url);

/** Most rows one figure may be counted from. */
const MOST_ROWS = 50_000;

/** Named counts, one SQL file each: $1 from, $2 to, $3 units or null; rows of `{ id, unit, part, whole, at, text, provenance }`. */
export function readFigureQueries(): ReadonlyMap<string, string> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql'));
  return new Map(files.map((name) => [name.slice(0, -'.sql'.length), readFileSync(new URL(name, FOLDER), 'utf8')]));
}

/** Rows of one figure. Fails: throws for a name without a query, or for more rows than a report may hold. */
export async function countFigure(db: Queryable, queries: ReadonlyMap<string, string>, figure: string, from: number, to: number, units: readonly string[] | null): Promise<Counted> {
  const sql = queries.get(figure);
  if (sql === undefined) throw new Error(`there is no figure named ${figure}`);
  const rows = await db.query<FigureRow>(sql, [from, to, units]);
  if (rows.length > MOST_ROWS) throw new Error(`figure ${figure} has ${rows.length} rows`);
  return { rows, query: `${figure}?from=${from}&to=${to}${units === null ? '' : `&units=${units.join(',')}`}` };
}
