import { describe, expect, it } from 'vitest';
import { loadGeo } from './readData.ts';
import { createSearchIndex } from './search.ts';

const { search } = loadGeo().search();
const names = (query: string, limit?: number): string[] => search(query, limit).map(({ entry }) => entry.name);

describe('search over the shipped data', () => {
  it.each(['cu mgar', "CƯ M'GAR", 'Cư M’gar', 'Cư M’gar'.normalize('NFD'), 'xã cư m’gar', 'xa cu mgar'])('%s finds Cư M’gar first', (query) => {
    expect(search(query)[0]?.entry.id).toBe('24280');
  });

  it('finds a ward by its old name and says so', () => {
    const hit = search('phường Thạch Thang').find(({ entry }) => entry.id === '20242');
    expect(hit).toMatchObject({ alias: 'Phường Thạch Thang', rank: 0 });
  });

  it('finds old districts and cities as groups', () => {
    const city = search('thành phố Buôn Ma Thuột').find(({ entry }) => entry.kind === 'group');
    expect(city?.entry.name).toBe('thành phố Buôn Ma Thuột');
    expect(names('huyện cư mgar')).toContain("huyện Cư M'gar");
    expect(loadGeo().groups().find(({ name }) => name === "huyện Cư M'gar")?.units).toEqual(['24259', '24265', '24277', '24280', '24286', '24301']);
  });

  it('finds streets, crossings and bridges with either placing of the tone', () => {
    expect(names('nguyen van linh')).toContain('Đường Nguyễn Văn Linh');
    expect(names('cau rong')[0]).toBe('Cầu Rồng');
    expect(search('hoà cường')[0]?.entry.id).toBe('20257');
    expect(search('hòa cường')[0]?.entry.id).toBe('20257');
  });

  it('puts Hoàng Sa and Trường Sa first under their names', () => {
    expect(search('hoang sa')[0]?.entry.id).toBe('20333');
    expect(search('trường sa')[0]?.entry.id).toBe('22736');
  });

  it('answers nothing to nothing', () => {
    expect(search('   ')).toEqual([]);
    expect(search('zzzzqq')).toEqual([]);
    expect(search('hoa', 3)).toHaveLength(3);
  });
});

it('ranks exact, then prefix, then word, then inside', () => {
  const index = createSearchIndex(['Bình Sơn Trà', 'Sơn Trà', 'Sơn Trà Tịnh', 'Hòn Sơnx'].map((name) => ({ id: name, kind: 'place' as const, name })));
  expect(index.search('son tra').map(({ entry, rank }) => [entry.name, rank])).toEqual([['Sơn Trà', 0], ['Sơn Trà Tịnh', 1], ['Bình Sơn Trà', 2]]);
  expect(index.search('onx')[0]?.rank).toBe(3);
});
