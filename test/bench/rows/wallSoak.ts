import { join } from 'node:path';
import type { CDPSession } from 'playwright-core';
import { fitScene } from '../../../layouts/fit.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { ROOT } from '../../house/tree.ts';
import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, signIn } from '../../support/door.ts';
import { startProduct } from '../../support/product.ts';
import { openScreens, untilState } from '../../support/screens.ts';
import { resultOf, type Row } from '../row.ts';

const CHANGES = 500;
const LOOK_EVERY = 100;
const LONGEST_MS = 60_000;
/** The first changes fill what is kept on purpose: compiled code, fonts, tiles of the map; measured flat from here on. */
const WARM_UP = 200;
const SCENES = ['toan-canh', 'kinh-te-xa-hoi', 'phan-anh-hien-truong', 'dich-vu-cong'];

interface Held {
  heapMib: number;
  nodes: number;
  contexts: number;
  media: number;
}

async function heldBy(session: CDPSession): Promise<Held> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { result } = await session.send('Runtime.evaluate', { expression: 'JSON.stringify({ nodes: document.querySelectorAll("*").length, contexts: document.querySelectorAll("canvas").length, media: document.querySelectorAll("video, audio").length })', returnByValue: true });
  return { heapMib: usedSize / 2 ** 20, ...(JSON.parse(String(result.value)) as Omit<Held, 'heapMib'>) };
}

/** Tells every change of what a wall shows, by ids of tiles; '' while some are only made ready. */
function watchTiles(): void {
  let last: string | undefined;
  const look = (): void => {
    const tiles = [...document.querySelectorAll<HTMLElement>('[data-tile]')].filter((tile) => !tile.closest('[data-parked]'));
    const shown = tiles.every((tile) => getComputedStyle(tile).visibility !== 'hidden') ? tiles.map(({ dataset }) => dataset.tile).sort().join() : '';
    if (shown !== last) (window as unknown as { tellShown(tiles: string): void }).tellShown(shown);
    last = shown;
    requestAnimationFrame(look);
  };
  look();
}

/** Waits until the wall shows these tiles and none besides. The page is asked nothing: what is compiled for a question stays in the heap that is measured. */
async function followTiles(session: CDPSession): Promise<(wanted: string) => Promise<void>> {
  let shown = '';
  let check = (): void => undefined;
  session.on('Runtime.bindingCalled', ({ payload }) => {
    shown = payload;
    check();
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'tellShown' });
  await session.send('Runtime.evaluate', { expression: `(${String(watchTiles)})()` });
  return (wanted) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the wall shows ${shown}, not ${wanted}`)), LONGEST_MS);
      check = () => {
        if (shown !== wanted) return;
        clearTimeout(timer);
        resolve();
      };
      check();
    });
}

/** What one output holds over many changes of scene: the heap after a collection, and how many things it keeps alive. */
export const row: Row = {
  name: 'wall.soak',
  isFullOnly: true,
  async measure({ say }) {
    const layouts = await loadLayouts(join(ROOT, 'layouts'));
    const tilesOf = new Map(SCENES.map((scene) => [scene, fitScene(layouts.scenes.get(scene)!, layouts.walls.get('w1x1')!).tiles.map(({ id }) => id).sort().join()]));
    const [browser, product] = await Promise.all([openBrowser(), startProduct()]);
    try {
      const cookie = await signIn(product.url);
      await keepScene(product.url, cookie, 'w1x1');
      const screens = await openScreens(browser, product);
      const { page, context } = await screens.open('/wall/w1x1/r1c1', { width: 480, height: 270 });
      await untilState(page, 'live');
      const session = await context.newCDPSession(page);
      const untilShown = await followTiles(session);
      const held: Held[] = [];
      for (let turn = 1; turn <= WARM_UP + CHANGES; turn++) {
        const scene = SCENES[turn % SCENES.length]!;
        await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: 'w1x1', act: { do: 'scene', scene } });
        await untilShown(tilesOf.get(scene)!);
        if (turn < WARM_UP || (turn - WARM_UP) % LOOK_EVERY !== 0) continue;
        held.push(await heldBy(session));
        say(`wall.soak after ${turn - WARM_UP}: ${JSON.stringify(held.at(-1))}`);
      }
      await screens.close();
      const [first, last] = [held[0]!, held.at(-1)!];
      return [
        resultOf('wall.soak.heap', '× start', [last.heapMib / first.heapMib], { against: 'after 200 changes', peer: 1, aim: '< 1.05 over 500 changes' }),
        resultOf('wall.soak.nodes', '× start', [last.nodes / first.nodes], { against: 'after 200 changes', peer: 1, aim: 'constant' }),
        resultOf('wall.soak.contexts', 'more', [last.contexts - first.contexts], { against: 'after 200 changes', aim: '0' }),
        resultOf('wall.soak.media', 'more', [last.media - first.media], { against: 'after 200 changes', aim: '0' }),
      ];
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
