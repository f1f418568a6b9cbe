import type { FeedCase } from '../../testing/feedCase.ts';
import { startSource } from '../../testing/source.ts';
import { messageOf } from './message.ts';

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
          response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(messageOf(isTold && content === 'bad' ? 'none' : content));
          isTold = true;
        };
      },
      cut: async () => void (source.isUp = false),
      close: () => source.close(),
    };
  },
};
