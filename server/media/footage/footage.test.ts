import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, test } from 'vitest';
import type { Clip } from '#contract/footage.ts';
import { okay, refused } from '#contract/faults.ts';
import type { PictureMask } from '#contract/topics/camera.ts';
import type { Principal } from '#contract/roles.ts';
import type { ClipStorePort } from '../../domain/ports/footage.ts';
import { wholeScope } from '../../domain/scope.ts';
import { createRealClock } from '../../kernel/clock.ts';
import { createSilentLog } from '../../kernel/log.ts';
import { createRandom } from '../../kernel/random.ts';
import { readElementaryStream } from '../annexB.ts';
import { createCameraAddresses } from '../cameraAddress.ts';
import { openWithFfmpeg } from '../ffmpegSource.ts';
import { createLoopLibrary } from '../loopLibrary.ts';
import { createMediaOrigin, type MediaOrigin } from '../origin.ts';
import { createHandClock } from '../testing/clock.ts';
import { startRtspCamera, type RtspCamera } from '../testing/rtspCamera.ts';
import { isInstalled, run } from '../testing/run.ts';
import { burnMasks, type BurnMasks } from './burnMasks.ts';
import { createFootage, type Footage } from './footage.ts';
import { withRange } from './rangeRelay.ts';
import { createRecorder, recorderAddress } from './recorder.ts';

const T = Date.parse('2026-11-22T03:00:00Z');
const person: Principal = { kind: 'person', id: 'us-1', name: 'Tổ camera', roles: ['camera-team'], units: null };
const folder = mkdtempSync(join(tmpdir(), 'footage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const opened: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const part of opened.splice(0).reverse()) await part.close();
});

/** The register of clips, in memory. */
function createClips(): ClipStorePort & { all: Clip[] } {
  const all: Clip[] = [];
  const find = (id: string) => all.find((clip) => clip.id === id)!;
  return {
    all,
    async open({ actor, ...clip }) {
      all.push({ ...clip, id: `clip-${all.length + 1 + Math.floor(performance.now())}`, name: clip.camera, state: 'open', bytes: 0, sha256: null, madeBy: actor.name, at: T });
      return all.at(-1)!.id;
    },
    settle: async (id, outcome) => void Object.assign(find(id), outcome, { state: outcome.bytes > 0 ? 'kept' : 'empty' }),
    left: async () => all.filter(({ state }) => state === 'open'),
    list: async () => okay(all),
    get: async (_scope, id) => (find(id) ? okay(find(id)) : refused('NOT_FOUND')),
    touching: async (camera, from, to) => all.filter((clip) => clip.state === 'kept' && clip.camera === camera && clip.to > from && clip.from < to),
    expire: async () => [],
  };
}

async function setUp(origin: MediaOrigin, clock: ReturnType<typeof createHandClock> | ReturnType<typeof createRealClock>, more: { clips?: ReturnType<typeof createClips>; recorder?: string; masks?: PictureMask[]; burn?: BurnMasks } = {}) {
  const clips = more.clips ?? createClips();
  const footage: Footage = await createFootage({
    clock, log: createSilentLog(), folder, ringMs: 90_000, clips, kept: () => [{ id: 'cam-1', retentionDays: 30 }],
    recorder: createRecorder({ clock, addresses: createCameraAddresses(true), open: openWithFfmpeg }),
    masks: () => more.masks ?? [], burn: more.burn ?? burnMasks,
    tap: (camera) => (more.recorder === undefined ? origin.tap(camera) : { recorder: more.recorder }),
  });
  opened.push(footage);
  return { footage, clips };
}

const originOf = (clock: Parameters<typeof createMediaOrigin>[0]['clock'], spec: ReturnType<Parameters<typeof createMediaOrigin>[0]['cameras']>) => {
  const origin = createMediaOrigin({ clock, log: createSilentLog(), random: createRandom(1), cameras: () => spec, allowLoopback: true });
  opened.push(origin);
  return origin;
};

test('an alert keeps film from a minute before it to five minutes after, with its hash', async () => {
  const clock = createHandClock(T);
  const { footage, clips } = await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock);
  await footage.keepFor('al-1', 'cam-1');
  clock.set(T + 310_000);
  await expect.poll(() => clips.all[0]?.state, { timeout: 20_000 }).toBe('kept');
  const [clip] = clips.all;
  expect(clip).toMatchObject({ kind: 'alert', about: 'al-1', from: T - 60_000, to: T + 300_000, deleteAt: T + 30 * 86_400_000 });
  const film = readFileSync(join(folder, `${clip!.id}.mp4`));
  expect(clip!.sha256).toBe(createHash('sha256').update(film).digest('hex'));
  const { out } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', join(folder, `${clip!.id}.mp4`)]);
  expect(Number(out)).toBeCloseTo(360, 0);
});

