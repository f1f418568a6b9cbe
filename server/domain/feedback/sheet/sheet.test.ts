import { describe, expect, it } from 'vitest';
import { readMoment } from '../../rows/readMoment.ts';
import { guessMapping, readSheetLine, serviceOf } from './readSheet.ts';

const HEADS = ['STT', 'Mã phản ánh', 'Thời gian tiếp nhận', 'Lĩnh vực', 'Nội dung phản ánh', 'Địa chỉ', 'Kinh độ', 'Vĩ độ', 'Họ và tên', 'Số điện thoại'];
const local = (text: string) => Date.parse(`${text}+07:00`);
const line = (more: object = {}) => ({ line: 2, cells: { 'Mã phản ánh': '1022-7', 'Thời gian tiếp nhận': '05/10/2026 08:30', 'Lĩnh vực': 'moi truong', 'Nội dung phản ánh': 'Rác chưa thu gom', 'Địa chỉ': 'Đường Trần Phú', 'Kinh độ': '108,2231', 'Vĩ độ': '16.0668', 'Họ và tên': 'không nhập', ...more } });

describe('a spreadsheet of a switchboard', () => {
  it('is mapped by the heads of its columns; names and telephone numbers fill nothing', () => {
    expect(guessMapping(HEADS)).toEqual({ ref: 'Mã phản ánh', at: 'Thời gian tiếp nhận', service: 'Lĩnh vực', description: 'Nội dung phản ánh', address: 'Địa chỉ', lon: 'Kinh độ', lat: 'Vĩ độ' });
    expect(guessMapping(['Cột lạ'])).toEqual({});
  });

  it('becomes reports, and the same row is the same message', () => {
    const read = readSheetLine(line(), guessMapping(HEADS));
    expect(read).toMatchObject({ isServiceKnown: true, item: { ref: '1022-7', service: 'environment', at: local('2026-10-05T08:30'), position: [108.2231, 16.0668] } });
    expect(JSON.stringify(read)).not.toContain('không nhập');
    expect(readSheetLine(line(), guessMapping(HEADS))).toEqual(read);
  });

  it.each([
    [{ 'Nội dung phản ánh': '  ' }, 'nội dung'],
    [{ 'Thời gian tiếp nhận': '31/02/2026' }, 'thời gian'],
    [{ 'Kinh độ': 'đông' }, 'Kinh độ'],
    [{ 'Nội dung phản ánh': `a${'\u0301'.repeat(2000)}` }, 'dấu'],
  ])('names what is wrong with a row: %j', (more, reason) => {
    expect(readSheetLine(line(more), guessMapping(HEADS))).toMatchObject({ reason: expect.stringContaining(reason) });
  });

  it.each([
    ['05/10/2026', '2026-10-05T00:00'], ['5-10-2026 7h05', '2026-10-05T07:05'], ['2026-10-05 08:30', '2026-10-05T08:30'], ['2026-10-05', '2026-10-05T00:00'],
  ])('reads %s as local time', (text, at) => {
    expect(readMoment(text)).toBe(local(at));
  });

  it.each(['', '10/2026', '2026', '45000', '05/13/2026', '05/10/2026 25:00'])('does not guess %j', (text) => {
    expect(readMoment(text)).toBeUndefined();
  });

  it('knows a service by code or name, marks ignored', () => {
    expect(serviceOf('MÔI TRƯỜNG')).toBe('environment');
    expect(serviceOf('chuyện khác thường')).toBeUndefined();
  });
});
