import type { IndicatorImport, IndicatorImportDetail } from '#contract/indicatorImport.ts';
import type { CheckedRow, GoodRow } from '../../domain/indicator/sheet/checkRows.ts';
import type { RowRemark } from '../../domain/indicator/sheet/cell.ts';
import type { Queryable, Tx } from '../engine/engine.ts';

/** Rows and remarks a person is shown; the rest comes as a file. */
const SHOWN = 200;

const SELECT = `n, file_name as "fileName", state, made_by as "makerId", made_by_name as "madeBy", made_at as "madeAt", updated_at as "updatedAt", looked, total, good, unchanged, faulty, noted, written, refusal`;

/** An import with who may touch it. */
export interface KeptImport {
  n: number;
  makerId: string;
  shown: IndicatorImport;
}

const toKept = ({ n, makerId, ...shown }: { n: number; makerId: string } & Omit<IndicatorImport, 'id'>): KeptImport => ({ n, makerId, shown: { id: `im-${n}`, ...shown } });

export const numberOf = (id: string): number => (/^im-[1-9]\d{0,14}$/.test(id) ? Number(id.slice(3)) : -1);

/** Begins one. */
export async function addImport(db: Queryable, { fileName, by, at }: { fileName: string; by: { id: string; name: string }; at: number }): Promise<KeptImport> {
  const [row] = await db.query<Parameters<typeof toKept>[0]>(
    `insert into indicator_import (file_name, state, made_by, made_by_name, made_at, updated_at) values ($1, 'reading', $2, $3, $4, $4) returning ${SELECT}`,
    [fileName, by.id, by.name, at],
  );
  return toKept(row!);
}

export async function readImport(db: Queryable, n: number): Promise<KeptImport | undefined> {
  const [row] = await db.query<Parameters<typeof toKept>[0]>(`select ${SELECT} from indicator_import where n = $1`, [n]);
  return row && toKept(row);
}

/** The newest, of everybody or of one maker. */
export async function readImports(db: Queryable, maker: string | null): Promise<KeptImport[]> {
  const rows = await db.query<Parameters<typeof toKept>[0]>(`select ${SELECT} from indicator_import where $1::text is null or made_by = $1 order by n desc limit 50`, [maker]);
  return rows.map(toKept);
}

/** Moves it on when it stands where it is thought to; false when somebody was faster. */
export async function moveImport(db: Queryable, n: number, from: readonly IndicatorImport['state'][], to: IndicatorImport['state'], at: number, more: { refusal?: string; written?: number; unchanged?: number } = {}): Promise<boolean> {
  const rows = await db.query(
    `update indicator_import set state = $3, updated_at = $4, refusal = coalesce($5, refusal), written = coalesce($6, written), unchanged = coalesce($7, unchanged) where n = $1 and state = any($2) returning n`,
    [n, from, to, at, more.refusal ?? null, more.written ?? null, more.unchanged ?? null],
  );
  return rows.length > 0;
}

/** Keeps checked rows and moves the counts on; false when the import was stopped meanwhile. */
export async function keepChecked(tx: Tx, n: number, checked: readonly CheckedRow[], total: number | null, at: number): Promise<boolean> {
  const rows = checked.map(({ line, good, remarks }) => ({ line, code: good?.code, unit: good?.unit, period: good?.period, value: good?.value, is_good: good !== null, remarks }));
  const late = checked.flatMap(({ contradicts }) => (contradicts ? [contradicts] : []));
  const own = new Map(rows.map((row) => [row.line, row]));
  const earlier: RowRemark[] = [];
  for (const remark of late) {
    const row = own.get(remark.line);
    if (!row) earlier.push(remark);
    else Object.assign(row, { is_good: false, remarks: [...row.remarks, remark] });
  }
  await tx.query(
    `insert into indicator_import_row (import, line, code, unit, period, value, is_good, remarks)
     select $1, r.line, r.code, r.unit, r.period, r.value, r.is_good, r.remarks
     from json_to_recordset($2::json) as r(line integer, code text, unit text, period text, value double precision, is_good boolean, remarks jsonb)`,
    [n, JSON.stringify(rows)],
  );
  if (earlier.length > 0) {
    await tx.query(
      `update indicator_import_row t set is_good = false, remarks = t.remarks || r.remark from json_to_recordset($2::json) as r(line integer, remark jsonb) where t.import = $1 and t.line = r.line`,
      [n, JSON.stringify(earlier.map((remark) => ({ line: remark.line, remark })))],
    );
  }
  const moved = await tx.query(
    `update indicator_import set looked = looked + $2, total = $3, updated_at = $4 where n = $1 and state = 'reading' returning n`,
    [n, checked.length, total, at],
  );
  return moved.length > 0;
}

/** Counts what came of all rows, once they are read. */
export const countRows = (db: Queryable, n: number): Promise<unknown[]> =>
  db.query(
    `update indicator_import i set good = c.good, faulty = c.faulty, noted = c.noted from (
       select count(*) filter (where is_good)::integer as good,
         count(*) filter (where remarks @> '[{"isFault": true}]')::integer as faulty,
         count(*) filter (where remarks @> '[{"isFault": false}]')::integer as noted
       from indicator_import_row where import = $1) c where i.n = $1`,
    [n],
  );

/** The first rows and remarks. */
export async function readDetail(db: Queryable, { n, shown }: KeptImport): Promise<IndicatorImportDetail> {
  const rows = await db.query<GoodRow>('select line, code, unit, period, value from indicator_import_row where import = $1 and is_good order by line limit $2', [n, SHOWN]);
  return { ...shown, rows: rows.map(({ line, code, unit, period, value }) => ({ line, code, unit, period, value })), remarks: await readRemarks(db, n, SHOWN) };
}

/** Remarks by line, faults first within a line. */
export async function readRemarks(db: Queryable, n: number, most: number | null): Promise<RowRemark[]> {
  const rows = await db.query<{ remarks: RowRemark[] }>(`select remarks from indicator_import_row where import = $1 and remarks <> '[]' order by line limit $2`, [n, most]);
  return rows.flatMap(({ remarks }) => remarks.toSorted((a, b) => Number(b.isFault) - Number(a.isFault))).slice(0, most ?? undefined);
}
