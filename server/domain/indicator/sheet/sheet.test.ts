import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadGeo } from '../../../../geo/readData.ts';
import { createUnitNames } from '../../units/unitNames.ts';
import { readCatalogue } from '../readCatalogue.ts';
import type { Cell } from './cell.ts';
import { createRowCheck } from './checkRows.ts';
import { columnsOf } from './columns.ts';
import { readSheetNumber } from './numberText.ts';
import { readSheetPeriod } from './periodText.ts';
import { remarksCsv } from './remarksCsv.ts';

const FILE = 'server/services/socio-economic/catalogue/kinh-te-xa-hoi.yaml';
const { catalogue } = readCatalogue([{ file: FILE, text: readFileSync(FILE, 'utf8') }], 'v1');
const agencies = ['A', 'B'].map((letter) => ({ code: `SM-${letter}`, name: `Sở mẫu ${letter}`, fullName: `Sở mẫu ${letter}`, kind: 'agency' as const, parent: '48', search: `so mau ${letter.toLowerCase()}` }));
const names = createUnitNames([...loadGeo().units(), ...agencies]);
const NOW = Date.parse('2026-11-10T08:00:00+07:00');
const columns = { code: 0, unit: 1, period: 2, value: 3 };
const text = (...cells: (string | Partial<Cell>)[]): (Cell | null)[] => cells.map((cell) => (cell === '' ? null : typeof cell === 'string' ? { text: cell } : { text: String(cell.number ?? cell.on ?? ''), ...cell }));

const checker = (scope: ReadonlySet<string> | null = null) => createRowCheck({ catalogue: catalogue!, names, columns, scope, now: NOW });
const check = (...cells: (string | Partial<Cell>)[]) => checker()({ line: 7, cells: text(...cells) });

describe('the heading of a sheet', () => {
  it('is found by the words people use, with or without marks and order', () => {
    expect(columnsOf(text('STT', 'Tên đơn vị', 'Kỳ báo cáo', 'MÃ CHỈ TIÊU', 'Thực hiện')).columns).toEqual({ code: 3, unit: 1, period: 2, value: 4 });
  });
  it('says which column it misses', () => {
    expect(columnsOf(text('Mã chỉ tiêu', 'Kỳ', 'Giá trị')).missing).toEqual(['unit']);
  });
});

describe('a number', () => {
  it.each([['48,8', 48.8], ['48.8', 48.8], ['1.234,5', 1234.5], ['1,234.5', 1234.5], ['1 234 567', 1_234_567], ['1.234.567', 1_234_567], ['0,125', 0.125], ['-3,5', -3.5]])('%s is %d', (written, value) => {
    expect(readSheetNumber({ text: written })).toEqual({ value, isPercent: false });
  });
  it('in per cent, as text or as the format of the cell, is that many per cent', () => {
    expect(readSheetNumber({ text: '48,8 %' })).toEqual({ value: 48.8, isPercent: true });
    expect(readSheetNumber({ text: '0.488', number: 0.488, isPercent: true })).toEqual({ value: 48.8, isPercent: true });
  });
  it('that could be two numbers is refused, with both ways to say it', () => {
    expect(readSheetNumber({ text: '1.234' })).toMatchObject({ flaw: 'number-ambiguous', whole: '1234' });
    expect(readSheetNumber({ text: '1,234' })).toMatchObject({ flaw: 'number-ambiguous' });
  });
  it.each(['đạt', '12 trieu', '1.23.4', '1,2,3', ''])('%s is none', (written) => expect(readSheetNumber({ text: written })).toMatchObject({ flaw: 'number-form' }));
});

describe('a period', () => {
  it.each(['31/10/2026', '2026-10-31', '31.10.2026', '10/2026', '2026-10', 'Tháng 10 năm 2026', 'T10/2026', 'tha\u0301ng 10/2026'])('%s is October for a monthly indicator', (written) => {
    expect(readSheetPeriod({ text: written }, 'month')).toEqual({ kind: 'month', index: 2026 * 12 + 9 });
  });
  it('is read from a date cell and from the number a lost format leaves', () => {
    expect(readSheetPeriod({ text: '', on: '2026-10-31' }, 'month')).toEqual({ kind: 'month', index: 2026 * 12 + 9 });
    expect(readSheetPeriod({ text: '46326', number: 46_326 }, 'month')).toEqual({ kind: 'month', index: 2026 * 12 + 9 });
  });
  it.each([['Quý III/2026', 'quarter', 2026 * 4 + 2], ['Q3/2026', 'quarter', 2026 * 4 + 2], ['năm 2026', 'year', 2026]] as const)('%s is a %s', (written, kind, index) => {
    expect(readSheetPeriod({ text: written }, kind)).toEqual({ kind, index });
  });
  it.each(['31/13/2026', '10/31/2026', '30/02/2026', 'tháng mười', '13/2026'])('%s is none', (written) => expect(readSheetPeriod({ text: written }, 'month')).toBeUndefined());
});

