import { lane, straight, strollers, type Scene } from '../actors.ts';
import { plane, roadShade, water } from '../ground.ts';
import { arches, pylon, skyline } from '../landmarks.ts';
import { block, lamp, type Stage } from '../scenery.ts';
import { bus, car, motorbike } from '../vehicles.ts';

/** A deck over the river under what carries it. */
const bridgeUnder = (carry: (stage: Stage) => void): Scene => ({
  eye: { at: [-8.5, -6, 7.6], yaw: 9, tilt: 9, fieldOfView: 68 },
  build(stage, random) {
    const { raster, light } = stage;
    raster.polygon(plane(-420, 420, -10, 700, -9), (x, y) => water(light, x, y, true));
    raster.polygon(plane(-16.4, 16.4, -10, 420), roadShade(light, { half: 12.6, median: 2.2, lanes: [5.8, 9.2], pave: [176, 176, 172] }));
    for (const x of [-16.2, 16.2]) {
      block(stage, { x, y: 200, heading: 0 }, { width: 0.25, length: 420, from: 0, to: 0.5 }, [206, 206, 200]);
      block(stage, { x, y: 200, heading: 0 }, { width: 0.12, length: 420, from: 1.05, to: 1.2 }, [214, 214, 210]);
      for (let y = -4; y < 200; y += 4) block(stage, { x, y, heading: 0 }, { width: 0.14, length: 0.14, from: 0.5, to: 1.1 }, [206, 206, 202]);
    }
    carry(stage);
    skyline(stage, random, { y: 470, from: -330, to: 420, tallest: 96 });
    for (let y = 14; y < 300; y += 28) for (const side of [-1, 1]) lamp(stage, side * 13.6, y, side * -2.6, 8);
  },
  actors(random) {
    return [
      ...lane(random, { x: 4.1, speed: 13, isAway: true, count: 6 }, car),
      ...lane(random, { x: 7.5, speed: 11, isAway: true, count: 4 }, car),
      ...lane(random, { x: 10.8, speed: 9, isAway: true, count: 12, spread: 1.8 }, motorbike),
      ...lane(random, { x: -4.1, speed: 12.5, isAway: false, count: 6 }, car),
      ...lane(random, { x: -7.5, speed: 10, isAway: false, count: 3 }, bus),
      ...lane(random, { x: -10.7, speed: 8.5, isAway: false, count: 13, spread: 1.8 }, motorbike),
      ...strollers(random, [straight(-14.6, 4, 104), straight(14.8, 104, 4)], 100, 3),
    ];
  },
});

export const bridge: Scene = bridgeUnder((stage) => {
  arches(stage, 0, 12, 74, 15, 1.5);
  arches(stage, 0, 92, 110, 24, 1.9);
  arches(stage, 0, 210, 80, 15, 1.7);
});

export const cableBridge: Scene = bridgeUnder((stage) => {
  for (const y of [78, 236]) pylon(stage, y, 15.4, 46);
});
