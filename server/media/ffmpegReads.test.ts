import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealClock } from '../kernel/clock.ts';
import { createSilentLog } from '../kernel/log.ts';
import { createRandom } from '../kernel/random.ts';
import { createMediaOrigin } from './origin.ts';
import { startMediaServer } from './testing/mediaServer.ts';
import { isInstalled, run } from './testing/run.ts';

const PLAYED_S = process.env.TEST_FULL === '1' ? 30 : 4;

/** ffmpeg 5 reads the initialisation again at every reload of any live playlist, and remarks on it. */
const withoutOwnNotices = (errors: string) => errors.replace(/^\[mov.*Found duplicated MOOV Atom\. Skipped it\n(?: *Last message repeated \d+ times\n)?/gm, '');

describe.runIf(isInstalled('ffmpeg'))('ffmpeg as an independent reader', () => {
  const phaseS = 20 - (Math.floor(Date.now() / 1000) % 20);
  const origin = createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(1), cameras: () => ({ kind: 'loop', loop: 'riverside-day', phaseS }) });
  let server: Awaited<ReturnType<typeof startMediaServer>>;

  beforeAll(async () => {
    server = await startMediaServer(origin);
  });
  afterAll(async () => {
    await server.close();
    await origin.close();
  });

  it('finds an H.264 Main picture of 640×360', async () => {
    const fields = 'stream=codec_name,profile,width,height,has_b_frames,r_frame_rate';
    const { out, errors } = await run('ffprobe', ['-v', 'warning', '-show_entries', fields, '-of', 'csv=p=0', `${server.url}/cam/index.m3u8`]);
    expect(errors).toBe('');
    expect(new Set(out.trim().split(/\n+/))).toEqual(new Set(['h264,Main,640,360,0,15/1']));
  });

  it.each([['low-latency', 'index.m3u8'], ['standard', 'index.m3u8?parts=0']])(`decodes ${PLAYED_S} seconds of the %s playlist across the seam of the loop without a warning`, async (_kind, file) => {
    const { code, out, errors } = await run('ffmpeg', ['-v', 'warning', '-i', `${server.url}/cam/${file}`, '-t', String(PLAYED_S), '-f', 'framemd5', '-']);
    expect({ code, errors: withoutOwnNotices(errors) }).toEqual({ code: 0, errors: '' });
    expect(out.split('\n').filter((line) => /^0,/.test(line))).toHaveLength(PLAYED_S * 15);
  });
});
