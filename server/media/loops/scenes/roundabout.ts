import { PERIOD_S, roundWay, type Scene } from '../actors.ts';
import { asphalt, near, plane, roadShade } from '../ground.ts';
import { lit, noise, scale } from '../light.ts';
import type { Color } from '../raster.ts';
import { block, building, lamp, row, tree } from '../scenery.ts';
import { car, motorbike } from '../vehicles.ts';

const ISLAND = { x: 0, y: 34 };

export const roundabout: Scene = {
  eye: { at: [-5, -18, 20], yaw: 5, tilt: 21, fieldOfView: 64 },
  build(stage, random) {
    const { raster, light } = stage;
    const white = lit(light, [228, 228, 222], [0, 0, 1]);
    raster.polygon(plane(-140, 140, -20, 320), (x, y) => {
      const [dx, dy] = [x - ISLAND.x, y - ISLAND.y];
      const radius = Math.hypot(dx, dy);
      const isRing = radius < 23;
      const isArm = Math.abs(dx) < 9 || Math.abs(dy) < 9;
      if (radius < 8.6) return scale(lit(light, radius > 8.2 ? [200, 198, 192] : [86, 128, 62], [0, 0, 1]), 0.9 + 0.2 * noise(x, y));
      if (!isRing && !isArm) return roadShade(light, { half: 0, median: 0, lanes: [], pave: [184, 168, 150] })(x + 100, y);
      const across = Math.abs(dx) < Math.abs(dy) ? dx : dy;
      if (!isRing && radius < 29 && radius > 25.4 && (((across % 1.2) + 1.2) % 1.2) < 0.6) return white;
      if (!isRing && radius > 31 && near(across, 0, 0.1)) return lit(light, [226, 184, 62], [0, 0, 1]);
      if (!isRing && radius > 31 && near(Math.abs(across), 4.5, 0.08) && ((Math.max(Math.abs(dx), Math.abs(dy)) % 6) < 2.6)) return white;
      if (isRing && near(radius, 15.6, 0.09) && ((Math.atan2(dy, dx) * 9 + 60) % 1) < 0.45) return white;
      return asphalt(light, x, y, 12, 24);
    });
    block(stage, { ...ISLAND, heading: 0.4 }, { width: 3, length: 3, from: 0, to: 1.2 }, [196, 190, 180]);
    block(stage, { ...ISLAND, heading: 0.4 }, { width: 1.4, length: 1.4, from: 1.2, to: 7.5, taper: 0.5 }, [222, 216, 204]);
    for (let step = 0; step < 9; step += 1) tree(stage, random, ISLAND.x + Math.cos((step / 9) * 6.283) * 5.6, ISLAND.y + Math.sin((step / 9) * 6.283) * 5.6, 2.4);
    row(stage, random, { x: -31, from: 62, to: 190, minHeight: 12, maxHeight: 40 });
    row(stage, random, { x: 31, from: 62, to: 190, minHeight: 12, maxHeight: 46 });
    for (const side of [-1, 1]) for (let x = 34; x < 110; x += 13) building(stage, random, { x: side * x, y: 66, width: 11, depth: 12, height: 12 + random.next() * 20 }, random.pick<Color>([[226, 214, 188], [204, 192, 176], [192, 206, 212]]));
    for (const side of [-1, 1]) for (let y = 66; y < 170; y += 13) tree(stage, random, side * 13, y, 6 + random.next() * 2);
    for (const side of [-1, 1]) for (let x = 26; x < 80; x += 13) tree(stage, random, side * x, 48, 5.5 + random.next() * 2);
    for (const [x, arm] of [[-20, 3], [20, -3]] as const) for (const y of [54, 82, 110]) lamp(stage, x, y, arm);
  },
  actors(random) {
    const arms = [0, Math.PI / 2, Math.PI, -Math.PI / 2];
    return Array.from({ length: 46 }, (_, index) => {
      const isCar = index % 5 === 0;
      const quarters = random.pick([1, 2, 2, 2, 3]);
      const radius = isCar ? 13.2 + random.next() : 15 + random.next() * 5;
      const { way, lengthM } = roundWay(ISLAND, radius, random.pick(arms), quarters, 62);
      const copies = Math.max(1, Math.round(lengthM / (7.6 * PERIOD_S)));
      return { way, phase: random.next(), copies, draw: isCar ? car(random) : motorbike(random) };
    });
  },
};
