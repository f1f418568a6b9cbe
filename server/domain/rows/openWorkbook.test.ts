import ExcelJS from 'exceljs';
import { beforeAll, expect, test } from 'vitest';
import { openWorkbook } from './openWorkbook.ts';

let plain: Buffer;
let bomb: Buffer;

beforeAll(async () => {
  const print = async (text: string) => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Sổ').addRow(['Tên', text]);
    return Buffer.from(await book.xlsx.writeBuffer());
  };
  [plain, bomb] = await Promise.all([print('chữ'), print('a'.repeat(30_000_000))]);
});

test('a workbook is opened', async () => {
  expect((await openWorkbook(plain)).getWorksheet('Sổ')?.getCell('B1').value).toBe('chữ');
});

test('one that is small and unpacks to much is refused before it is opened', async () => {
  expect(bomb.length).toBeLessThan(500_000);
  await expect(openWorkbook(bomb, 16 * 1024 * 1024)).rejects.toThrow();
});

test('one that lies about its size is refused all the same', async () => {
  const liar = Buffer.from(bomb);
  for (let at = liar.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1; at = liar.indexOf('PK\x01\x02', at + 4, 'latin1')) liar.writeUInt32LE(10, at + 24);
  await expect(openWorkbook(liar, 16 * 1024 * 1024)).rejects.toThrow();
});

test.each([['empty', Buffer.alloc(0)], ['text', Buffer.from('a,b\n1,2')], ['cut', Buffer.from('PK\x03\x04rest')]])('%s is no workbook', async (_name, bytes) => {
  await expect(openWorkbook(bytes)).rejects.toThrow();
});
