import { across, lane, straight, strollers, type Scene } from '../actors.ts';
import { plane, roadShade } from '../ground.ts';
import { lit } from '../light.ts';
import type { Color } from '../raster.ts';
import { block, row } from '../scenery.ts';
import { car, motorbike } from '../vehicles.ts';

export const market: Scene = {
  eye: { at: [1.6, -7, 5.6], yaw: -4, tilt: 13, fieldOfView: 68 },
  build(stage, random) {
    const { raster, light } = stage;
    raster.polygon(plane(-40, 40, -10, 220), roadShade(light, { half: 4.2, median: 0, lanes: [], pave: [172, 160, 146], crossingY: 26 }));
    for (const x of [-6.6, 6.6]) row(stage, random, { x, from: -4, to: 170, minHeight: 8, maxHeight: 19 });
    for (let y = 1; y < 120; y += 4.6) {
      for (const side of [-1, 1]) {
        if (random.next() < 0.25) continue;
        const color = random.pick<Color>([[204, 58, 50], [50, 110, 176], [60, 150, 92], [232, 178, 54], [222, 222, 214]]);
        const tone = lit(light, color, [0, -0.3, 0.9]);
        raster.polygon([[side * 6.6, y, 3.3], [side * 6.6, y + 3.6, 3.3], [side * 4.9, y + 3.6, 2.6], [side * 4.9, y, 2.6]], tone);
        block(stage, { x: side * 5.7, y: y + 1.8, heading: 0 }, { width: 0.9, length: 2.4, from: 0, to: 0.8 }, random.pick<Color>([[196, 120, 60], [120, 150, 80], [190, 60, 60], [210, 180, 90]]));
      }
    }
    for (const [y, side] of [[9, -1], [24, 1], [40, -1], [58, 1], [80, -1]] as const) {
      block(stage, { x: side * 4.7, y, heading: 0 }, { width: 0.26, length: 0.26, from: 0, to: 8.4 }, [150, 148, 142]);
      for (const lift of [7.4, 7.8, 8.2]) raster.polygon([[side * 4.7, y, lift], [side * -4.7, y + 16, lift - 0.2], [side * -4.7, y + 16, lift - 0.14], [side * 4.7, y, lift + 0.06]], [44, 44, 46]);
    }
  },
  actors(random) {
    return [
      ...lane(random, { x: 2.2, speed: 5.2, isAway: true, count: 8, spread: 1.8 }, motorbike),
      ...lane(random, { x: -2.2, speed: 5, isAway: false, count: 8, spread: 1.8 }, motorbike),
      ...lane(random, { x: 1.6, speed: 5, isAway: true, count: 1 }, car),
      ...strollers(random, [straight(4.5, 0, 50), straight(-4.5, 50, 0), straight(-4.9, 2, 52), straight(4.8, 52, 2), across(26.4, -5, 5)], 50, 12),
    ];
  },
};
