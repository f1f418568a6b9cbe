import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readElementaryStream } from '../../server/media/annexB.ts';
import { FRAME_STRIP, readFrameStrip } from '../../server/media/frameStrip.ts';
import { createLoopLibrary } from '../../server/media/loopLibrary.ts';
import { startRtspCamera, type RtspCamera } from '../../server/media/testing/rtspCamera.ts';
import { ROOT } from '../house/tree.ts';
import { openBrowser } from '../support/browser.ts';
import { noteCount } from '../faults/counts.ts';
import { call, keepScene, post, signIn } from '../support/door.ts';
import { startSite, type Site } from '../support/nodes.ts';
import type { Product } from '../support/product.ts';
import { openScreens, type Screens } from '../support/screens.ts';
import { createTcpProxy, type TcpProxy } from '../support/tcpProxy.ts';

const SHOTS = join(ROOT, 'test/report/screenshots');
const WALL = 'w2x2';
/** Three cameras of the sample and a real one behind RTSP; each picture carries its number. */
const TILES = 4;
const LOOP = 'market-day';
const LOOK_MS = 100;
/** Units: ms. A tile that says live while its picture stands this long lies; whoever looks on is without pictures at most this long. */
const [STANDS_MS, WITHOUT_MS] = [6000, 45_000];
/** Pictures that every tile must show before the kill and after it. */
const SHOWN = 40;
/** Cells of the strip: white, black, the number, parity. */
const CELLS = FRAME_STRIP.bits + 3;

/** What one tile showed at a moment. Units: ms of the page. */
interface Look {
  at: number;
  state: string;
  cells: number[];
}

let site: Site;
let first: Product;
let second: Product;
let balancer: TcpProxy;
let camera: RtspCamera;
let browser: Browser;
let screens: Screens;
let page: Page;

const portOf = ({ url }: Product) => Number(new URL(url).port);
const numberOf = ({ cells }: Look) => readFrameStrip((x) => cells[Math.floor((x - FRAME_STRIP.left) / FRAME_STRIP.cell)] ?? 0);

/** From here on the page writes down what each tile shows. */
const beginLooking = () =>
  page.evaluate(
    ({ strip, cells, everyMs }) => {
      const surface = new OffscreenCanvas(640, 360).getContext('2d', { willReadFrequently: true })!;
      const looks: Look[][] = [];
      const look = () => {
        for (const [index, tile] of [...document.querySelectorAll<HTMLElement>('[data-tile="cameras"] figure')].entries()) {
          const video = tile.querySelector('video');
          const read = () => {
            surface.drawImage(video!, 0, 0, 640, 360);
            const { data } = surface.getImageData(strip.left, strip.top + strip.cell / 2, cells * strip.cell, 1);
            return Array.from({ length: cells }, (_, cell) => data[(cell * strip.cell + strip.cell / 2) * 4 + 1]!);
          };
          (looks[index] ??= []).push({ at: performance.now(), state: tile.dataset.state ?? '', cells: video && video.videoWidth > 0 ? read() : [] });
        }
      };
      Object.assign(window, { cameraLooks: looks, cameraLook: setInterval(look, everyMs) });
    },
    { strip: FRAME_STRIP, cells: CELLS, everyMs: LOOK_MS },
  );
const looksSoFar = () => page.evaluate(() => (window as unknown as { cameraLooks: Look[][] }).cameraLooks);
const untilAllLive = () =>
  page.waitForFunction((most) => document.querySelectorAll('[data-tile="cameras"] figure[data-state="live"]').length === most, TILES, { timeout: 120_000, polling: 250 });
const numbersSince = async (at: number) => (await looksSoFar()).map((looks) => new Set(looks.filter((look) => look.at > at).map(numberOf).filter((number) => number !== undefined)).size);
/** Waits until every tile has shown so many pictures since. */
const untilShownSince = (at: number) => expect.poll(async () => (await numbersSince(at)).filter((count) => count > SHOWN).length, { timeout: WITHOUT_MS, interval: 250 }).toBe(TILES);
const pageNow = () => page.evaluate(() => performance.now());

