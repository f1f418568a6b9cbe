import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createSilentLog } from '../kernel/log.ts';
import { createRandom } from '../kernel/random.ts';
import { createRealClock } from '../kernel/clock.ts';
import { createCameraAddresses } from './cameraAddress.ts';
import { createMediaOrigin, type MediaOrigin } from './origin.ts';

const PLAYLIST = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:7\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n#EXT-X-MAP:URI="init.mp4?token=secret"\n#EXT-X-PROGRAM-DATE-TIME:2026-11-22T03:00:00.000Z\n#EXTINF:1.0,\nseg7.mp4?token=secret\n#EXT-X-PART:DURATION=0.2,URI="part8.0.mp4"\n';
const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=4000000\nbig.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=300000\nsmall.m3u8\n';
const FILES: Record<string, string> = { '/cam/index.m3u8': MASTER, '/cam/small.m3u8': PLAYLIST, '/cam/big.m3u8': PLAYLIST.replaceAll('seg7', 'big7'), '/cam/init.mp4': 'INIT', '/cam/seg7.mp4': 'SEGMENT', '/cam/big7.mp4': 'BIG' };

const open: { server?: Server; origin?: MediaOrigin } = {};
afterEach(async () => {
  await open.origin?.close();
  open.server?.closeAllConnections();
  open.server?.close();
});

async function relay(path = '/cam/index.m3u8', answer?: RequestListener, allowLoopback = true) {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    if (answer) return void answer(request, reply);
    const body = FILES[new URL(request.url ?? '', 'http://x').pathname];
    reply.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  const origin = createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(1), cameras: () => ({ kind: 'hls', url }), allowLoopback });
  Object.assign(open, { server, origin });
  return { origin, asked };
}

test('a gateway is relayed under our own names: no address or token of its shows', async () => {
  const { origin } = await relay();
  const playlist = String((await origin.serve('cam', 'index.m3u8', { parts: '0' })).body);
  expect(playlist).not.toMatch(/secret|127\.0\.0\.1|EXT-X-PART|SERVER-CONTROL/);
  const segment = playlist.split('\n').find((line) => line.startsWith('relay-'))!;
  expect(String((await origin.serve('cam', segment)).body)).toBe('SEGMENT');
  expect(String((await origin.serve('cam', 'still.mp4')).body)).toBe('INITSEGMENT');
  expect((await origin.serve('cam', 'still.mp4')).headers['x-captured-at']).toBe(String(Date.parse('2026-11-22T03:00:00Z')));
  expect(origin.status('cam').state).toBe('live');
});

test('a large picture takes the largest variant, and its segments with it', async () => {
  const { origin } = await relay();
  const playlist = String((await origin.serve('cam', 'index.m3u8', { stream: 'main' })).body);
  const segment = playlist.split('\n').find((line) => line.startsWith('relay-'))!;
  expect(segment).toMatch(/\?stream=main$/);
  expect(playlist).toContain('EXT-X-PART');
  expect(String((await origin.serve('cam', segment.split('?')[0]!, { stream: 'main' })).body)).toBe('BIG');
});

test('a gateway is asked for a segment once, however many watch', async () => {
  const { origin, asked } = await relay();
  const playlist = String((await origin.serve('cam', 'index.m3u8', { parts: '0' })).body);
  const segment = playlist.split('\n').find((line) => line.startsWith('relay-'))!;
  const left = new AbortController();
  const viewers = Array.from({ length: 5 }, () => origin.serve('cam', segment, {}, left.signal));
  left.abort();
  expect((await Promise.all(viewers)).map(({ body }) => String(body))).toEqual(Array.from({ length: 5 }, () => 'SEGMENT'));
  expect(asked.filter((path) => path.startsWith('/cam/seg7'))).toHaveLength(1);
});

test('a gateway that asks for the same file again with a session in its query is read with it, as MediaMTX wants', async () => {
  const { origin, asked } = await relay('/cam/index.m3u8', (request, reply) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
    if (pathname === '/cam/index.m3u8' && !searchParams.has('cookieCheck')) return void reply.writeHead(302, { location: '/cam/index.m3u8?cookieCheck=1' }).end();
    if (pathname === '/cam/index.m3u8') return void reply.end('#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=300000\nmain_stream.m3u8?session=s1\n');
    if (searchParams.get('session') !== 's1') return void reply.writeHead(401).end();
    reply.end(pathname.endsWith('.m3u8') ? PLAYLIST.replaceAll('token=secret', 'session=s1') : 'SEGMENT');
  });
  const playlist = String((await origin.serve('cam', 'index.m3u8', { parts: '0' })).body);
  const segment = playlist.split('\n').find((line) => line.startsWith('relay-'))!;
  expect(String((await origin.serve('cam', segment)).body)).toBe('SEGMENT');
  expect(asked.slice(0, 3)).toEqual(['/cam/index.m3u8', '/cam/index.m3u8?cookieCheck=1', '/cam/main_stream.m3u8?session=s1']);
  expect(origin.status('cam').state).toBe('live');
});

test.each([
  ['refuses the password', (_: unknown, reply) => reply.writeHead(401).end(), 'auth-failed'],
  ['redirects to another file', (_: unknown, reply) => reply.writeHead(302, { location: '/other.m3u8?cookieCheck=1' }).end(), 'unreachable'],
  ['redirects without end', (request: IncomingMessage, reply) => reply.writeHead(302, { location: `${request.url}&again` }).end(), 'unreachable'],
  ['redirects to the metadata service', (_: unknown, reply) => reply.writeHead(302, { location: 'http://169.254.169.254/' }).end(), 'unreachable'],
  ['names segments on another server', (_: unknown, reply) => reply.end('#EXTM3U\n#EXTINF:1,\nhttp://10.9.9.9/a.ts\n'), 'unreachable'],
  ['is no gateway at all', (_: unknown, reply) => reply.end('<html>'), 'unreachable'],
] satisfies [string, RequestListener, string][])('a gateway that %s is shown as what it is', async (_what, answer, state) => {
  const { origin } = await relay('/cam/index.m3u8', answer);
  expect((await origin.serve('cam', 'index.m3u8')).status).toBe(state === 'auth-failed' ? 424 : 503);
  expect(origin.status('cam').state).toBe(state);
});

test('the server itself is no gateway, and nothing is asked of it', async () => {
  const { origin, asked } = await relay('/cam/index.m3u8', undefined, false);
  expect((await origin.serve('cam', 'index.m3u8')).status).toBe(503);
  expect([origin.status('cam').state, asked]).toEqual(['refused-address', []]);
});

test('a name is judged by every address it stands for', async () => {
  const pin = (...found: string[]) => createCameraAddresses(false, async () => found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))).pin('rtsp', 'rtsp://camera.example/1');
  expect(await pin('10.0.0.5')).toMatchObject({ address: '10.0.0.5' });
  for (const bad of ['127.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', 'fe80::1', '0.0.0.0']) expect(await pin('10.0.0.5', bad), bad).toBeUndefined();
});
