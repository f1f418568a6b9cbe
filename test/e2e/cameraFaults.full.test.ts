import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRealClock } from '../../server/kernel/clock.ts';
import { createSilentLog } from '../../server/kernel/log.ts';
import { createRandom } from '../../server/kernel/random.ts';
import { createMediaOrigin, type MediaOrigin } from '../../server/media/origin.ts';
import { hasLiveServer } from '../../server/media/testing/liveServer.ts';
import type { CameraBench } from '../bench/cameraPage/cameraBench.ts';
import { createTroubles, type Troubles } from '../bench/cameras/faults.ts';
import { serveCameras } from '../bench/cameras/site.ts';
import { openBrowser } from '../support/browser.ts';

/** Units: ms. */
const [NAMED_WITHIN, BACK_WITHIN, HOLD_MS, STILL_MS] = [10_000, 15_000, 8000, 60_000];
type Tile = ReturnType<CameraBench['tiles']>[number];

describe.runIf(hasLiveServer())('cameras of a real RTSP server in Chromium', () => {
  const base = { clock: createRealClock(), log: createSilentLog(), random: createRandom(1) };
  const loops = createMediaOrigin({ ...base, cameras: () => ({ kind: 'loop', loop: 'market-day' }) });
  let troubles: Troubles;
  let origin: MediaOrigin;
  let site: Awaited<ReturnType<typeof serveCameras>>;
  let browser: Browser;
  let page: Page;
  let names: string[];

  const tiles = (): Promise<Tile[]> => page.evaluate(() => (window as unknown as { bench: CameraBench }).bench.tiles());
  const notLive = async () => (await tiles()).flatMap(({ state }, at) => (state === 'live' ? [] : [`${names[at]} ${state}`]));
  const allLive = (timeout: number) => expect.poll(notLive, { timeout, interval: 200 }).toEqual([]);

  beforeAll(async () => {
    troubles = await createTroubles(loops);
    names = [...troubles.list.map(({ name }) => name), 'still'];
    origin = createMediaOrigin({ ...base, cameras: (camera) => (camera === 'still' ? troubles.still : troubles.list.find(({ name }) => name === camera)?.spec()), allowLoopback: true });
    site = await serveCameras(origin);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 760 } });
    await page.goto(site.url);
    await page.waitForFunction(() => 'bench' in window);
    await page.evaluate((cameras) => void (window as unknown as { bench: CameraBench }).bench.start(cameras, 'quick'), names);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
    await origin?.close();
    await troubles?.close();
    await loops.close();
  });

  test('every fault at once is named within ten seconds, the picture beside them goes on, and all are back within fifteen', async () => {
    await allLive(60_000);
    for (const { begin } of troubles.list) await begin();
    const isNamed = ({ goesOnAs }: Troubles['list'][number], { state, width }: Tile) => (goesOnAs ? width === goesOnAs && state === 'live' : state !== 'live');
    const unnamed = new Set(names.slice(0, -1));
    const untrue: string[] = [];
    const look = async () => {
      const seen = await tiles();
      troubles.list.forEach((trouble, at) => isNamed(trouble, seen[at]!) && unnamed.delete(trouble.name));
      if (seen.at(-1)!.state !== 'live') untrue.push(seen.at(-1)!.state);
      return [...unnamed];
    };
    await expect.poll(look, { timeout: NAMED_WITHIN, interval: 100 }).toEqual([]);
    for (const until = performance.now() + HOLD_MS; performance.now() < until; await page.waitForTimeout(200)) await look();
    for (const { end } of troubles.list) await end();
    await allLive(BACK_WITHIN);
    expect(untrue).toEqual([]);
  });

  test('a scene in which nothing moves is live for a minute, and so is every other', async () => {
    const untrue = new Set<string>();
    for (const until = performance.now() + STILL_MS; performance.now() < until; await page.waitForTimeout(100)) for (const one of await notLive()) untrue.add(one);
    expect([...untrue]).toEqual([]);
  });
});
