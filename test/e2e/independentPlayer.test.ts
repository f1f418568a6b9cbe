import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealClock } from '../../server/kernel/clock.ts';
import { createSilentLog } from '../../server/kernel/log.ts';
import { createRandom } from '../../server/kernel/random.ts';
import { createMediaOrigin, type MediaOrigin } from '../../server/media/origin.ts';
import { startMediaServer } from '../../server/media/testing/mediaServer.ts';
import { openBrowser } from '../support/browser.ts';

/** What the page tells of a player as its makers ship it. */
interface Told {
  warnings: string[];
  errors: string[];
  frames: number;
}

const LIBRARY = readFileSync(createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js'), 'utf8');
const PLAYED_MS = process.env.TEST_FULL === '1' ? 30_000 : 12_000;
/** What the makers' own demo page sets. */
const DEMO = { enableWorker: true, lowLatencyMode: true, backBufferLength: 90 };
let browser: Browser;
let origin: MediaOrigin;
let media: Awaited<ReturnType<typeof startMediaServer>>;

beforeAll(async () => {
  origin = createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(1), cameras: () => ({ kind: 'loop', loop: 'market-day' }) });
  [browser, media] = await Promise.all([openBrowser(), startMediaServer(origin)]);
});

afterAll(async () => {
  await browser?.close();
  await media?.close();
  await origin?.close();
});

test.each([['low latency', 'index.m3u8'], ['standard', 'index.m3u8?parts=0']])('a player with the settings of its makers plays our %s playlist without a warning', async (_kind, file) => {
  const page = await browser.newPage();
  await page.route('**/empty.html', (route) => route.fulfill({ contentType: 'text/html', body: '<video muted playsinline></video>' }));
  await page.goto(new URL('/empty.html', media.url).href);
  await page.addScriptTag({ content: LIBRARY });
  const told = await page.evaluate(
    ([src, playedMs, demo]) =>
      new Promise<Told>((resolve) => {
        const [warnings, errors]: [string[], string[]] = [[], []];
        const video = document.querySelector('video')!;
        const quiet = () => undefined;
        const keep = (into: string[]) => (...said: unknown[]) => void into.push(said.join(' '));
        const Hls = (window as unknown as { Hls: new (config: object) => { on(name: string, listener: (name: string, data: { details: string }) => void): void; loadSource(src: string): void; attachMedia(video: HTMLVideoElement): void } }).Hls;
        const hls = new Hls({ ...demo, debug: { trace: quiet, debug: quiet, log: quiet, info: quiet, warn: keep(warnings), error: keep(errors) } });
        hls.on('hlsError', (_name, { details }) => errors.push(details));
        hls.loadSource(src);
        hls.attachMedia(video);
        void video.play();
        setTimeout(() => resolve({ warnings, errors, frames: video.getVideoPlaybackQuality().totalVideoFrames }), playedMs);
      }),
    [`${media.url}/cam/${file}`, PLAYED_MS, DEMO] as const,
  );
  expect(told).toMatchObject({ warnings: [], errors: [] });
  expect(told.frames).toBeGreaterThan(60);
});
