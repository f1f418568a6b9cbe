import { lane, straight, strollers, type Scene } from '../actors.ts';
import { plane, roadShade, water } from '../ground.ts';
import { archAcross, skyline } from '../landmarks.ts';
import { block, lamp, palm, row } from '../scenery.ts';
import { car, motorbike } from '../vehicles.ts';

export const riverside: Scene = {
  eye: { at: [-3.5, -9, 8.4], yaw: 10, tilt: 11, fieldOfView: 66 },
  build(stage, random) {
    const { raster, light } = stage;
    raster.polygon(plane(-60, 11.5, -12, 260), roadShade(light, { half: 6.2, median: 0, lanes: [3.2], pave: [186, 168, 148], crossingY: 16 }));
    raster.polygon(plane(11.5, 420, -12, 420, -1.2), (x, y) => water(light, x, y, true));
    for (let y = -6; y < 200; y += 3) block(stage, { x: 11.3, y, heading: 0 }, { width: 0.14, length: 0.14, from: 0, to: 1.1 }, [210, 212, 214]);
    block(stage, { x: 11.3, y: 97, heading: 0 }, { width: 0.1, length: 206, from: 1.0, to: 1.12 }, [214, 216, 218]);
    block(stage, { x: 11.3, y: 97, heading: 0 }, { width: 0.08, length: 206, from: 0.5, to: 0.58 }, [204, 206, 208]);
    row(stage, random, { x: -11, from: 14, to: 220, minHeight: 10, maxHeight: 34 });
    skyline(stage, random, { y: 330, from: 20, to: 420, tallest: 74 });
    for (let y = 150; y < 152; y += 2) block(stage, { x: 220, y: 215, heading: 0 }, { width: 420, length: 12, from: 7, to: 9.4 }, [196, 198, 196]);
    for (let x = 40; x < 420; x += 60) block(stage, { x, y: 215, heading: 0 }, { width: 5, length: 9, from: -1, to: 7 }, [170, 172, 170]);
    for (const [x, half, rise] of [[70, 34, 19], [150, 46, 27], [236, 36, 20]] as const) archAcross(stage, x, half, rise, 215);
    for (let y = 8; y < 190; y += 14) palm(stage, random, 8.9, y + random.next() * 3, 6.6 + random.next() * 1.6);
    for (let y = 24; y < 200; y += 24) lamp(stage, -7.4, y, 3.4);
  },
  actors(random) {
    return [
      ...lane(random, { x: 4.9, speed: 8.5, isAway: true, count: 9, spread: 1.2 }, motorbike),
      ...lane(random, { x: 1.9, speed: 10.5, isAway: true, count: 5 }, car),
      ...lane(random, { x: -1.9, speed: 10, isAway: false, count: 5 }, car),
      ...lane(random, { x: -4.8, speed: 8, isAway: false, count: 10, spread: 1.3 }, motorbike),
      ...strollers(random, [straight(9.9, 4, 79), straight(10.4, 80, 5), straight(-8.6, 5, 80)], 75, 5),
    ];
  },
};