describe('a row', () => {
  it('that is right is taken as it stands', () => {
    expect(check('KTXH-01', 'SM-A', '10/2026', '48,8')).toEqual({ line: 7, good: { line: 7, code: 'KTXH-01', unit: 'SM-A', period: '2026-10', value: 48.8 }, remarks: [], contradicts: null });
  });
  it('finds units by name, by a decomposed name, and by a name that was merged away', () => {
    expect(check('KTXH-01', 'Sở mẫu A'.normalize('NFD'), '10/2026', '1').good?.unit).toBe('SM-A');
    expect(check('KTXH-01', 'phuong hai chau', '10/2026', '1').good?.unit).toBe('20242');
    const old = check('KTXH-01', 'Phường Thạch Thang', '10/2026', '1');
    expect(old.good?.unit).toBe('20242');
    expect(old.remarks).toMatchObject([{ line: 7, column: 'unit', isFault: false, code: 'unit-old' }]);
  });
  it.each([
    [['KHONG-CO', 'SM-A', '10/2026', '1'], 'code', 'code-unknown'],
    [['', 'SM-A', '10/2026', '1'], 'code', 'missing'],
    [['KTXH-01', '99999', '10/2026', '1'], 'unit', 'unit-unknown'],
    [['KTXH-01', 'Xã Tân Lập', '10/2026', '1'], 'unit', 'unit-several'],
    [['KTXH-01', 'Xã Hòa Liên', '10/2026', '1'], 'unit', 'unit-split'],
    [['KTXH-01', 'SM-A', '2026', '1'], 'period', 'period-kind'],
    [['KTXH-01', 'SM-A', '12/2026', '1'], 'period', 'period-future'],
    [['KTXH-01', 'SM-A', 'cuối năm', '1'], 'period', 'period-form'],
    [['KTXH-01', 'SM-A', '10/2026', 'chưa có'], 'value', 'number-form'],
    [['KTXH-01', 'SM-A', '10/2026', '1.234'], 'value', 'number-ambiguous'],
    [['KTXH-01', 'SM-A', '10/2026', '101,5'], 'value', 'number-whole'],
    [['KTXH-01', 'SM-A', '10/2026', { number: -0.01, isPercent: true }], 'value', 'number-whole'],
    [['KTXH-04', 'SM-A', '10/2026', '48,8 %'], 'value', 'number-percent'],
    [['KTXH-01', 'S\ufffd m\ufffdu A', '10/2026', '1'], 'unit', 'damaged'],
    [['KTXH-01', 'SM-A', '10/2026', { text: '#REF!', error: '#REF!' }], 'value', 'formula'],
    [['KTXH-01', 'SM-A', '10/2026', { number: 5, merged: 'D3:D7' }], 'value', 'merged-value'],
  ] as const)('%j is refused for its %s: %s', (cells, column, code) => {
    const { good, remarks } = check(...cells);
    expect(good).toBeNull();
    expect(remarks.filter(({ isFault }) => isFault)).toMatchObject([{ line: 7, column, code }]);
    expect(remarks[0]!.reason).not.toMatch(/[{}]/);
  });
  it('keeps a merged unit or period and says so', () => {
    const { good, remarks } = check('KTXH-01', { text: 'SM-A', merged: 'B3:B7' }, '10/2026', '1');
    expect(good?.unit).toBe('SM-A');
    expect(remarks).toMatchObject([{ code: 'merged', isFault: false }]);
  });
  it('outside the units of the sender is refused', () => {
    expect(checker(new Set(['SM-A']))({ line: 3, cells: text('KTXH-01', 'SM-B', '10/2026', '1') }).remarks).toMatchObject([{ code: 'unit-scope', isFault: true }]);
  });
  it('that repeats another enters once; one that contradicts it takes both out', () => {
    const each = checker();
    expect(each({ line: 2, cells: text('KTXH-01', 'SM-A', '10/2026', '5') }).good).not.toBeNull();
    expect(each({ line: 3, cells: text('KTXH-01', 'Sở mẫu A', '2026-10', '5,0') })).toMatchObject({ good: null, remarks: [{ code: 'duplicate', isFault: false }], contradicts: null });
    expect(each({ line: 4, cells: text('KTXH-01', 'SM-A', '31/10/2026', '6') })).toMatchObject({ good: null, remarks: [{ code: 'conflict', isFault: true }], contradicts: { line: 2, isFault: true } });
  });
});

it('writes remarks as a file that no spreadsheet runs', () => {
  const csv = remarksCsv([{ line: 3, column: 'value', isFault: true, code: 'number-form', text: '=1+1', reason: 'Không phải là số.' }]);
  expect(csv).toBe('\ufeffDòng,Cột,Loại,Nội dung đã ghi,Lý do\r\n3,Giá trị,Lỗi,\'=1+1,Không phải là số.\r\n');
});
