import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MediaOrigin } from '../origin.ts';

/** The bare HTTP around an origin that a test needs: `/media/:camera/:file` on a free port of this machine. */
export async function startMediaServer(origin: Pick<MediaOrigin, 'serve'>): Promise<{ url: string; requests: string[]; close(): Promise<void> }> {
  const requests: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url!, 'http://test');
    requests.push(request.url!);
    const [, cameraId = '', file = ''] = /^\/media\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
    const left = new AbortController();
    response.on('close', () => left.abort());
    const answer = await origin.serve(cameraId, file, Object.fromEntries(searchParams), left.signal);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/media`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
