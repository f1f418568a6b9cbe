import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createRealClock } from '../kernel/clock.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createRandom } from '../kernel/random.ts';
import { readFrameStrip } from './frameStrip.ts';
import { createMediaOrigin, type MediaOrigin, type MediaOriginDeps } from './origin.ts';
import { hasLiveServer, startLiveServer, type LiveServer } from './testing/liveServer.ts';
import { startMediaServer } from './testing/mediaServer.ts';
import { isInstalled, run } from './testing/run.ts';

const [FPS, WIDTH, STRIP_WRAP] = [15, 640, 512];
const LONG = 60_000;

describe.runIf(isInstalled('ffmpeg') && hasLiveServer())('a real RTSP server with a live encoder', { timeout: LONG }, () => {
  const opened: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const part of opened.splice(0).reverse()) await part.close();
  });
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    opened.push(part);
    return part;
  };
  const originOf = (server: LiveServer, path: string, more: Partial<MediaOriginDeps> = {}) =>
    keep(createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(3), cameras: () => ({ kind: 'rtsp', url: server.url(path) }), allowLoopback: true, ...more }));
  const play = (origin: MediaOrigin, query = {}) => origin.serve('cam', 'index.m3u8', query);
  const untilState = (origin: MediaOrigin, state: string, withinMs: number) => expect.poll(() => origin.status('cam').state, { timeout: withinMs, interval: 50 }).toBe(state);

  /** How old the newest key picture is by what is drawn on it. Units: ms. */
  async function ageOnPicture(origin: MediaOrigin): Promise<number> {
    const still = await origin.serve('cam', 'still.mp4');
    const folder = mkdtempSync(join(tmpdir(), 'still-'));
    writeFileSync(join(folder, 'still.mp4'), still.body as Buffer);
    await run('ffmpeg', ['-v', 'error', '-i', join(folder, 'still.mp4'), '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', join(folder, 'gray')]);
    const luma = readFileSync(join(folder, 'gray'));
    const index = readFrameStrip((x, y) => luma[y * WIDTH + x]!);
    rmSync(folder, { recursive: true });
    const now = Math.floor((Number(still.headers['x-captured-at']) * FPS) / 1000);
    return index === undefined ? Number.NaN : (((((now - index) % STRIP_WRAP) + STRIP_WRAP + STRIP_WRAP / 2) % STRIP_WRAP) - STRIP_WRAP / 2) * (1000 / FPS);
  }

  it('is copied through to pixels, and the time of a picture is the time it was drawn', async () => {
    const origin = originOf(keep(await startLiveServer()), 'h264');
    expect(await play(origin)).toMatchObject({ status: 200 });
    expect(origin.status('cam')).toMatchObject({ state: 'live', codec: 'h264' });
    expect(Math.abs(await ageOnPicture(origin))).toBeLessThan(4000);
  });

  it('is played while no process of this machine shows its password', async () => {
    const server = keep(await startLiveServer());
    const password = 'Mat-Khau-Camera-77';
    const url = server.url('h264').replace('//', `//admin:${password}@`);
    const origin = originOf(server, 'h264', { cameras: () => ({ kind: 'rtsp', url }) });
    expect(await play(origin)).toMatchObject({ status: 200 });
    const shown = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')];
      } catch (error) {
        if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
        throw error;
      }
    });
    expect(shown.filter((line) => line.startsWith('ffmpeg ') && line.includes('pipe:0'))).not.toEqual([]);
    expect(shown.filter((line) => line.includes(password))).toEqual([]);
  });

  it('of H.265 is passed on as it is to screens that play it', async () => {
    const origin = originOf(keep(await startLiveServer()), 'h265');
    const playlist = await play(origin);
    expect(origin.status('cam').codec).toBe('h265');
    const [, init = ''] = /EXT-X-MAP:URI="([^"]+)"/.exec(String(playlist.body)) ?? [];
    expect((await origin.serve('cam', init)).body).toSatisfy((body: Buffer) => body.includes('hvc1'));
  });

  it('of H.265 is made H.264 for screens that do not, while there is room', async () => {
    const server = keep(await startLiveServer());
    const origin = originOf(server, 'h265', { mostTranscodes: 1 });
    await expect.poll(async () => (await play(origin, { plays: 'h264' })).status, { timeout: 30_000, interval: 500 }).toBe(200);
    const media = keep(await startMediaServer(origin));
    const { out } = await run('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', `${media.url}/cam/index.m3u8?plays=h264`]);
    expect(out).toMatch(/^h264/);
    const full = originOf(server, 'h265', { mostTranscodes: 0 });
    expect(await play(full, { plays: 'h264' })).toMatchObject({ status: 415, headers: { 'x-camera-state': 'transcoders-busy' } });
  });

  it('that is killed is named within ten seconds, and back within fifteen of its return', async () => {
    const server = keep(await startLiveServer());
    const origin = originOf(server, 'h264');
    await play(origin);
    const watching = setInterval(() => void play(origin), 500);
    await server.close();
    await expect.poll(() => origin.status('cam').state, { timeout: 10_000, interval: 50 }).not.toBe('live');
    keep(await startLiveServer(server.port));
    await untilState(origin, 'live', 15_000);
    clearInterval(watching);
  });

  it.each([['audio', 'audio-only'], ['vp8', 'unsupported-codec']] as const)('that sends %s instead is named %s within ten seconds, and live within fifteen of its return', async (kind, state) => {
    const server = keep(await startLiveServer());
    await server.as('cam', 'moving');
    const origin = originOf(server, 'cam');
    await play(origin);
    const watching = setInterval(() => void play(origin), 500);
    await untilState(origin, 'live', 10_000);
    await server.as('cam', kind);
    await untilState(origin, state, 10_000);
    expect(await play(origin)).toMatchObject({ status: 415, headers: { 'x-camera-state': state } });
    await server.as('cam', 'moving');
    await untilState(origin, 'live', 15_000);
    clearInterval(watching);
  });

  it('that changes the size of its picture goes on under a new initialisation', async () => {
    const server = keep(await startLiveServer());
    await server.as('cam', 'moving');
    const origin = originOf(server, 'cam');
    const sizes = async () => [...new Set(String((await play(origin)).body).match(/init-[0-9a-f]{8}/g))].length;
    const watching = setInterval(() => void play(origin), 500);
    await expect.poll(sizes, { timeout: 10_000 }).toBe(1);
    await server.resize('cam', '320x180');
    await expect.poll(sizes, { timeout: 15_000 }).toBe(2);
    await untilState(origin, 'live', 10_000);
    clearInterval(watching);
  });

  it('that hangs with its connections open is stalled within ten seconds, and live again after', async () => {
    const server = keep(await startLiveServer());
    const origin = originOf(server, 'h264');
    await play(origin);
    const watching = setInterval(() => void play(origin), 500);
    server.freeze(true);
    await untilState(origin, 'stalled', 10_000);
    server.freeze(false);
    await untilState(origin, 'live', 15_000);
    clearInterval(watching);
  });
});
