import { readFileSync } from 'node:fs';
import { faultOf, okay, refused, type Outcome } from '#contract/faults.ts';
import type { IndicatorImport } from '#contract/indicatorImport.ts';
import type { DoorWitness } from '../../domain/door/doorStore.ts';
import { createRowCheck } from '../../domain/indicator/sheet/checkRows.ts';
import { SHEET_FIELDS, type SheetRow } from '../../domain/indicator/sheet/cell.ts';
import { columnsOf } from '../../domain/indicator/sheet/columns.ts';
import { remarksCsv } from '../../domain/indicator/sheet/remarksCsv.ts';
import words from '../../domain/indicator/sheet/text.vi.json' with { type: 'json' };
import type { DoorPort, Source } from '../../domain/ports/door.ts';
import type { IndicatorImportPort } from '../../domain/ports/indicatorImport.ts';
import type { Scope } from '../../domain/scope.ts';
import type { UnitNames } from '../../domain/units/unitNames.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { lockRed } from '../red/assess.ts';
import type { RedEngine } from '../red/red.ts';
import { addImport, countRows, keepChecked, type KeptImport, moveImport, numberOf, readDetail, readImport, readImports, readRemarks } from './importRows.ts';
import { readSheet } from './sheetReader.ts';

/** What people report by hand comes from this source. */
const SOURCE: Source = { id: 'nhap-thu-cong', name: 'Nhập thủ công', topics: ['indicator'], provenance: 'manual' };
const MOST_ROWS = 100_000;
const HEADING_WITHIN = 20;
/** Rows written by one statement, and series judged in one transaction. */
const STRETCH = 5000;
const JUDGED = 250;
const sql = (name: string) => readFileSync(new URL(`./${name}.sql`, import.meta.url), 'utf8');
const [TAKE, TELL] = [sql('takeRows'), sql('tellRows')];

export interface ImportDeps {
  engine: Engine;
  clock: Pick<Clock, 'now' | 'realNow'>;
  log: Log;
  door: DoorPort;
  red: Pick<RedEngine, 'catalogue' | 'follow'>;
  names: UnitNames;
  witness: DoorWitness;
}