test('a camera whose film may not be kept has none', async () => {
  const clock = createHandClock(T);
  const { footage, clips } = await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock);
  await footage.keepFor('al-1', 'cam-2');
  expect(clips.all).toEqual([]);
});

test('film is taken out with person and reason, and never without', async () => {
  const clock = createHandClock(T);
  const { footage } = await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock);
  expect(await footage.take(person, 'cam-1', { from: T - 30_000, to: T - 10_000, reason: '  ' })).toMatchObject({ ok: false, fault: { code: 'CAMERA_REASON' } });
  const taken = await footage.take(person, 'cam-1', { from: T - 30_000, to: T - 10_000, reason: 'Va chạm giao thông' });
  expect(taken).toMatchObject({ ok: true, value: { kind: 'export', state: 'kept', madeBy: 'Tổ camera', reason: 'Va chạm giao thông', from: T - 30_000, to: T - 10_000 } });
  const found = await footage.clip(wholeScope('test'), taken.ok ? taken.value.id : '');
  expect(found.ok && createHash('sha256').update(found.value.body).digest('hex')).toBe(taken.ok && taken.value.sha256);
});

const HALF: PictureMask = [[0, 0], [0.5, 0], [0.5, 1], [0, 1]];

test.runIf(isInstalled('ffmpeg'))('a masked part is black in film that is looked at or taken out', async () => {
  const clock = createHandClock(T);
  const { footage, clips } = await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock, { masks: [HALF] });
  const lumaAt = async (film: Uint8Array, x: number) => {
    const path = join(folder, `look-${x}.mp4`);
    writeFileSync(path, film);
    await run('ffmpeg', ['-v', 'error', '-y', '-i', path, '-vf', `crop=16:16:${x}:200`, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', `${path}.gray`]);
    return readFileSync(`${path}.gray`).reduce((sum, value) => sum + value, 0) / 256;
  };
  const looked = await footage.film('cam-1', T - 10_000, T - 7000);
  const taken = await footage.take(person, 'cam-1', { from: T - 10_000, to: T - 7000, reason: 'Va chạm' });
  const kept = readFileSync(join(folder, `${clips.all[0]!.id}.mp4`));
  expect(taken.ok && taken.value.sha256).toBe(createHash('sha256').update(kept).digest('hex'));
  for (const film of [looked.ok ? looked.value.body : Buffer.alloc(0), kept]) {
    expect(await lumaAt(film, 100)).toBeLessThan(20);
    expect(await lumaAt(film, 500)).toBeGreaterThan(30);
  }
});

test('film of an alert lies covered on the disk', async () => {
  const clock = createHandClock(T);
  const { footage, clips } = await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock, { masks: [HALF], burn: async () => Buffer.from('covered') });
  await footage.keepFor('al-1', 'cam-1');
  clock.set(T + 310_000);
  await expect.poll(() => clips.all[0]?.state, { timeout: 20_000 }).toBe('kept');
  expect(readFileSync(join(folder, `${clips.all[0]!.id}.mp4`), 'utf8')).toBe('covered');
});

test('film that can not be covered is not shown', async () => {
  const clock = createHandClock(T);
  const { footage } = await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock, { masks: [[[0, 0], [1, 0], [1, 1]]], burn: async () => undefined });
  expect(await footage.film('cam-1', T - 10_000, T - 7000)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
});

test('the future has no film, and is not offered', async () => {
  const clock = createHandClock(T);
  const { footage } = await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock);
  expect(await footage.film('cam-1', T + 60_000, T + 90_000)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
  expect(await footage.spans('cam-1', T + 60_000, T + 90_000)).toEqual([]);
  expect(await footage.spans('cam-1', T - 60_000, T)).toEqual([{ source: 'sample', from: T - 60_000, to: T - 3000, clip: null }]);
});

test('a clip that was being written when the server ended keeps what it has', async () => {
  const clock = createHandClock(T);
  const clips = createClips();
  const id = await clips.open({ camera: 'cam-1', kind: 'alert', about: 'al-1', from: T - 60_000, to: T + 300_000, actor: { id: 'system', name: 'x' }, reason: null, deleteAt: T });
  writeFileSync(join(folder, `${id}.mp4`), 'begun');
  await setUp(originOf(clock, { kind: 'loop', loop: 'market-day' }), clock, { clips });
  expect(clips.all[0]).toMatchObject({ state: 'kept', bytes: 5, sha256: createHash('sha256').update('begun').digest('hex') });
});

