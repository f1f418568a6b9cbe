import { expect, it } from 'vitest';
import { tableOf } from './table.ts';

it('names services and units in a file for people, and keeps a code nobody can name', () => {
  const items = [{ id: 'fb-1', service: 'public-lighting', ward: '20209' }, { id: 'fb-2', service: 'made-up', ward: '99999' }];
  const { header, rows } = tableOf('feedback', items, false, (code) => (code === '20209' ? 'Phường Thanh Khê' : code));
  const column = (heading: string) => rows.map((row) => row[header.indexOf(heading)]);
  expect(column('Lĩnh vực')).toEqual(['Chiếu sáng công cộng', 'made-up']);
  expect(column('Địa bàn')).toEqual(['Phường Thanh Khê', '99999']);
});