/** Builds the way in for spreadsheets and forms. What a restart interrupted is ended or resumed first. */
export async function createIndicatorImports({ engine, clock, log, door, red, names, witness }: ImportDeps): Promise<IndicatorImportPort & Closable> {
  const underWay = new Map<number, { makerId: string; ended: Promise<void> }>();
  const stopped = new Set<number>();

  const answer = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const shownOf = async (n: number): Promise<Outcome<IndicatorImport>> => okay((await readImport(engine, n))!.shown);
  const own = async (id: string, { principal, units }: Scope): Promise<KeptImport | undefined> => {
    const kept = await readImport(engine, numberOf(id));
    return kept && (units === null || kept.makerId === principal.id) ? kept : undefined;
  };
  const run = (n: number, makerId: string, work: () => Promise<void>) => {
    const ended = work()
      .catch(async (error: unknown) => {
        log.error({ import: n, error: String(error) }, 'an import of indicator values failed');
        await moveImport(engine, n, ['reading', 'writing'], 'refused', clock.now(), { refusal: faultOf('SERVER_FAULT').message }).catch(() => false);
      })
      .finally(() => {
        underWay.delete(n);
        stopped.delete(n);
      });
    underWay.set(n, { makerId, ended });
  };
  const refuse = (n: number, refusal: string) => moveImport(engine, n, ['reading'], 'refused', clock.now(), { refusal });

  async function read(n: number, bytes: Uint8Array, kind: 'xlsx' | 'csv', scope: Scope): Promise<void> {
    const reading = readSheet(bytes, kind);
    let check: ReturnType<typeof createRowCheck> | undefined;
    let missing: readonly (typeof SHEET_FIELDS)[number][] = SHEET_FIELDS;
    const begin = (rows: readonly SheetRow[]): readonly SheetRow[] => {
      if (check) return rows;
      for (const [place, { cells }] of rows.slice(0, HEADING_WITHIN).entries()) {
        const found = columnsOf(cells);
        if (found.missing.length < missing.length) missing = found.missing;
        if (!found.columns) continue;
        check = createRowCheck({ catalogue: red.catalogue(), names, columns: found.columns, scope: scope.units, now: clock.now() });
        return rows.slice(place + 1);
      }
      return [];
    };
    try {
      let looked = 0;
      for await (const { rows, total } of reading.batches()) {
        if (stopped.has(n)) return;
        if ((total ?? 0) > MOST_ROWS) return void (await refuse(n, words['too-many'].replace('{most}', String(MOST_ROWS))));
        const body = begin(rows).filter(({ cells }) => cells.some((cell) => cell !== null && cell.text.trim() !== ''));
        if (!check) return void (await refuse(n, words['no-header'].replace('{missing}', missing.map((field) => words[`column-${field}`]).join(', '))));
        looked += body.length;
        const checked = body.map(check);
        if (!(await engine.tx((tx) => keepChecked(tx, n, checked, total, clock.now())))) return;
      }
      if (looked === 0) return void (await refuse(n, words[check ? 'no-rows' : 'no-header'].replace('{missing}', SHEET_FIELDS.map((field) => words[`column-${field}`]).join(', '))));
      await countRows(engine, n);
      await moveImport(engine, n, ['reading'], 'ready', clock.now());
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      log.info({ import: n, error: String(error) }, 'a sheet could not be read');
      await refuse(n, faultOf('IMPORT_FORM').message);
    } finally {
      await reading.stop();
    }
  }

  /** All good rows in one transaction: a stop or a fault before its end leaves nothing. */
  async function write(n: number, by: { id: string }): Promise<void> {
    const at = clock.now();
    const [{ last, good } = { last: 0, good: 0 }] = await engine.query<{ last: number; good: number }>('select coalesce(max(line), 0) as last, count(*)::integer as good from indicator_import_row where import = $1 and is_good', [n]);
    const isWhole = await engine.tx(async (tx) => {
      await lockRed(tx);
      await appendAudit(tx, { actor: by.id, action: 'indicator.import', object: `im-${n}`, at });
      await tx.query('create temporary table taken (n bigint, rev integer, ref text, unit text, "values" jsonb) on commit drop');
      for (let from = 0; from < last; from += STRETCH) {
        if (stopped.has(n)) throw new Stopped();
        await tx.query(TAKE, [n, from, from + STRETCH, SOURCE.id, at]);
      }
      if (stopped.has(n)) throw new Stopped();
      // Last of all, as it holds up everybody else who has something to log.
      const [{ written } = { written: 0 }] = await tx.query<{ written: number }>(TELL, [n, SOURCE.id, at]);
      await moveImport(tx, n, ['writing'], 'judging', at, { written, unchanged: good - written });
      return true;
    }).catch((error: unknown) => {
      if (error instanceof Stopped) return false;
      throw error;
    });
    if (!isWhole) return void (await moveImport(engine, n, ['writing'], 'cancelled', clock.now()));
    witness.note(SOURCE, { topic: 'indicator', at, accepted: good, duplicates: 0, damaged: 0, faults: [] });
    await judge(n);
  }

  /** Every series of the sheet once, whatever number of periods it brought. */
  async function judge(n: number): Promise<void> {
    const series = await engine.query<{ code: string; unit: string }>('select distinct code, unit from indicator_import_row where import = $1 and is_good order by code, unit', [n]);
    for (let from = 0; from < series.length; from += JUDGED) await red.follow(series.slice(from, from + JUDGED));
    await moveImport(engine, n, ['judging'], 'done', clock.now());
  }

  await moveAll(engine, clock.now());
  for (const { n, by } of await engine.query<{ n: number; by: string }>(`select n, made_by as by from indicator_import where state = 'judging'`)) run(n, by, () => judge(n));

  return {
    begin: ({ name, bytes }, scope) =>
      answer(async () => {
        const kind = kindOf(name, bytes);
        if (!kind) return refused('IMPORT_FORM', { pointer: '/file' });
        const kept = await addImport(engine, { fileName: name.slice(0, 200), by: scope.principal, at: clock.now() });
        run(kept.n, kept.makerId, () => read(kept.n, bytes, kind, scope));
        return okay(kept.shown);
      }),
    list: (scope) => answer(async () => okay({ items: (await readImports(engine, scope.units === null ? null : scope.principal.id)).map(({ shown }) => shown) })),
    get: (id, scope) =>
      answer(async () => {
        const kept = await own(id, scope);
        return kept ? okay(await readDetail(engine, kept)) : refused('NOT_FOUND');
      }),
    take: (id, skipFaulty, scope) =>
      answer(async () => {
        const kept = await own(id, scope);
        if (!kept) return refused('NOT_FOUND');
        if (kept.shown.faulty > 0 && !skipFaulty) return refused('IMPORT_FAULTY');
        if (kept.shown.good === 0 || !(await moveImport(engine, kept.n, ['ready'], 'writing', clock.now()))) return refused('STATE_STEP');
        run(kept.n, kept.makerId, () => write(kept.n, scope.principal));
        return shownOf(kept.n);
      }),
    cancel: (id, scope) =>
      answer(async () => {
        const running = underWay.get(numberOf(id));
        // Before anything else: a single-session store answers the next question only once the rows are written.
        if (running && (scope.units === null || running.makerId === scope.principal.id)) stopped.add(numberOf(id));
        const kept = await own(id, scope);
        if (!kept) return refused('NOT_FOUND');
        if (kept.shown.state === 'writing') await running?.ended;
        else await moveImport(engine, kept.n, ['reading', 'ready'], 'cancelled', clock.now());
        const after = await shownOf(kept.n);
        return after.ok && after.value.state !== 'cancelled' ? refused('STATE_STEP') : after;
      }),
    remarks: (id, scope) =>
      answer(async () => {
        const kept = await own(id, scope);
        return kept ? okay(remarksCsv(await readRemarks(engine, kept.n, null))) : refused('NOT_FOUND');
      }),
    enter: ({ code, unit, period, value }, scope) =>
      answer(async () => {
        if (scope.units && !scope.units.has(unit)) return refused('AUTH_FORBIDDEN', { pointer: '/unit' });
        const row = { line: 1, cells: [code, unit, period, String(value)].map((text, place) => (place === 3 ? { text, number: value } : { text })) };
        const { good, remarks: [remark] } = createRowCheck({ catalogue: red.catalogue(), names, columns: { code: 0, unit: 1, period: 2, value: 3 }, scope: scope.units, now: clock.now() })(row);
        if (!good) return refused('INGEST_ITEM', { pointer: `/${remark?.column ?? ''}`, detail: remark?.reason ?? '' });
        const ref = `${code}/${unit}/${good.period}`;
        const taken = await door.ingest(SOURCE, 'indicator', [{ key: `${ref}/${clock.now()}`, ref, at: clock.now(), unit, code, period: good.period, value }]);
        if (!taken.ok) return taken;
        const [result] = taken.value.results;
        return result?.id === undefined ? { ok: false, fault: faultOf('INGEST_ITEM') } : okay({ id: result.id });
      }),
    async close() {
      for (const n of underWay.keys()) stopped.add(n);
      await Promise.allSettled([...underWay.values()].map(({ ended }) => ended));
    },
  };
}

/** Thrown inside the transaction that is to leave nothing. */
class Stopped extends Error {}

/** What was being read has lost its file; what was being written was rolled back and can be taken again. */
async function moveAll(engine: Engine, at: number): Promise<void> {
  const stale = engine.kind === 'embedded' ? at : at - 120_000;
  await engine.query(`update indicator_import set state = 'refused', refusal = $2, updated_at = $3 where state = 'reading' and updated_at <= $1`, [stale, faultOf('SERVER_STOPPING').message, at]);
  await engine.query(`update indicator_import set state = 'ready', updated_at = $2 where state = 'writing' and updated_at <= $1`, [stale, at]);
}

function kindOf(name: string, bytes: Uint8Array): 'xlsx' | 'csv' | undefined {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (isZip) return /\.xlsx$/i.test(name) ? 'xlsx' : undefined;
  return /\.(csv|txt)$/i.test(name) ? 'csv' : undefined;
}
