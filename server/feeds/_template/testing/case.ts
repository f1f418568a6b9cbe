import { readFileSync } from 'node:fs';
import type { FeedCase } from '../../testing/feedCase.ts';
import { startSource } from '../../testing/source.ts';

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url));

/** The source on the loopback, answering with the fixtures. */
export const feedCase: FeedCase = {
  badRows: 4,
  goodRowsBesideBad: 1,
  promiseMs: 5000,
  async open() {
    const source = await startSource();
    return {
      settings: { url: source.url, everyS: 0.05, promiseS: 5 },
      async offer(content) {
        source.isUp = true;
        let isTold = false;
        // Bad rows are told once, so that they are counted once.
        source.answer = (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json' }).end(isTold ? '[]' : fixture(content));
          isTold = content === 'bad';
        };
      },
      cut: async () => void (source.isUp = false),
      close: () => source.close(),
    };
  },
};
