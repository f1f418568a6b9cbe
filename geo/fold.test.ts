import { describe, expect, it } from 'vitest';
import { dropPrefix, fold, foldName, sameTone } from './fold.ts';

describe('fold', () => {
  it.each([
    ['Đà Nẵng', 'da nang'],
    ['CƯ M’GAR', 'cu mgar'],
    ["Cư M'gar", 'cu mgar'],
    ['Cư M’gar'.normalize('NFD'), 'cu mgar'],
    ['  Nguyễn   Văn–Linh ', 'nguyen van linh'],
    ['Hoà Cường', 'hoa cuong'],
  ])('%s → %s', (text, key) => expect(fold(text)).toBe(key));
});

describe('sameTone', () => {
  it.each([
    ['Hoà Cường', 'Hòa Cường'],
    ['Thuỷ Tú', 'Thủy Tú'],
    ['Toà nhà', 'Tòa nhà'],
    ['Quý', 'Quý'],
    ['Hoàng Sa', 'Hoàng Sa'],
    ['Khoẻ', 'Khỏe'],
    ['Nguyễn', 'Nguyễn'],
  ])('%s → %s', (written, same) => expect(sameTone(written)).toBe(same));

  it('changes nothing the second time', () => {
    for (const name of ['Hoà Quý', 'Thuý', 'Loà']) expect(sameTone(sameTone(name))).toBe(sameTone(name));
  });
});

describe('dropPrefix', () => {
  it.each([
    ['Phường Hải Châu', 'Hải Châu'],
    ['đặc khu Hoàng Sa', 'Hoàng Sa'],
    ['thành phố Buôn Ma Thuột', 'Buôn Ma Thuột'],
    ['Quan Hóa', 'Quan Hóa'],
    ['Xã', 'Xã'],
  ])('%s → %s', (name, rest) => expect(dropPrefix(name)).toBe(rest));

  it('drops a plain prefix only from a name typed without marks', () => {
    expect(foldName('phuong hai chau')).toBe('hai chau');
    expect(foldName('Quận Hải Châu')).toBe('hai chau');
    expect(foldName('Xã Quan Sơn')).toBe('quan son');
  });
});
