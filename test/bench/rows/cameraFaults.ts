import type { Page } from 'playwright-core';
import labels from '../../../client/video/text.vi.json' with { type: 'json' };
import { createRealClock } from '../../../server/kernel/clock.ts';
import { createSilentLog } from '../../../server/kernel/log.ts';
import { createRandom } from '../../../server/kernel/random.ts';
import { createMediaOrigin, type MediaOrigin } from '../../../server/media/origin.ts';
import { hasLiveServer } from '../../../server/media/testing/liveServer.ts';
import { openBrowser } from '../../support/browser.ts';
import type { CameraBench } from '../cameraPage/cameraBench.ts';
import { createTroubles } from '../cameras/faults.ts';
import { serveCameras } from '../cameras/site.ts';
import { resultOf, type Result, type Row } from '../row.ts';

/** Units: ms. */
const [LOOK_MS, HOLD_MS, LONGEST_MS, LONGEST_START_MS, AWAY_MS] = [100, 8000, 40_000, 60_000, 5000];
const STILL_MS = { reduced: 60_000, full: 600_000 };
const AIM_MS = { named: 10_000, back: 15_000 };

type Tile = ReturnType<CameraBench['tiles']>[number];
const wordsOf = (state: string): string => (labels as Record<string, string>)[state] || state;
const tilesOf = (page: Page) => page.evaluate(() => (window as unknown as { bench: CameraBench }).bench.tiles());

/** Every fault of a camera in Chromium: how soon its tile names it, with which words, what the other tiles say meanwhile, and how soon it is back. */
export const row: Row = {
  name: 'camera-faults',
  isFullOnly: true,
  async measure({ rounds, isFull, say }) {
    if (!hasLiveServer()) throw new Error('no GStreamer RTSP server on this machine');
    const base = { clock: createRealClock(), log: createSilentLog(), random: createRandom(1) };
    const loops = createMediaOrigin({ ...base, cameras: () => ({ kind: 'loop', loop: 'market-day' }) });
    const troubles = await createTroubles(loops);
    const names = [...troubles.list.map(({ name }) => name), 'still'];
    const startOrigin = (): MediaOrigin => createMediaOrigin({ ...base, cameras: (camera) => (camera === 'still' ? troubles.still : troubles.list.find(({ name }) => name === camera)?.spec()), allowLoopback: true });
    let origin: MediaOrigin | undefined = startOrigin();
    const site = await serveCameras({ serve: async (...asked) => (origin ? origin.serve(...asked) : { status: 503, headers: {} }) });
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
    const falseLabels = new Map<string, number>();

    /** Looks until `isSo`; tiles that are not meant and stop being live are counted against `about`. */
    const until = async (about: string, isSo: (tiles: Tile[]) => boolean, meant: (index: number) => boolean, longestMs = LONGEST_MS): Promise<{ tookMs: number; tiles: Tile[] }> => {
      const startedAt = performance.now();
      const untrue = new Set<number>();
      for (;;) {
        const tiles = await tilesOf(page);
        tiles.forEach(({ state }, index) => state !== 'live' && !meant(index) && untrue.add(index));
        const tookMs = performance.now() - startedAt;
        if (isSo(tiles) || tookMs > longestMs) {
          falseLabels.set(about, Math.max(falseLabels.get(about) ?? 0, untrue.size));
          return { tookMs: isSo(tiles) ? tookMs : Number.NaN, tiles };
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    };
    /** Waits until every tile is live, and says which are not. */
    const settle = async (about: string) => {
      const { tiles } = await until(about, (seen) => seen.length === names.length && areLive(seen), () => true, LONGEST_START_MS);
      const away = tiles.flatMap(({ state }, index) => (state === 'live' ? [] : [`${names[index]} ${state}`]));
      if (away.length > 0) say(`camera-faults: before ${about} not live: ${away.join(', ')}`);
    };
    const areLive = (tiles: Tile[]) => tiles.every(({ state }) => state === 'live');
    const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

    const measureFault = async ({ name, begin, end, goesOnAs }: (typeof troubles.list)[number]): Promise<Result[]> => {
      const at = names.indexOf(name);
      const [named, back, words]: [number[], number[], Set<string>] = [[], [], new Set()];
      for (let turn = 0; turn < rounds; turn += 1) {
        await settle(name);
        await begin();
        const isNamed = (tiles: Tile[]) => (goesOnAs ? tiles[at]!.width === goesOnAs && tiles[at]!.state === 'live' : tiles[at]!.state !== 'live');
        const seen = await until(name, isNamed, (index) => index === at);
        named.push(seen.tookMs);
        await wait(HOLD_MS);
        words.add(wordsOf((await tilesOf(page))[at]!.state));
        await end();
        const isBack = (tiles: Tile[]) => tiles[at]!.state === 'live' && tiles[at]!.width !== goesOnAs;
        back.push((await until(name, isBack, (index) => index === at)).tookMs);
      }
      const others = `${names.length - 1 - (falseLabels.get(name) ?? 0)} of ${names.length - 1} other tiles live throughout`;
      return [
        resultOf(`camera-faults.${name}.named`, 'ms', named, { against: `${[...words].join(', ')}; ${others}`, peer: AIM_MS.named, aim: goesOnAs ? 'plays on ≤ 10 s' : '≤ 10 s' }),
        resultOf(`camera-faults.${name}.back`, 'ms', back, { against: 'fifteen seconds', peer: AIM_MS.back, aim: '≤ 15 s' }),
      ];
    };

    const measureRestart = async (): Promise<Result[]> => {
      const [named, back]: [number[], number[]] = [[], []];
      for (let turn = 0; turn < rounds; turn += 1) {
        await settle('restart');
        const old = origin;
        origin = undefined;
        await old?.close();
        named.push((await until('restart', (tiles) => tiles.every(({ state }) => state !== 'live'), () => true)).tookMs);
        await wait(AWAY_MS);
        origin = startOrigin();
        back.push((await until('restart', areLive, () => true)).tookMs);
      }
      return [
        resultOf('camera-faults.server-restart.named', 'ms', named, { against: 'every tile', peer: AIM_MS.named, aim: '≤ 10 s' }),
        resultOf('camera-faults.server-restart.back', 'ms', back, { against: 'every tile', peer: AIM_MS.back, aim: '≤ 15 s' }),
      ];
    };

    const measureStill = async (): Promise<Result> => {
      const longMs = isFull ? STILL_MS.full : STILL_MS.reduced;
      await settle('still');
      let untrue = 0;
      for (const startedAt = performance.now(); performance.now() - startedAt < longMs; await wait(LOOK_MS)) if ((await tilesOf(page)).at(-1)!.state !== 'live') untrue += 1;
      return resultOf('camera-faults.still', 'false labels', [untrue], { against: `a scene in which nothing moves, ${longMs / 1000} s, looked at every ${LOOK_MS} ms`, aim: '0' });
    };

    try {
      await page.goto(site.url);
      await page.waitForFunction(() => 'bench' in window);
      await page.evaluate((cameras) => void (window as unknown as { bench: CameraBench }).bench.start(cameras, 'quick'), names);
      await settle('start');
      const results: Result[] = [];
      for (const trouble of troubles.list) {
        const [named, back] = await measureFault(trouble);
        results.push(named!, back!);
        say(`camera-faults: ${trouble.name} named ${Math.round(named!.value)} ms (${named!.against}), back ${Math.round(back!.value)} ms`);
      }
      return [...results, ...(await measureRestart()), await measureStill()];
    } finally {
      await browser.close();
      await site.close();
      await origin?.close();
      await troubles.close();
      await loops.close();
    }
  },
};
