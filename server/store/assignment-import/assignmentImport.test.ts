import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OfficeOutcome } from '#contract/assignmentImport.ts';
import { scopeOf } from '../../domain/scope.ts';
import { createUnitNames } from '../../domain/units/unitNames.ts';
import { AT, createRedBench, DAY, OFFICER_A, OPERATOR, type RedBench, units } from '../red/testing/bench.ts';
import { peopleOfAssignments } from '../red/assignmentPeople.ts';
import { createAssignmentImport } from './assignmentImport.ts';

let bench: RedBench;
let office: ReturnType<typeof createAssignmentImport>;
const operator = scopeOf(OPERATOR, units.subtree);
const HEAD = 'STT,Mã nhiệm vụ,Văn bản chỉ đạo,Nội dung nhiệm vụ,Đơn vị chủ trì,Ngày giao,Hạn hoàn thành,Tiến độ (%),Đã hoàn thành,Vướng mắc';
const sheet = (...lines: string[]) => Buffer.from(`\ufeff${HEAD}\r\n${lines.join('\r\n')}\r\n`);
const GOOD = ['1,NV-1,88-TB/TU,Hoàn thành quy trình,SM-A,01/10/2026,31/12/2026,40 %,chưa,', '2,NV-2,,Báo cáo số liệu,so mau b,2026-10-01,2026-11-15 09:30,,không,Chưa có kinh phí'];

async function read(bytes: Uint8Array, how: { isDone?: boolean; skipsFaulty?: boolean } = {}, scope = operator): Promise<OfficeOutcome> {
  const outcome = await office.read(bytes, { isDone: false, skipsFaulty: false, ...how }, scope);
  if (!outcome.ok) throw new Error(outcome.fault.code);
  return outcome.value;
}
const kept = () => bench.engine.query<{ ref: string; source: string; provenance: string; values: Record<string, unknown> }>(`select ref, source, provenance, "values" from record where topic = 'assignment' order by n`);

beforeAll(async () => {
  bench = await createRedBench('embedded');
  office = createAssignmentImport({ engine: bench.engine, clock: bench.clock, door: bench.door, units, names: createUnitNames(units.all()) });
});
afterAll(() => bench.close());

