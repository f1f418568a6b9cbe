import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An HTTP source on the loopback. */
export interface TestSource {
  url: string;
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  requests: IncomingMessage['headers'][];
  /** Drops every connection until `isUp` is set again. */
  isUp: boolean;
  close(): Promise<void>;
}

export async function startSource(): Promise<TestSource> {
  const server = createServer((request, response) => {
    source.requests.push(request.headers);
    if (!source.isUp) request.socket.destroy();
    else source.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const source: TestSource = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    answer: (_, response) => response.end(),
    requests: [],
    isUp: true,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return source;
}
