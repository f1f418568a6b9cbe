import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createCameraAddresses } from '../../../server/media/cameraAddress.ts';
import { createGateway, type Gateway } from '../../../server/media/gateway.ts';

/** Addresses of this machine that stand for a camera, and for what a camera must never lead us to. */
const [CAMERA, VICTIM] = ['127.0.0.2', '127.0.0.1'];
const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=300000\nsmall.m3u8\n';
const PLAYLIST = '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXT-X-MEDIA-SEQUENCE:7\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:1.0,\nseg7.mp4\n';
const FILES: Readonly<Record<string, string>> = { '/index.m3u8': MASTER, '/small.m3u8': PLAYLIST, '/init.mp4': 'INIT', '/seg7.mp4': 'SEGMENT' };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(host: string, port: number, answer: RequestListener): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    asked.push(request.url ?? '');
    answer(request, reply);
  });
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return { port: (server.address() as AddressInfo).port, asked };
}

/** A camera behind a name, and a victim on the same port of another address that the name turns to after the first look. */
async function behindName(answer: (victim: string) => RequestListener): Promise<{ gateway: Gateway; looks(): number; camera: string[]; victim: string[] }> {
  const victim = await listen(VICTIM, 0, (_request, reply) => reply.end(PLAYLIST));
  const camera = await listen(CAMERA, victim.port, answer(`http://${VICTIM}:${victim.port}`));
  let looks = 0;
  const addresses = createCameraAddresses(true, async () => [{ address: (looks += 1) === 1 ? CAMERA : VICTIM, family: 4 }]);
  const gateway = createGateway({ clock: { realNow: () => Date.now() }, addresses, url: `http://camera.example:${victim.port}/index.m3u8`, wantsLargest: false, suffix: '' });
  return { gateway, looks: () => looks, camera: camera.asked, victim: victim.asked };
}

const serveFiles: RequestListener = (request, reply) => void reply.end(FILES[request.url ?? ''] ?? '');

/** Plays as a screen would: the playlist, and every segment it names. */
async function play(gateway: Gateway): Promise<void> {
  const { body } = await gateway.serve('index.m3u8', { parts: '0' });
  for (const [name] of String(body).matchAll(/relay-[0-9a-f]{24}\.[a-z0-9]{2,3}/g)) await gateway.serve(name, {});
  await gateway.serve('still.mp4', {});
}

describe('a camera leads the server nowhere else', () => {
  test('by an address: every spelling is refused before anything is asked', async () => {
    const { refused } = JSON.parse(readFileSync(new URL('./addresses.json', import.meta.url), 'utf8')) as { refused: string[] };
    expect(new Set(refused).size).toBeGreaterThanOrEqual(60);
    const addresses = createCameraAddresses(false);
    const taken: string[] = [];
    for (const url of refused) for (const kind of ['rtsp', 'hls', 'whep']) if ((await addresses.pin(kind, url).catch(() => undefined)) !== undefined) taken.push(`${kind} ${url}`);
    console.log(`addresses no camera has: ${refused.length} spellings as ${refused.length * 3} streams, ${taken.length} taken`);
    expect(taken).toEqual([]);
  });

  test('by a name that means something else a moment later', async () => {
    const { gateway, looks, camera, victim } = await behindName(() => serveFiles);
    await play(gateway);
    expect([looks(), victim]).toEqual([1, []]);
    expect(new Set(camera)).toEqual(new Set(Object.keys(FILES)));
  });

  test.each(['127.0.0.1', '::1', '169.254.169.254', '::ffff:169.254.169.254', '64:ff9b::7f00:1', '0.0.0.0', 'fe80::1', '::7f00:1'])('by a name that also means %s', async (bad) => {
    const pin = createCameraAddresses(false, async () => [{ address: '10.1.2.3', family: 4 }, { address: bad, family: bad.includes(':') ? 6 : 4 }]);
    expect(await pin.pin('rtsp', 'rtsp://camera.example/1')).toBeUndefined();
  });

  const places = Object.keys(FILES);
  test.each([301, 302, 303, 307, 308].flatMap((status) => places.map((place) => [status, place] as const)))('by a redirect %i of %s', async (status, place) => {
    const { gateway, camera, victim } = await behindName((elsewhere) => (request, reply) =>
      request.url === place ? void reply.writeHead(status, { location: `${elsewhere}${place}`, refresh: `0;url=${elsewhere}` }).end() : serveFiles(request, reply));
    await play(gateway);
    expect(victim).toEqual([]);
    expect(camera).toContain(place);
  });

  test.each([
    ['a variant', (to: string) => ({ '/index.m3u8': `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n${to}/small.m3u8\n` })],
    ['a segment', (to: string) => ({ '/small.m3u8': PLAYLIST.replace('\nseg7', `\n${to}/seg7`) })],
    ['a header of segments', (to: string) => ({ '/small.m3u8': PLAYLIST.replace('"init', `"${to}/init`) })],
    ['a key', (to: string) => ({ '/small.m3u8': PLAYLIST.replace('#EXTINF', `#EXT-X-KEY:METHOD=AES-128,URI="${to}/key"\n#EXTINF`) })],
    ['another spelling of the host', (to: string) => ({ '/small.m3u8': PLAYLIST.replace('\nseg7', `\n//${to.replace('http://', '')}/seg7`) })],
  ] satisfies [string, (to: string) => Record<string, string>][])('by a playlist that names %s of another server', async (_what, changed) => {
    const { gateway, camera, victim } = await behindName((to) => {
      const files: Readonly<Record<string, string>> = { ...FILES, ...changed(to) };
      return (request, reply) => void reply.end(files[request.url ?? ''] ?? '');
    });
    await play(gateway);
    expect(victim).toEqual([]);
    expect(camera).toContain('/index.m3u8');
  });
});
