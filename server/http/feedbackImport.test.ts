import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportOutcome } from '#contract/feedbackImport.ts';
import { createWorkApp, formOf, type WorkApp } from './testing/workApp.ts';

const CSV = '\uFEFFMã phản ánh,Thời gian tiếp nhận,Lĩnh vực,Nội dung phản ánh,Kinh độ,Vĩ độ,Họ và tên,Số điện thoại\r\n'
  + '1022-1,28/09/2026 08:30,Môi trường,Rác chưa thu gom ba ngày,108.2131,16.0668,Người A,0900000001\r\n'
  + '1022-2,28/09/2026 09:10,Việc lạ,"Ổ gà lớn, xe máy ngã",108.2140,16.0670,,\r\n'
  + '1022-3,ngày mai,Môi trường,Không có giờ,,,,\r\n'
  + '1022-4,28/09/2026 09:10,Môi trường,Ở ngoài biển Đông,120.5,5.1,,\r\n';

describe('reports from a spreadsheet', () => {
  let work: WorkApp;
  beforeAll(async () => void (work = await createWorkApp()), 60_000);
  afterAll(() => work.close());
  const send = async (bytes: Uint8Array, fields: Record<string, string> = {}, person = 'operator') => {
    const { payload, headers } = formOf(fields, [{ name: '1022.csv', bytes }]);
    const answer = await work.app.inject({ method: 'POST', url: '/api/v1/feedback/import', payload, headers: { ...headers, cookie: `__Host-ioc=${person}` } });
    return { status: answer.statusCode, body: answer.json() as ImportOutcome & { fault?: { code: string; pointer?: string } } };
  };
  const count = async () => (await work.store.engine.query<{ n: number }>('select count(*)::int as n from feedback'))[0]!.n;

  it('shows what will happen before it does, and then does just that', async () => {
    const looked = await send(Buffer.from(CSV), { mode: 'look' });
    expect(looked.body).toMatchObject({ isDone: false, total: 4, fresh: 2, known: 0, refused: 2, unknownServices: ['Việc lạ'], unused: ['Họ và tên', 'Số điện thoại'] });
    expect(await count()).toBe(0);
    const taken = await send(Buffer.from(CSV), { mode: 'take' });
    expect(taken.body).toMatchObject({ isDone: true, fresh: 2, refused: 2 });
    expect(await count()).toBe(2);
    expect((await send(Buffer.from(CSV), { mode: 'take' })).body).toMatchObject({ fresh: 0, known: 2 });
    expect(await count()).toBe(2);
  });

  it('takes no name and no telephone number in', async () => {
    const rows = await work.store.engine.query('select * from feedback');
    expect(JSON.stringify(rows)).not.toMatch(/Người A|0900000001/);
  });

  it('reads a workbook with a mapping of its own and dates as Excel keeps them', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Phản ánh');
    sheet.addRow(['BẢNG TỔNG HỢP']);
    sheet.addRow(['A', 'B', 'C']);
    sheet.addRow(['x-1', new Date(Date.UTC(2026, 8, 28, 8, 30)), 'Đèn đường hỏng']);
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    expect((await send(bytes, { mode: 'look', source: 'xlsx' })).body).toMatchObject({ fresh: 0, refused: 1 });
    const mapped = await send(bytes, { mode: 'take', source: 'xlsx', mapping: JSON.stringify({ ref: 'A', at: 'B', description: 'C' }) });
    expect(mapped.body).toMatchObject({ fresh: 1, refused: 0 });
    expect(await work.store.engine.query(`select reported_at as at from feedback where source = 'import-xlsx'`)).toEqual([{ at: Date.parse('2026-09-28T08:30+07:00') }]);
  });

  it.each([
    ['no table', 'xin chào', {}, 'SHEET_UNREADABLE'],
    ['a broken workbook', 'PK\u0003\u0004broken', {}, 'SHEET_UNREADABLE'],
    ['a broken mapping', CSV, { mapping: '{' }, 'REQUEST_BODY'],
    ['a mapping to a field that is none', CSV, { mapping: '{"phone":"Số điện thoại"}' }, 'REQUEST_BODY'],
    ['a source with a path in it', CSV, { source: '../x' }, 'REQUEST_BODY'],
  ])('refuses %s', async (_, text, fields, code) => {
    expect((await send(Buffer.from(text), fields)).body.fault?.code).toBe(code);
  });

  it('is for operators', async () => {
    expect((await send(Buffer.from(CSV), {}, 'other-officer')).status).toBe(403);
  });
});
