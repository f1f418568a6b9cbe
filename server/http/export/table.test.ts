import { expect, it } from 'vitest';
import { csvOf } from './formats.ts';
import { tableOf } from './table.ts';

it('names services and units in a file for people, and keeps a code nobody can name', () => {
  const items = [{ id: 'fb-1', service: 'public-lighting', ward: '20209', source: 'citizen' }, { id: 'fb-2', service: 'made-up', ward: '99999', source: 'import-1022' }];
  const { header, rows } = tableOf('feedback', items, false, { unit: (code) => (code === '20209' ? 'Phường Thanh Khê' : code), source: (id) => (id === 'import-1022' ? 'Nhập từ bảng 1022' : id) });
  const column = (heading: string) => rows.map((row) => row[header.indexOf(heading)]);
  expect(column('Lĩnh vực')).toEqual(['Chiếu sáng công cộng', 'made-up']);
  expect(column('Nguồn')).toEqual(['Người dân gửi phản ánh', 'Nhập từ bảng 1022']);
  expect(column('Địa bàn')).toEqual(['Phường Thanh Khê', '99999']);
});

it('writes numbers for programs with points and commas between, for Vietnamese spreadsheets the other way round', () => {
  const table = { title: 't', header: ['Tên', 'Tỷ lệ'], rows: [['Hải Châu; Sơn Trà, ven biển', 55.3], ['=1+1', null], ['Cẩm Lệ', -0.5]] };
  const lines = (form?: 'vi') => csvOf(table, form).body.toString('utf8').split('\r\n');
  expect(lines()).toEqual(['\uFEFFTên,Tỷ lệ', '"Hải Châu; Sơn Trà, ven biển",55.3', "'=1+1,", 'Cẩm Lệ,-0.5', '']);
  expect(lines('vi')).toEqual(['\uFEFFTên;Tỷ lệ', '"Hải Châu; Sơn Trà, ven biển";55,3', "'=1+1;", 'Cẩm Lệ;-0,5', '']);
});
