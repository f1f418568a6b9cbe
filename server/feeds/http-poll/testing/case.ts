import { readFileSync } from 'node:fs';
import type { FeedCase } from '../../testing/feedCase.ts';
import { startSource } from '../../testing/source.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}.csv`, import.meta.url));

/** A table of rain gauges with Vietnamese headers, dates and decimals. */
export const feedCase: FeedCase = {
  badRows: 7,
  goodRowsBesideBad: 1,
  promiseMs: 5000,
  async open() {
    const source = await startSource();
    return {
      settings: {
        topic: 'sensor', url: source.url, every: '50ms', staleAfter: '5s', timeout: '5s', format: 'csv', allowPrivate: true,
        key: '{ma_tram}@{thoi_gian}',
        map: {
          ref: '{ma_tram}',
          name: 'ten',
          at: { from: 'thoi_gian', time: 'dd/MM/yyyy HH:mm', zone: 'Asia/Ho_Chi_Minh' },
          value: { from: 'mua_mm', number: 'comma' },
          kind: { from: 'loai', table: { 'Mưa': 'rain', 'Mực nước': 'water-level' } },
          unitOfMeasure: { from: 'loai', table: { 'Mưa': 'mm', 'Mực nước': 'm' } },
          position: { lon: 'kinh_do', lat: 'vi_do' },
        },
      },
      async offer(content) {
        source.isUp = true;
        source.answer = (request, response) => {
          const isKnown = request.headers['if-none-match'] === `"${content}"`;
          response.writeHead(isKnown ? 304 : 200, { etag: `"${content}"`, 'content-type': 'text/csv' }).end(isKnown ? undefined : fixture(content));
        };
      },
      cut: async () => void (source.isUp = false),
      close: () => source.close(),
    };
  },
};