/** Moments at which a tile showed another number than before. */
const changesOf = (looks: readonly Look[]): number[] => {
  const read = looks.flatMap((look) => {
    const number = numberOf(look);
    return number === undefined ? [] : [{ at: look.at, number }];
  });
  return read.filter(({ number }, index) => read[index - 1]?.number !== number).map(({ at }) => at);
};
const longestGap = (moments: readonly number[]) => Math.max(0, ...moments.slice(1).map((at, index) => at - moments[index]!));

/** Times at which a tile called a picture live that had stood too long. */
const liesOf = (looks: readonly Look[]): number => {
  const changes = changesOf(looks);
  return looks.filter(({ at, state }) => state === 'live' && at - (changes.findLast((change) => change <= at) ?? looks[0]!.at) > STANDS_MS).length;
};

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  const { sps, pps } = readElementaryStream(readFileSync(join(ROOT, `server/media/loops/${LOOP}.h264`)));
  camera = await startRtspCamera({ loop: createLoopLibrary().get(LOOP)!, sps, pps });
  [site, browser] = await Promise.all([startSite(), openBrowser()]);
  first = await site.add();
  second = await site.add();
  balancer = await createTcpProxy(portOf(first));
  const at = Date.now();
  const streamOf = (n: number) => (n === TILES - 1 ? { role: 'sub', kind: 'rtsp', url: camera.url } : { role: 'sub', kind: 'loop', url: `loop:${LOOP}` });
  await post(first.url, 'camera', Array.from({ length: TILES }, (_, n) => ({ key: `video-${n}`, at, name: `Nút giao số ${n + 1}`, position: [108.2 + n / 1000, 16.07], azimuth: 10 * n, fieldOfView: 60, rangeM: 80, streams: [streamOf(n)] })));
  const cookie = await signIn(first.url);
  await keepScene(first.url, cookie, WALL);
  for (const act of [{ do: 'scene', scene: 'an-ninh-giao-thong' }, { do: 'push', tile: 'cameras', widget: 'camera-matrix', settings: { most: TILES } }]) await call(first.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act });
  screens = await openScreens(browser, { url: `http://127.0.0.1:${balancer.port}` });
  ({ page } = await screens.open(`/wall/${WALL}/r1c2`));
  await untilAllLive();
});

afterAll(async () => {
  await screens?.close();
  await browser?.close();
  await balancer?.close();
  await site?.close();
  await camera?.close();
});

test('a server is killed while a wall plays: the pictures go on at the other, and no tile calls a standing picture live', async () => {
  await beginLooking();
  await untilShownSince(0);
  const before = (await looksSoFar()).map((looks) => longestGap(changesOf(looks)));

  screens.expectAway(true);
  const killedAt = await pageNow();
  await first.kill('SIGKILL');
  balancer.leadTo(portOf(second));
  await page.screenshot({ path: join(SHOTS, 'killed-node-video-cut.png') });
  await expect.poll(async () => (await numbersSince(killedAt + STANDS_MS)).every((count) => count > 5), { timeout: WITHOUT_MS, interval: 250 }).toBe(true);
  await untilAllLive();
  await untilShownSince(await pageNow());
  screens.expectAway(false);
  await page.screenshot({ path: join(SHOTS, 'killed-node-video-back.png') });

  const looks = await looksSoFar();
  const gaps = looks.map((tile) => longestGap(changesOf(tile).filter((at) => at > killedAt - 1000)));
  const lies = looks.map(liesOf);
  const [longest, shortest, calm] = [Math.max(...gaps), Math.min(...gaps), Math.max(...before)].map((ms) => (ms / 1000).toFixed(1));
  noteCount('a server dies under a wall that plays', `${TILES} tiles, longest time without a new picture ${longest} s (shortest tile ${shortest} s, before the kill ${calm} s); standing pictures called live: ${lies.join(', ')} of ${looks[0]!.length} looks`);
  expect(Math.max(...gaps)).toBeLessThan(WITHOUT_MS);
  expect(lies).toEqual(looks.map(() => 0));
  expect(screens.faults()).toEqual([]);
});
