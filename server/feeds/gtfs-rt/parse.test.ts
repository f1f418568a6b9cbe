import { expect, test } from 'vitest';
import { parseFeed } from './parse.ts';
import { messageOf } from './testing/message.ts';

const NOW = 1795139400000;

test('buses and service alerts become items; trip updates are left out', () => {
  const read = parseFeed(messageOf('good'), NOW);
  expect(read?.refused).toEqual([]);
  expect(read?.vehicles[0]).toMatchObject({ ref: 'bus-43B-012.34', at: 1795139395000, kind: 'bus', headingDeg: 185, speedKmh: expect.closeTo(23.4, 1) });
  expect(read?.vehicles[1]).toMatchObject({ speedKmh: 0, headingDeg: 0 });
  expect(read?.alerts).toEqual([{ key: 'transit-3@1795136000000', ref: 'transit-3', at: 1795136000000, kind: 'infrastructure', level: 3, title: 'Tuyến số 7 đi vòng do sửa đường' }]);
});

test('every bad entity is named with its reason', () => {
  const read = parseFeed(messageOf('bad'), NOW);
  expect(read?.refused.map(({ code }) => code)).toEqual(['GTFS_PLACE', 'GTFS_PLACE', 'GTFS_TITLE', 'GTFS_EMPTY']);
  expect(read?.vehicles).toHaveLength(1);
});

test.each([[Uint8Array.of(1, 2, 3)], [new TextEncoder().encode('<html>not found</html>')]])('bytes that are no message are refused, not thrown', (bytes) => {
  expect(parseFeed(bytes, NOW)).toBeUndefined();
});
