import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IndicatorImport } from '#contract/indicatorImport.ts';
import { scopeOf, type Scope } from '../../domain/scope.ts';
import { createUnitNames } from '../../domain/units/unitNames.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createRedBench, DAY, OFFICER_A, OFFICER_B, OPERATOR, type RedBench, units } from '../red/testing/bench.ts';
import { createIndicatorImports } from './imports.ts';

let bench: RedBench;
let imports: Awaited<ReturnType<typeof createIndicatorImports>>;
const operator = scopeOf(OPERATOR, units.subtree);
const officer = scopeOf(OFFICER_A, units.subtree);
const HEADING = 'Mã chỉ tiêu;Đơn vị;Kỳ;Giá trị';

const open = () =>
  createIndicatorImports({ engine: bench.engine, clock: bench.clock, log: createSilentLog(), door: bench.door, red: bench.red, names: createUnitNames(units.all()), witness: { note: () => undefined } });

beforeAll(async () => {
  bench = await createRedBench('embedded');
  imports = await open();
});
afterAll(async () => {
  await imports.close();
  await bench.close();
});

async function until(id: string, state: IndicatorImport['state']): Promise<IndicatorImport> {
  let now = await imports.get(id, operator);
  await expect.poll(async () => {
    now = await imports.get(id, operator);
    return now.ok ? now.value.state : '';
  }, { timeout: 60_000, interval: 20 }).toBe(state);
  return now.ok ? now.value : ({} as IndicatorImport);
}

async function send(text: string | Uint8Array, { name = 'so-lieu.csv', as = operator }: { name?: string; as?: Scope } = {}): Promise<string> {
  const begun = await imports.begin({ name, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text }, as);
  if (!begun.ok) throw new Error(begun.fault.code);
  return begun.value.id;
}

const valuesIn = (code: string) => bench.engine.query<{ unit: string; period: string; value: number; revision: number }>('select unit, period, value, revision from indicator_value where code = $1 order by unit, period, revision', [code]);

