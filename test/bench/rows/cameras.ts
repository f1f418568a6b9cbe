import type { Browser, Page } from 'playwright-core';
import { createRealClock } from '../../../server/kernel/clock.ts';
import { createSilentLog } from '../../../server/kernel/log.ts';
import { createRandom } from '../../../server/kernel/random.ts';
import { createMediaOrigin, type CameraStreamSpec } from '../../../server/media/origin.ts';
import { hasLiveServer, startLiveServer } from '../../../server/media/testing/liveServer.ts';
import { openBrowser } from '../../support/browser.ts';
import type { CameraBench } from '../cameraPage/cameraBench.ts';
import { serveCameras } from '../cameras/site.ts';
import { resultOf, type Result, type Row } from '../row.ts';

const SETTLE_MS = 8000;
const WATCH_MS = 10_000;
const LOOK_MS = 500;
const FIRST_TURNS = 5;
const FPS = 15;
const WRAPS = { loop: 300, rtsp: 512 };

type Way = { name: string; mode: 'grid' | 'quick'; counts: readonly number[]; aimMs: number; against: string; steadyUpTo: number };
const WAYS: readonly Way[] = [
  { name: 'standard', mode: 'grid', counts: [1, 4, 9, 16, 25], aimMs: 4000, against: 'four seconds', steadyUpTo: 16 },
  { name: 'quick', mode: 'quick', counts: [1, 4, 9, 16, 25], aimMs: 1500, against: 'a second and a half', steadyUpTo: 9 },
];

/** Time of all processes of the browser so far. Units: seconds. */
async function cpuSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: { cpuTime: number }[] };
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

const inPage = <T>(page: Page, act: (bench: CameraBench) => T): Promise<T> => page.evaluate(`(${act.toString()})(window.bench)`) as Promise<T>;
const pause = (page: Page, ms: number) => page.evaluate((wait) => new Promise((resolve) => setTimeout(resolve, wait)), ms);

/** Plays so many cameras and reads the age of every picture from its pixels, time and again. */
async function watch(browser: Browser, page: Page, { name, mode, aimMs, against, steadyUpTo }: Way, source: 'loop' | 'rtsp', count: number): Promise<Result[]> {
  const cameras = Array.from({ length: count }, (_, index) => `${source}-${index}`);
  await page.evaluate(([names, how]) => (window as unknown as { bench: CameraBench }).bench.start(names, how), [cameras, mode] as const);
  await pause(page, SETTLE_MS);
  const before = await inPage(page, (bench) => bench.counts());
  const [cpuBefore, startedAt] = [await cpuSeconds(browser), performance.now()];
  const ages: number[] = [];
  while (performance.now() - startedAt < WATCH_MS) {
    ages.push(...(await page.evaluate(([fps, wrap]) => (window as unknown as { bench: CameraBench }).bench.ages(fps, wrap), [FPS, WRAPS[source]] as const)).filter(Number.isFinite));
    await pause(page, LOOK_MS);
  }
  const passedS = (performance.now() - startedAt) / 1000;
  const after = await inPage(page, (bench) => bench.counts());
  const cpu = (((await cpuSeconds(browser)) - cpuBefore) / passedS / count) * 100;
  await inPage(page, (bench) => bench.stop());
  const label = `camera.${source}.${name}.${count}`;
  const frames = after.frames - before.frames;
  return [
    resultOf(`${label}.age`, 'ms', ages, { against, peer: aimMs, aim: `≤ ${aimMs} ms on a quiet machine` }),
    resultOf(`${label}.dropped`, '%', [(100 * (after.dropped - before.dropped)) / Math.max(1, frames)], { against: `${frames} pictures`, aim: 'reported' }),
    resultOf(`${label}.stalls`, '', [after.stalls - before.stalls], { against: `${after.live} of ${count} live at the end`, aim: `0 up to ${steadyUpTo}` }),
    resultOf(`${label}.cpu`, '% of a core a tile', [cpu], { against: 'decoded in software', aim: 'reported' }),
  ];
}

/** From the lens to the pixel: how old a picture is, what is dropped, and what a tile costs, by count and by way. */
export const row: Row = {
  name: 'camera',
  isFullOnly: true,
  async measure({ say }) {
    const live = hasLiveServer() ? await startLiveServer() : undefined;
    const specOf = (camera: string): CameraStreamSpec | undefined => (camera.startsWith('loop') ? { kind: 'loop', loop: 'market-day' } : live && { kind: 'rtsp', url: live.url('h264') });
    const origin = createMediaOrigin({ clock: createRealClock(), log: createSilentLog(), random: createRandom(1), cameras: specOf, allowLoopback: true });
    const site = await serveCameras(origin);
    const browser = await openBrowser();
    const results: Result[] = [];
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
      await page.goto(site.url);
      await page.waitForFunction(() => 'bench' in window);
      const firstOf = async (camera: string): Promise<number[]> => {
        const shown = await page.evaluate((name) => (window as unknown as { bench: CameraBench }).bench.start([name], 'quick'), camera);
        await inPage(page, (bench) => bench.stop());
        return shown;
      };
      const first: Record<string, number[]> = { loop: [], cold: [], warm: [] };
      for (let turn = 0; turn < FIRST_TURNS; turn += 1) {
        first.loop!.push(...(await firstOf('loop-0')));
        if (!live) continue;
        first.cold!.push(...(await firstOf(`rtsp-cold-${turn}`)));
        first.warm!.push(...(await firstOf(`rtsp-cold-${turn}`)));
      }
      for (const [name, shown] of Object.entries(first)) if (shown.length > 0) results.push(resultOf(`camera.first.${name}`, 'ms', shown, { against: 'one second', peer: 1000, aim: name === 'cold' ? 'reported' : '≤ 1 s' }));
      for (const way of WAYS) {
        for (const count of way.counts) {
          results.push(...(await watch(browser, page, way, 'loop', count)));
          say(`camera: ${count} ${way.name}`);
        }
        if (live) for (const count of [1, 4]) results.push(...(await watch(browser, page, way, 'rtsp', count)));
      }
      return results;
    } finally {
      await browser.close();
      await site.close();
      await origin.close();
      await live?.close();
    }
  },
};
