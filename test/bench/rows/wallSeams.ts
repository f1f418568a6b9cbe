import pixelmatch from 'pixelmatch';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { fitScene } from '../../../layouts/fit.ts';
import { loadLayouts } from '../../../layouts/load.ts';
import { pieceOnOutput } from '../../../layouts/rects.ts';
import { ROOT } from '../../house/tree.ts';
import { openBrowser } from '../../support/browser.ts';
import { call, keepScene, post, signIn } from '../../support/door.ts';
import { pictureOf, stitch } from '../../support/pixels.ts';
import { startProduct } from '../../support/product.ts';
import { openScreens, untilMapsDrawn, untilState } from '../../support/screens.ts';
import { resultOf, type Result, type Row } from '../row.ts';

const WALL = 'w3x2';
const SCENE = 'toan-canh';
const AT = '2026-11-20T01:00:00.000Z';
const AIM_PX = 50;
const BEARING_DEG = 33;
const WITHIN_MS = 150_000;

/** Pixels in which six outputs of a 3 × 2 wall side by side differ from one window of 5760 × 2160, map with all its layers; straight and turned. */
export const row: Row = {
  name: 'wall.seams',
  isFullOnly: true,
  async measure() {
    const layouts = await loadLayouts(join(ROOT, 'layouts'));
    const profile = layouts.walls.get(WALL)!;
    const { tiles, camera } = fitScene(layouts.scenes.get(SCENE)!, profile);
    const map = tiles.find(({ widget }) => widget === 'map')!.rect;
    const drawing = profile.outputs.filter(({ rect }) => pieceOnOutput(map, rect));
    const [browser, product] = await Promise.all([openBrowser(), startProduct({ environment: { IOC_CLOCK: AT } })]);
    try {
      const cookie = await signIn(product.url);
      await call(product.url, cookie, '/api/v1/clock', { rate: 0 });
      await keepScene(product.url, cookie, WALL);
      const at = Date.parse(AT);
      await post(product.url, 'alert', Array.from({ length: 40 }, (_, n) => ({ key: `a${n}`, at, kind: 'flood', level: 2 + (n % 3), title: `Điểm ngập số ${n}`, position: [108.12 + (n % 9) * 0.018, 16 + Math.floor(n / 9) * 0.02] })));
      await post(product.url, 'camera', Array.from({ length: 30 }, (_, n) => ({ key: `c${n}`, at, name: `Nút giao số ${n}`, position: [108.15 + (n % 6) * 0.02, 16.02 + Math.floor(n / 6) * 0.015], azimuth: 30 * n, fieldOfView: 60, rangeM: 200 })));
      await post(product.url, 'vehicle', Array.from({ length: 300 }, (_, n) => ({ key: `v${n}`, ref: `xe-${n}`, at, position: [108.1 + (n % 20) * 0.01, 15.99 + Math.floor(n / 20) * 0.01], speedKmh: 20, headingDeg: (n * 37) % 360, kind: n % 10 === 0 ? 'police' : 'car' })));
      const screens = await openScreens(browser, product);
      const picture = async (path: string, size: { width: number; height: number }) => {
        const { page, close } = await screens.open(path, size);
        await untilState(page, 'live');
        await untilMapsDrawn(page, WITHIN_MS);
        const taken = await pictureOf(page);
        await close();
        return taken;
      };
      const mapOf = (whole: PNG): PNG => {
        const cut = new PNG(map);
        PNG.bitblt(whole, cut, map.x, map.y, map.width, map.height, 0, 0);
        return cut;
      };
      const results: Result[] = [];
      for (const [name, bearing] of [['wall.seams', 0], ['wall.seams.turned', BEARING_DEG]] as const) {
        await call(product.url, cookie, '/api/v1/commands/wall.apply', { wall: WALL, act: { do: 'camera', to: { ...camera, bearing }, durationMs: 0 } });
        const reference = mapOf(await picture(`/wall/${WALL}`, profile));
        const parts = [];
        for (const { id, rect } of drawing) parts.push({ picture: await picture(`/wall/${WALL}/${id}`, rect), x: rect.x, y: rect.y });
        const stitched = mapOf(stitch(profile.width, profile.height, parts));
        const pixels = pixelmatch(reference.data, stitched.data, undefined, map.width, map.height, { threshold: 0.1, includeAA: true });
        results.push(resultOf(name, `of ${map.width * map.height} px`, [pixels], { against: 'aim', peer: AIM_PX, aim: '≤ 50 px with all layers' }));
      }
      await screens.close();
      return results;
    } finally {
      await browser.close();
      await product.close();
    }
  },
};