describe('a sheet of indicator values', () => {
  it('is checked first and changes nothing; taken whole, it judges and opens a case', async () => {
    const id = await send(`Biểu số liệu tháng;;;\n${HEADING}\nUP;SM-A;09/2026;40\nUP;Sở mẫu B;2026-09;49`);
    expect(await until(id, 'ready')).toMatchObject({ good: 2, faulty: 0, looked: 2 });
    expect(await valuesIn('UP')).toEqual([]);
    expect(await imports.take(id, false, operator)).toMatchObject({ ok: true, value: { state: 'writing' } });
    expect(await until(id, 'done')).toMatchObject({ written: 2, unchanged: 0 });
    expect(await valuesIn('UP')).toMatchObject([{ unit: 'SM-A', value: 40, revision: 1 }, { unit: 'SM-B', value: 49 }]);
    expect(await bench.status('indicator/UP/SM-A')).toMatchObject({ level: 'red', value: 40, provenance: 'manual' });
    expect(await bench.cases()).toMatchObject([{ unit: 'SM-A', state: 'opened' }]);
    const logged = await bench.engine.query<{ body: object }>(`select body from event_log where topic = 'indicator' order by seq`);
    expect(logged).toMatchObject([{ body: { unit: 'SM-A', source: 'nhap-thu-cong', values: { code: 'UP', period: '2026-09', value: 40 } } }, { body: { unit: 'SM-B' } }]);
  });

  it('sent again writes nothing; a corrected value is a further revision', async () => {
    const again = await send(`${HEADING}\nUP;SM-A;09/2026;40\nUP;SM-B;09/2026;50`);
    await until(again, 'ready');
    bench.clock.move({ at: bench.clock.now() + DAY });
    await imports.take(again, false, operator);
    expect(await until(again, 'done')).toMatchObject({ written: 1, unchanged: 1 });
    expect(await valuesIn('UP')).toMatchObject([{ unit: 'SM-A', revision: 1 }, { unit: 'SM-B', value: 49, revision: 1 }, { unit: 'SM-B', value: 50, revision: 2 }]);
    expect(await bench.engine.query(`select rev from record where ref = 'UP/SM-B/2026-09'`)).toEqual([{ rev: 2 }]);
  });

  it('with refused rows is not taken until somebody leaves them out, and each is named', async () => {
    const id = await send(`${HEADING}\nDOWN;SM-A;09/2026;4\nDOWN;SM-X;09/2026;4\nDOWN;SM-B;09/2026;bốn\nDOWN;SM-C;09/2026;4\nDOWN;SM-C;2026-09;7`);
    expect(await until(id, 'ready')).toMatchObject({ good: 1, faulty: 4 });
    expect(await imports.take(id, false, operator)).toMatchObject({ ok: false, fault: { code: 'IMPORT_FAULTY' } });
    expect(await valuesIn('DOWN')).toEqual([]);
    const detail = await imports.get(id, operator);
    expect(detail.ok && detail.value.remarks.map(({ line, column, code }) => [line, column, code])).toEqual([[3, 'unit', 'unit-unknown'], [4, 'value', 'number-form'], [5, 'value', 'conflict'], [6, 'value', 'conflict']]);
    const file = await imports.remarks(id, operator);
    expect(file.ok && file.value.split('\r\n')).toHaveLength(6);
    await imports.take(id, true, operator);
    expect(await until(id, 'done')).toMatchObject({ written: 1 });
  });

  it('follows the parts of a formula', async () => {
    const id = await send(`${HEADING}\nSUM;SM-A;09/2026;100`);
    await until(id, 'ready');
    await imports.take(id, false, operator);
    await until(id, 'done');
    expect(await bench.status('indicator/MIX/SM-A')).toMatchObject({ value: 64 });
  });

  it('reads a workbook: dates, percentages, formulas, merged cells', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Biểu');
    sheet.addRow(['Mã chỉ tiêu', 'Đơn vị', 'Kỳ', 'Giá trị']);
    sheet.addRow(['UP', 'SM-C', new Date('2026-08-31T00:00:00Z'), 0.755]).getCell(4).numFmt = '0.0%';
    sheet.addRow(['UP', 'SM-C', '07/2026', { formula: '30*2', result: 60 }]);
    sheet.addRow(['UP', 'SM-C', '06/2026', { formula: '1/0', result: { error: '#DIV/0!' } }]);
    sheet.addRow(['UP', 'SM-C', '05/2026', 55]);
    sheet.addRow(['UP', 'SM-C', '04/2026', 55]);
    sheet.mergeCells('D5:D6');
    sheet.addRow(['DOWN', 'SM-C', '08/2026', 3]);
    sheet.addRow([null, null, '07/2026', 3]);
    sheet.mergeCells('A7:A8');
    sheet.mergeCells('B7:B8');
    const id = await send(new Uint8Array((await book.xlsx.writeBuffer()) as ArrayBuffer), { name: 'Biểu mẫu.xlsx' });
    const read = await until(id, 'ready');
    const detail = await imports.get(id, operator);
    expect(read).toMatchObject({ good: 4, faulty: 3 });
    expect(detail.ok && detail.value.rows.map(({ code, period, value }) => [code, period, value])).toEqual([['UP', '2026-08', 75.5], ['UP', '2026-07', 60], ['DOWN', '2026-08', 3], ['DOWN', '2026-07', 3]]);
    expect(detail.ok && detail.value.remarks.filter(({ isFault }) => isFault).map(({ line, code }) => [line, code])).toEqual([[4, 'formula'], [5, 'merged-value'], [6, 'merged-value']]);
  });

  it.each([['so-lieu.xls', 'abc'], ['anh.png', '\u0089PNG'], ['gia.csv', 'PK\u0003\u0004']])('%s is refused at once', async (name, text) => {
    expect(await imports.begin({ name, bytes: new TextEncoder().encode(text) }, operator)).toMatchObject({ ok: false, fault: { code: 'IMPORT_FORM' } });
  });

  it('without its heading, or broken, is refused with the reason', async () => {
    expect(await until(await send('Mã chỉ tiêu;Kỳ;Giá trị\nUP;09/2026;4'), 'refused')).toMatchObject({ refusal: expect.stringContaining('Đơn vị') });
    expect(await until(await send(HEADING), 'refused')).toMatchObject({ refusal: expect.stringContaining('không có dòng số liệu') });
    expect(await until(await send(new Uint8Array([0x50, 0x4b, 3, 4, 1, 2, 3]), { name: 'hong.xlsx' }), 'refused')).toMatchObject({ refusal: expect.stringContaining('XLSX') });
  });

  it('cancelled before it is taken leaves nothing, and cannot be taken any more', async () => {
    const id = await send(`${HEADING}\nUP;SM-A;01/2026;4`);
    await until(id, 'ready');
    expect(await imports.cancel(id, operator)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(await imports.take(id, true, operator)).toMatchObject({ ok: false, fault: { code: 'STATE_STEP' } });
  });

  it('cancelled while it is written leaves nothing of its first rows', async () => {
    const lines = Array.from({ length: 12_000 }, (_, at) => `UP;SM-A;${String((at % 12) + 1).padStart(2, '0')}/${1000 + Math.floor(at / 12)};4`);
    const id = await send(`${HEADING}\n${lines.join('\n')}`);
    await until(id, 'ready');
    const before = await valuesIn('UP');
    await imports.take(id, false, operator);
    expect(await imports.cancel(id, operator)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    expect(await valuesIn('UP')).toEqual(before);
  });

  it('of one officer is hidden from another, and holds only their own units', async () => {
    const id = await send(`${HEADING}\nUP;SM-B;09/2026;4`, { as: officer });
    expect(await until(id, 'ready')).toMatchObject({ good: 0, faulty: 1 });
    expect(await imports.get(id, scopeOf(OFFICER_B, units.subtree))).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
    expect(await imports.list(scopeOf(OFFICER_B, units.subtree))).toEqual({ ok: true, value: { items: [] } });
  });

  it('that a restart interrupted is said to be so', async () => {
    await bench.engine.query(`insert into indicator_import (file_name, state, made_by, made_by_name, made_at, updated_at) values ('do-dang.csv', 'reading', 'ac-1', 'x', 0, 0)`);
    await (await open()).close();
    const list = await imports.list(operator);
    expect(list.ok && list.value.items[0]).toMatchObject({ state: 'refused', refusal: expect.stringContaining('khởi động lại') });
  });
});

describe('one value by hand', () => {
  it('is a value like any other, by name of who may', async () => {
    expect(await imports.enter({ code: 'UP', unit: 'SM-A', period: '8/2026', value: 95 }, officer)).toMatchObject({ ok: true });
    expect((await valuesIn('UP')).filter(({ period }) => period === '2026-08')).toMatchObject([{ unit: 'SM-A', value: 95 }]);
  });
  it('of another unit, a formula or a time to come is refused with the field', async () => {
    expect(await imports.enter({ code: 'UP', unit: 'SM-B', period: '2026-08', value: 95 }, officer)).toMatchObject({ ok: false, fault: { code: 'AUTH_FORBIDDEN', pointer: '/unit' } });
    expect(await imports.enter({ code: 'MIX', unit: 'SM-A', period: '2026-08', value: 95 }, officer)).toMatchObject({ ok: false, fault: { pointer: '/code' } });
    expect(await imports.enter({ code: 'UP', unit: 'SM-A', period: '2027-08', value: 95 }, officer)).toMatchObject({ ok: false, fault: { pointer: '/period' } });
  });
});
