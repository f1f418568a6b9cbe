import { lane, straight, strollers, type Scene } from '../actors.ts';
import { near, plane, roadShade, water } from '../ground.ts';
import { lit, noise, scale } from '../light.ts';
import type { Color } from '../raster.ts';
import { block, lamp, palm, row } from '../scenery.ts';
import { car, motorbike } from '../vehicles.ts';

export const beach: Scene = {
  eye: { at: [-6.2, -10, 8.2], yaw: 19, tilt: 10, fieldOfView: 68 },
  build(stage, random) {
    const { raster, light } = stage;
    raster.polygon(plane(-80, 15, -14, 420), roadShade(light, { half: 9.4, median: 1, lanes: [5.2], pave: [190, 176, 156] }));
    raster.polygon(plane(15, 27, -14, 420, -0.2), (x, y) => scale(lit(light, [226, 206, 168], [0, 0, 1]), 0.9 + 0.16 * noise(x * 0.8, y * 0.4)));
    raster.polygon(plane(27, 900, -14, 1400, -0.6), (x, y) => {
      const edge = 29 + 3 * noise(y * 0.07, 2);
      const foam = [edge, edge + 7, edge + 15].some((line) => near(x, line + 2 * noise(y * 0.12, line), 0.7));
      return foam ? lit(light, [240, 244, 244], [0, 0, 1]) : water(light, x, y * 0.4, false);
    });
    row(stage, random, { x: -15.5, from: 6, to: 300, minHeight: 16, maxHeight: 72 });
    for (let y = 6; y < 220; y += 11) palm(stage, random, 12.4, y + random.next() * 3, 6.8 + random.next() * 2.4);
    for (let y = 12; y < 200; y += 22) palm(stage, random, 0, y, 5 + random.next());
    for (let y = 14; y < 200; y += 17) block(stage, { x: 18 + random.next() * 6, y, heading: 0.5 }, { width: 3, length: 3, from: 1.9, to: 2.7, taper: 0.1 }, random.pick<Color>([[214, 72, 60], [60, 120, 190], [236, 232, 222]]));
    for (let y = 20; y < 220; y += 24) lamp(stage, -10.4, y, 3);
  },
  actors(random) {
    return [
      ...lane(random, { x: 3.2, speed: 12, isAway: true, count: 5 }, car),
      ...lane(random, { x: 7.3, speed: 9, isAway: true, count: 9, spread: 1.8 }, motorbike),
      ...lane(random, { x: -3.2, speed: 11, isAway: false, count: 5 }, car),
      ...lane(random, { x: -7.2, speed: 8.5, isAway: false, count: 9, spread: 1.8 }, motorbike),
      ...strollers(random, [straight(11.2, 4, 79), straight(13.6, 78, 3), straight(20, 78, 3)], 75, 6),
    ];
  },
};