test.each([
  ['rtsp://r/s?t={start}', 'rtsp://r/s?t=2026-11-22T03%3A00%3A00Z'],
  ['rtsp://r/s?starttime={start:basic}&endtime={end:basic}', 'rtsp://r/s?starttime=20261122T030000Z&endtime=20261122T030100Z'],
  ['rtsp://r/s?starttime=%7Bstart:underscore%7D', 'rtsp://r/s?starttime=2026_11_22_10_00_00'],
  ['rtsp://r/s?t={start:epoch}', `rtsp://r/s?t=${T / 1000}`],
  ['rtsp://r/s?t={start:unknown}', 'rtsp://r/s?t={start:unknown}'],
])('a recorder is asked for %s as %s', (template, address) => {
  expect(recorderAddress(template, T, T + 60_000)).toBe(address);
});

test('only PLAY is given a range, in the place of its own', () => {
  const play = 'PLAY rtsp://r/x RTSP/1.0\r\nCSeq: 5\r\nRange: npt=0.000-\r\nSession: 1\r\n\r\n';
  expect(withRange(play, T, T + 1000)).toBe('PLAY rtsp://r/x RTSP/1.0\r\nRequire: onvif-replay\r\nRange: clock=20261122T030000.000Z-20261122T030001.000Z\r\nCSeq: 5\r\nSession: 1\r\n\r\n');
  expect(withRange('SETUP rtsp://r/x RTSP/1.0\r\n\r\n', T, T)).toBe('SETUP rtsp://r/x RTSP/1.0\r\n\r\n');
});

describe.runIf(isInstalled('ffmpeg'))('film of the network', () => {
  const loop = createLoopLibrary().get('market-day')!;
  const { sps, pps } = readElementaryStream(readFileSync(new URL('../loops/market-day.h264', import.meta.url)));
  const startCamera = async (): Promise<RtspCamera> => {
    const camera = await startRtspCamera({ loop, sps, pps, login: { user: 'u', password: 'p' } });
    opened.push(camera);
    return camera;
  };

  it('lies in the ring of a camera nobody watches', async () => {
    const camera = await startCamera();
    const clock = createRealClock();
    const { footage } = await setUp(originOf(clock, { kind: 'rtsp', url: camera.url }), clock);
    const span = async () => (await footage.spans('cam-1', clock.now() - 60_000, clock.now())).find(({ source }) => source === 'ring');
    await expect.poll(async () => ((await span())?.to ?? 0) - ((await span())?.from ?? 0), { timeout: 30_000 }).toBeGreaterThan(2000);
    expect(footage.held()).toBeGreaterThan(10_000);
    const film = await footage.film('cam-1', clock.now() - 30_000, clock.now());
    expect(film.ok && film.value.body.length).toBeGreaterThan(10_000);
  });

  it('is read from a recorder for exactly the time that was asked', async () => {
    const recorder = await startCamera();
    const clock = createRealClock();
    const { footage } = await setUp(originOf(clock, undefined), clock, { recorder: `${recorder.url}?start={start:basic}&end={end:basic}` });
    const from = T - 3_600_000;
    const taken = await footage.take(person, 'cam-1', { from, to: from + 3000, reason: 'Đối chiếu' });
    expect(recorder.described().at(-1)).toContain('start=20261122T020000Z&end=20261122T020003Z');
    expect(taken).toMatchObject({ ok: true, value: { state: 'kept', from } });
  });

  it('is read from a recorder of ONVIF Profile G, where the time goes into the request', async () => {
    const recorder = await startCamera();
    const clock = createRealClock();
    const { footage } = await setUp(originOf(clock, undefined), clock, { recorder: recorder.url });
    const film = await footage.film('cam-1', T, T + 3000);
    expect(recorder.ranges()).toEqual(['clock=20261122T030000.000Z-20261122T030003.000Z']);
    expect(film.ok && film.value.body.length).toBeGreaterThan(10_000);
  });

  it('of a recorder that is away is none', async () => {
    const clock = createRealClock();
    const { footage } = await setUp(originOf(clock, undefined), clock, { recorder: 'rtsp://127.0.0.1:9/x?t={start}' });
    expect(await footage.film('cam-1', T, T + 1000)).toMatchObject({ ok: false, fault: { code: 'NOT_FOUND' } });
  });
});
