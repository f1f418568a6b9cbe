import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { MEDIA_NAMESPACE, type MediaTold } from '#contract/mediaLine.ts';
import { CONTRACT_VERSION } from '#contract/version.ts';
import type { MediaAnswer } from '../domain/ports/media.ts';
import { startBench, type Bench } from './fakes.ts';

const open: { bench?: Bench; socket?: Socket } = {};
afterEach(async () => {
  open.socket?.close();
  await open.bench?.close();
});

async function watch(token = 'operator-token') {
  const rights = { isAllowed: true };
  const views: string[] = [];
  const bench = await startBench({
    pictures: {
      media: { serve: async (camera, file): Promise<MediaAnswer> => (camera === 'cam-1' ? { status: 200, headers: {}, body: file === 'index.m3u8' ? '#EXTM3U' : Buffer.from([1, 2]) } : { status: 503, headers: { 'x-camera-state': 'auth-failed' } }) },
      rights: { maySee: async () => rights.isAllowed },
      viewed: (_principal, camera) => void views.push(camera),
    },
  });
  const socket = io(`http://127.0.0.1:${bench.port}${MEDIA_NAMESPACE}`, { path: '/live', transports: ['websocket'], reconnection: false, auth: { contract: CONTRACT_VERSION, token } });
  Object.assign(open, { bench, socket });
  const get = (ask: unknown) => socket.timeout(3000).emitWithAck('media.get', ask) as Promise<MediaTold>;
  return { get, rights, views, socket, bench };
}

test('pictures come over one socket, and the first of a camera is noted', async () => {
  const { get, views } = await watch();
  expect(await get({ camera: 'cam-1', file: 'index.m3u8', query: { _HLS_msn: '7' } })).toEqual({ status: 200, body: '#EXTM3U' });
  expect(new Uint8Array((await get({ camera: 'cam-1', file: 'part-7.0.m4s' })).body as ArrayBuffer)).toEqual(Uint8Array.of(1, 2));
  expect(await get({ camera: 'cam-2', file: 'index.m3u8' })).toEqual({ status: 503, state: 'auth-failed' });
  expect(views).toEqual(['cam-1']);
});

test('a right that was taken away is refused on the open line', async () => {
  const { get, rights } = await watch();
  rights.isAllowed = false;
  expect(await get({ camera: 'cam-1', file: 'index.m3u8' })).toEqual({ status: 403 });
});

test.each([[{}], [{ camera: 'cam-1', file: '../secret' }], [{ camera: 'cam-1', file: 'index.m3u8', query: { other: '1' } }], ['cam-1'], [null]])('%j is no question', async (ask) => {
  const { get } = await watch();
  expect(await get(ask)).toEqual({ status: 400 });
});

test('a stranger gets no line', async () => {
  const { socket } = await watch('nobody');
  const refused = await new Promise<Error>((resolve) => socket.once('connect_error', resolve));
  expect(refused.message).toBe('auth');
});
