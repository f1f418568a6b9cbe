import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createRealClock } from '../kernel/clock.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createRandom } from '../kernel/random.ts';
import { readElementaryStream } from './annexB.ts';
import { createLoopLibrary } from './loopLibrary.ts';
import { createMediaOrigin, type MediaOrigin } from './origin.ts';
import { startMediaServer } from './testing/mediaServer.ts';
import { startRtspCamera, type RtspCamera } from './testing/rtspCamera.ts';
import { isInstalled, run } from './testing/run.ts';

const LOOP = createLoopLibrary().get('market-day')!;
const { sps, pps } = readElementaryStream(readFileSync(new URL('./loops/market-day.h264', import.meta.url)));
const LOGIN = { user: 'fixture', password: 'right' };

describe.runIf(isInstalled('ffmpeg'))('a network camera', () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const part of opened.splice(0).reverse()) await part.close();
  });

  async function setUp(address: (camera: RtspCamera) => string = (camera) => camera.url) {
    const camera = await startRtspCamera({ loop: LOOP, sps, pps, login: LOGIN });
    const spec = { kind: 'rtsp' as const, url: address(camera) };
    const origin = createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(3), cameras: () => spec, allowLoopback: true });
    opened.push(camera, origin);
    return { camera, origin };
  }

  const playlist = (origin: MediaOrigin) => origin.serve('cam', 'index.m3u8', { parts: '0' });
  const status = (origin: MediaOrigin, state: string) => expect.poll(() => origin.status('cam')?.state, { timeout: 15_000, interval: 50 }).toBe(state);

  it('reaches its viewers through Digest and one connection, and ffmpeg reads it back', async () => {
    const { camera, origin } = await setUp();
    const answers = await Promise.all([playlist(origin), playlist(origin), playlist(origin)]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    expect(camera.plays()).toBe(1);
    const server = await startMediaServer(origin);
    opened.push(server);
    const { out } = await run('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,width,height', '-of', 'csv=p=0', `${server.url}/cam/index.m3u8`]);
    expect(out).toMatch(/^h264,640,360/);
  });

  it('keeps its password out of the list of processes', async () => {
    const { origin } = await setUp();
    await playlist(origin);
    const { out } = await run('ps', ['-eo', 'args']);
    expect(out).toContain('ffmpeg -hide_banner');
    expect(out).not.toContain('fixture:right');
  });

  it('comes back after the line was cut', async () => {
    const { camera, origin } = await setUp();
    await playlist(origin);
    camera.cut();
    await expect.poll(() => camera.plays(), { timeout: 15_000 }).toBe(2);
    await status(origin, 'live');
    const { body } = await playlist(origin);
    await expect.poll(async () => String((await playlist(origin)).body).includes('#EXT-X-DISCONTINUITY\n'), { timeout: 10_000 }).toBe(true);
    expect(String(body)).toContain('#EXT-X-MEDIA-SEQUENCE');
  });

  it('is stalled while its picture stands still, and live again after', async () => {
    const { camera, origin } = await setUp();
    await playlist(origin);
    camera.freeze(true);
    await status(origin, 'stalled');
    camera.freeze(false);
    await status(origin, 'live');
  });

  it('with a wrong password is asked once', async () => {
    const { camera, origin } = await setUp((right) => right.url.replace('right', 'wrong'));
    const answer = await playlist(origin);
    expect(answer).toMatchObject({ status: 424, headers: { 'x-camera-state': 'auth-failed' } });
    expect(camera.plays()).toBe(0);
  });

  it('that is switched off is unreachable', async () => {
    const { camera, origin } = await setUp();
    await camera.close();
    opened.splice(opened.indexOf(camera), 1);
    expect(await playlist(origin)).toMatchObject({ status: 503, headers: { 'x-camera-state': 'unreachable' } });
  });
});
