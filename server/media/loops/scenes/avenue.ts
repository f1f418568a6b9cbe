import { across, lane, straight, strollers, type Scene } from '../actors.ts';
import { plane, roadShade } from '../ground.ts';
import { lamp, row, tree } from '../scenery.ts';
import { bus, car, motorbike } from '../vehicles.ts';

export const avenue: Scene = {
  eye: { at: [6.4, -12, 9.2], yaw: -8, tilt: 13, fieldOfView: 62 },
  build(stage, random) {
    const { raster, light } = stage;
    raster.polygon(plane(-70, 70, -16, 420), roadShade(light, { half: 13, median: 1.7, lanes: [5.4, 9], pave: [176, 158, 142], crossingY: 13 }));
    row(stage, random, { x: -18.5, from: -4, to: 300, minHeight: 11, maxHeight: 46 });
    row(stage, random, { x: 18.5, from: -4, to: 300, minHeight: 11, maxHeight: 38 });
    for (let y = 24; y < 240; y += 12) tree(stage, random, 0, y, 3.6 + random.next());
    for (let y = 16; y < 220; y += 15) for (const x of [-15.2, 15.2]) tree(stage, random, x, y + random.next() * 4, 6.5 + random.next() * 2);
    for (let y = 24; y < 240; y += 24) for (const side of [-1, 1]) lamp(stage, side * 13.8, y, side * -3);
  },
  actors(random) {
    return [
      ...lane(random, { x: 3.6, speed: 11, isAway: true, count: 6 }, car),
      ...lane(random, { x: 7.2, speed: 9.5, isAway: true, count: 4 }, (fork) => (fork.next() < 0.3 ? bus(fork) : car(fork))),
      ...lane(random, { x: 10.8, speed: 8, isAway: true, count: 14, spread: 2.4 }, motorbike),
      ...lane(random, { x: -3.6, speed: 10.5, isAway: false, count: 6 }, car),
      ...lane(random, { x: -7.2, speed: 9, isAway: false, count: 8, spread: 1.6 }, motorbike),
      ...lane(random, { x: -10.8, speed: 7.5, isAway: false, count: 13, spread: 2.4 }, motorbike),
      ...strollers(random, [straight(-16, 4, 79), straight(16, 78, 3), across(12.6, -16, 14), across(13.6, 15, -15)], 50, 7),
    ];
  },
};