describe('assignments from the office system', () => {
  it('are shown before they are taken, then taken whole, and the second time nothing changes', async () => {
    const looked = await read(sheet(...GOOD));
    expect(looked).toMatchObject({ isDone: false, total: 2, fresh: 2, refused: 0, unused: ['STT'], rows: [{ line: 2, ref: 'NV-1', unitName: 'Sở mẫu A', outcome: 'new' }, { unit: 'SM-B' }] });
    expect(await kept()).toEqual([]);
    expect(await read(sheet(...GOOD), { isDone: true })).toMatchObject({ isDone: true, fresh: 2 });
    expect(await kept()).toMatchObject([
      { ref: 'NV-1', source: 'ioffice', values: { title: 'Hoàn thành quy trình', directive: '88-TB/TU', progress: 40, done: false, dueAt: Date.parse('2026-12-31T17:00:00+07:00') } },
      { ref: 'NV-2', values: { blocked: 'Chưa có kinh phí', dueAt: Date.parse('2026-11-15T09:30:00+07:00') } },
    ]);
    expect((await bench.statuses()).filter(({ subject }) => subject.topic === 'assignment').map(({ unit, level }) => [unit, level])).toEqual([['SM-A', 'green'], ['SM-B', 'amber']]);
    expect(await read(sheet(...GOOD), { isDone: true })).toMatchObject({ fresh: 0, changed: 0, same: 2 });
  });

  it('say what they would change, go back and forth, and keep milestones that no sheet carries', async () => {
    await bench.send('assignment', [{ key: 'm', ref: 'GB-1', at: AT, unit: 'SM-C', title: 'Từ giao ban', dueAt: AT + 30 * DAY, progress: 0, milestones: [{ title: 'Mốc', dueAt: AT + DAY }] }], { id: 'ioc' });
    bench.clock.move({ at: AT + 1000 });
    const line = (progress: number) => `1,GB-1,,Từ giao ban,SM-C,,04/11/2026 10:00,${progress},không,`;
    expect((await read(sheet(line(50)))).rows[0]).toMatchObject({ outcome: 'changed', changes: [{ field: 'progress', from: '0', to: '50' }] });
    for (const progress of [50, 70, 50]) {
      bench.clock.move({ at: bench.clock.now() + 1000 });
      expect(await read(sheet(line(progress)), { isDone: true })).toMatchObject({ changed: 1 });
    }
    expect((await kept()).find(({ ref }) => ref === 'GB-1')).toMatchObject({ source: 'ioc', provenance: 'simulated', values: { progress: 50, milestones: [{ title: 'Mốc' }] } });
  });

  it.each([
    ['no title', '1,X,,,SM-A,,31/12/2026,,,', 'title', 'Thiếu nội dung'],
    ['a wrong unit', '1,X,,Việc,XX-9,,31/12/2026,,,', 'unit', 'Không có đơn vị “XX-9”'],
    ['no deadline', '1,X,,Việc,SM-A,,,,,', 'dueAt', 'Thiếu hạn'],
    ['a day that is none', '1,X,,Việc,SM-A,,31/02/2026,,,', 'dueAt', '31/02/2026'],
    ['an end before its beginning', '1,X,,Việc,SM-A,01/12/2026,01/11/2026,,,', 'dueAt', 'sớm hơn'],
    ['a share for a per cent', '1,X,,Việc,SM-A,,31/12/2026,"0,4",,', 'progress', '0,4'],
    ['a state that says neither', '1,X,,Việc,SM-A,,31/12/2026,,có lẽ,', 'done', 'có lẽ'],
    ['damaged text', '1,X,,Vi\ufffdc,SM-A,,31/12/2026,,,', 'title', 'hỏng mã'],
    ['a time before what stands here', '1,NV-1,,Tên khác,SM-A,,31/12/2026,,,', 'at', 'mới hơn'],
  ])('name row, field and reason: %s', async (_, line, field, reason) => {
    const told = Buffer.from(sheet(line).toString('utf8').replace('Vướng mắc', 'Vướng mắc,Cập nhật lúc').replace(/,\r\n$/, ',,01/09/2026\r\n'));
    expect((await read(told)).rows[0]).toMatchObject({ line: 2, outcome: 'refused', field, reason: expect.stringContaining(reason) });
  });

  it('with one refused row nothing is taken, until a person leaves it out', async () => {
    const mixed = sheet('1,NV-8,,Việc mới,SM-A,,31/12/2026,,,', '2,NV-8,,Trùng mã,SM-A,,31/12/2026,,,');
    expect((await read(mixed)).rows[0]).toMatchObject({ line: 3, field: 'ref', reason: 'Trùng mã nhiệm vụ với dòng 2 trong cùng bảng.' });
    expect(await office.read(mixed, { isDone: true, skipsFaulty: false }, operator)).toMatchObject({ ok: false, fault: { code: 'IMPORT_FAULTY' } });
    expect((await kept()).some(({ ref }) => ref === 'NV-8')).toBe(false);
    expect(await read(mixed, { isDone: true, skipsFaulty: true })).toMatchObject({ fresh: 1, refused: 1 });
  });

  it('come from a workbook with merged cells, real dates and decomposed letters; an officer brings only their own unit', async () => {
    const book = new ExcelJS.Workbook();
    const page = book.addWorksheet('Giao việc');
    page.addRow(['DANH SÁCH NHIỆM VỤ']);
    page.addRow(['Mã nhiệm vụ', 'Nội dung', 'Đơn vị', 'Hạn xử lý']);
    page.addRow(['W-1', 'Rà soát điểm ngập'.normalize('NFD'), 'Sở mẫu A', new Date(Date.UTC(2026, 11, 31))]);
    page.addRow(['W-2', 'Việc khác', 'Sở mẫu A', new Date(Date.UTC(2026, 11, 31))]);
    page.mergeCells('C3:C4');
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    const looked = await read(bytes, {}, scopeOf(OFFICER_A, units.subtree));
    expect(looked.rows).toMatchObject([{ title: 'Rà soát điểm ngập', unit: 'SM-A', outcome: 'new' }, { unit: 'SM-A', outcome: 'new' }]);
    const foreign = await read(sheet('1,F-1,,Việc,SM-B,,31/12/2026,,,'), {}, scopeOf(OFFICER_A, units.subtree));
    expect(foreign.rows[0]).toMatchObject({ outcome: 'refused', field: 'unit' });
  });

  it('name who answers, by account of the unit; who is not known here is said and the assignment is taken', async () => {
    await bench.account('binh', ['SM-A']);
    const people = (...lines: string[]) => Buffer.from(`Mã nhiệm vụ,Nội dung,Đơn vị chủ trì,Người chịu trách nhiệm,Hạn hoàn thành\r\n${lines.join('\r\n')}\r\n`);
    const file = people('P-1,Việc một,SM-A,"Trưởng phòng, Tên binh",31/12/2026', 'P-2,Việc hai,SM-A,Người Lạ,31/12/2026', 'P-3,Việc ba,SM-B,Tên binh,31/12/2026');
    const done = await read(file, { isDone: true });
    expect(done).toMatchObject({ fresh: 3, refused: 0, columns: { responsible: 'Người chịu trách nhiệm' } });
    expect(done.rows.map(({ ref, field, reason }) => [ref, field, reason?.slice(0, 12) ?? null])).toEqual([['P-1', null, null], ['P-2', 'responsible', 'Chưa có tài '], ['P-3', 'responsible', 'Chưa có tài ']]);
    const idOf = async (ref: string) => (await bench.engine.query<{ id: string }>(`select 'as-' || n as id from record where ref = $1`, [ref]))[0]!.id;
    expect((await peopleOfAssignments(bench.engine)).get(await idOf('P-1'))).toMatchObject({ name: 'Tên binh', position: 'Trưởng phòng', unit: 'SM-A' });
    expect(await read(file, { isDone: true })).toMatchObject({ same: 3 });
    await bench.account('chi', ['SM-A']);
    expect(await read(people('P-1,Việc một,SM-A,ten chi,31/12/2026'), { isDone: true })).toMatchObject({ changed: 1, rows: [{ changes: [{ field: 'responsible', from: 'Trưởng phòng, Tên binh', to: 'Trưởng phòng, Tên chi' }] }] });
    expect((await peopleOfAssignments(bench.engine)).get(await idOf('P-1'))).toMatchObject({ name: 'Tên chi' });
    expect(JSON.stringify(await bench.engine.query('select body from event_log'))).not.toContain('Tên chi');
  });

  it.each([['no table', 'xin chào'], ['a table of something else', 'A,B\r\n1,2\r\n'], ['a broken workbook', 'PK\u0003\u0004x']])('refuses %s', async (_, text) => {
    expect(await office.read(Buffer.from(text), { isDone: false, skipsFaulty: false }, operator)).toMatchObject({ ok: false, fault: { code: 'SHEET_UNREADABLE' } });
  });
});
