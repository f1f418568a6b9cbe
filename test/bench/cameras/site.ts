import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { Server } from 'socket.io';
import { build } from 'vite';
import { wholeScope } from '../../../server/domain/scope.ts';
import { createSilentLog } from '../../../server/kernel/log.ts';
import { createMediaDesk } from '../../../server/live/mediaDesk.ts';
import type { LiveServer, Party } from '../../../server/live/wire.ts';
import type { MediaOrigin } from '../../../server/media/origin.ts';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
const scope = wholeScope('bench');
const party: Party = { token: 'bench', principal: scope.principal, scope, scopeKey: '*', checkedAt: 0, expiresAt: Number.MAX_SAFE_INTEGER };
const parties = { open: async () => party, refresh: async () => 'same' as const, touch: () => undefined, forget: () => undefined };

/** The bench page with pictures of an origin beside it, by HTTP and over one socket. */
export async function serveCameras(origin: Pick<MediaOrigin, 'serve'>, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-bench-'));
  await build({ configFile: false, root: join(import.meta.dirname, '../cameraPage'), logLevel: 'error', build: { outDir: folder, emptyOutDir: true, target: 'es2023' } });
  const server = createServer(async (request, reply) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    const [, camera, file] = /^\/media\/([^/]+)\/([^/]+)$/.exec(pathname) ?? [];
    if (camera !== undefined && file !== undefined) {
      const gone = new AbortController();
      reply.on('close', () => gone.abort());
      const found = await origin.serve(camera, file, Object.fromEntries(searchParams), gone.signal);
      return void reply.writeHead(found.status, found.headers).end(found.body);
    }
    const path = join(folder, pathname === '/' ? 'index.html' : normalize(pathname));
    reply.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream').setHeader('set-cookie', '__Host-ioc=bench; Path=/; Secure; HttpOnly; SameSite=Strict');
    createReadStream(path).on('error', () => reply.writeHead(404).end()).pipe(reply);
  });
  const io = new Server(server, { path: '/live', transports: ['websocket'], serveClient: false });
  createMediaDesk({ io: io as unknown as LiveServer, parties, logger: createSilentLog(), build: '', isStopping: () => false, media: origin, rights: { maySee: async () => true }, viewed: () => undefined });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await io.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
