import type { Random } from '../../kernel/random.ts';
import { lit, mix, noise, scale, type Light } from './light.ts';
import type { Color, Eye, Point } from './raster.ts';
import { block, building, lamp, palm, row, tree, type Pose, type Stage } from './scenery.ts';
import { bus, car, motorbike, walker, type Draw } from './vehicles.ts';

/** A way through the scene: `share` 0..1 of its length to a pose. Units: metres. */
type Way = (share: number) => Pose;

/** One road user. It covers 1/`copies` of its way per loop, and as many copies follow it, so that the last picture meets the first. */
export interface Actor {
  way: Way;
  phase: number;
  copies: number;
  draw: Draw;
}

export interface Scene {
  eye: Eye;
  build(stage: Stage, random: Random): void;
  actors(random: Random): Actor[];
}

const PERIOD_S = 20;

const straight = (x: number, fromY: number, toY: number): Way => (share) => ({ x, y: fromY + (toY - fromY) * share, heading: toY > fromY ? 0 : Math.PI });
const across = (y: number, fromX: number, toX: number): Way => (share) => ({ x: fromX + (toX - fromX) * share, y, heading: toX > fromX ? Math.PI / 2 : -Math.PI / 2 });

/** A lane of even traffic; its length is what the speed covers in one loop. */
function lane(random: Random, at: { x: number; speed: number; isAway: boolean; count: number; spread?: number; nearY?: number }, make: (random: Random) => Draw): Actor[] {
  const near = at.nearY ?? -6;
  const far = near + at.speed * PERIOD_S;
  return Array.from({ length: at.count }, (_, index) => {
    const x = at.x + (random.next() - 0.5) * (at.spread ?? 0.4);
    const way = at.isAway ? straight(x, near, far) : straight(x, far, near);
    return { way, phase: (index + 0.15 + random.next() * 0.7) / at.count, copies: 1, draw: make(random) };
  });
}

function strollers(random: Random, ways: readonly Way[], lengthM: number, count: number): Actor[] {
  return Array.from({ length: count }, () => ({ way: random.pick(ways), phase: random.next(), copies: Math.max(1, Math.round(lengthM / (1.25 * PERIOD_S))), draw: walker(random) }));
}

const near = (value: number, target: number, half: number) => Math.abs(value - target) < half;

/** Asphalt with wear, wet sheen and lamplight pools every `lampEvery` metres. */
function asphalt(light: Light, x: number, y: number, lampX: number, lampEvery: number): Color {
  const wear = 0.86 + 0.16 * noise(x * 0.5, y * 0.12) + 0.08 * noise(x * 3, y * 1.4);
  let color = scale(lit(light, [106, 108, 112], [0, 0, 1]), wear);
  if (light.isWet) color = mix(scale(color, 0.72), light.skyLow, 0.2 + 0.3 * noise(x * 0.35, y * 0.08));
  if (!light.isDark || light.isWet) return color;
  const along = y - Math.round(y / lampEvery) * lampEvery;
  const pool = Math.exp(-((Math.abs(x) - lampX) ** 2) / 60 - along ** 2 / 90);
  return [color[0] + pool * 92, color[1] + pool * 70, color[2] + pool * 38];
}

function water(light: Light, x: number, y: number, glints: boolean): Color {
  const ripple = noise(x * 0.35, y * 0.9) * 0.6 + noise(x * 1.1, y * 2.4) * 0.4;
  const deep = lit(light, [66, 108, 116], [0, 0, 1]);
  const base = mix(deep, light.skyLow, 0.22 + 0.34 * ripple);
  const streak = glints && light.isDark ? Math.max(0, noise(x * 0.16, 3) - 0.45) * (0.5 + ripple) * 2.2 : 0;
  return [Math.min(255, base[0] + streak * 170), Math.min(255, base[1] + streak * 120), Math.min(255, base[2] + streak * 60)];
}

const plane = (left: number, right: number, from: number, to: number, z = 0): Point[] => [[left, from, z], [right, from, z], [right, to, z], [left, to, z]];

/** Straight carriageways along +y between kerbs, with the marks Vietnamese roads carry. */
function roadShade(light: Light, road: { half: number; median: number; lanes: readonly number[]; pave: Color; crossingY?: number }) {
  const white = scale(lit(light, [228, 228, 222], [0, 0, 1]), 0.95);
  const yellow = scale(lit(light, [226, 184, 62], [0, 0, 1]), 0.95);
  return (x: number, y: number): Color => {
    const side = Math.abs(x);
    if (side > road.half + 0.35) {
      const tile = (Math.floor(x / 1.2) + Math.floor(y / 1.2)) % 2 === 0 ? 1 : 0.94;
      const pave = scale(lit(light, road.pave, [0, 0, 1]), tile * (0.88 + 0.2 * noise(x * 0.6, y * 0.3)));
      const glow = light.isDark && !light.isWet ? 30 : 0;
      return [pave[0] + glow, pave[1] + glow * 0.8, pave[2] + glow * 0.4];
    }
    if (side > road.half) return scale(lit(light, Math.floor(y / 1.5) % 2 === 0 ? [206, 204, 198] : [96, 96, 96], [0, 0, 1]), 1);
    if (side < road.median) return lit(light, [92, 118, 66], [0, 0, 1]);
    if (road.median > 0 && side < road.median + 0.3) return lit(light, [190, 190, 186], [0, 0, 1]);
    if (road.crossingY !== undefined && near(y, road.crossingY, 2) && ((x % 1.2) + 1.2) % 1.2 < 0.6) return white;
    if (near(side, road.half - 0.35, 0.08)) return white;
    if (road.median === 0 && (near(x, 0.16, 0.07) || near(x, -0.16, 0.07))) return yellow;
    if (road.lanes.some((mark) => near(side, mark, 0.08)) && ((y % 6) + 6) % 6 < 2.6) return white;
    return asphalt(light, x, y, road.half - 2, 24);
  };
}

/** Steel arches along the deck, the golden back of the Dragon Bridge. */
function arches(stage: Stage, x: number, from: number, span: number, rise: number, thick: number): void {
  const gold: Color = stage.light.isDark ? [255, 196, 70] : [230, 186, 58];
  for (let step = 0; step < 48; step += 1) {
    const point = (index: number): [number, number] => [from + (index / 48) * span, 1 + rise * Math.sin((index / 48) * Math.PI)];
    const [[y0, z0], [y1, z1]] = [point(step), point(step + 1)];
    const tone = scale(stage.light.isDark ? gold : lit(stage.light, gold, [-0.6, -0.4, 0.7]), 0.72 + 0.28 * ((step >> 1) % 2));
    for (const offset of [-0.9, 0.9]) {
      stage.raster.polygon([[x + offset, y0, z0], [x + offset, y1, z1], [x + offset, y1, z1 + thick], [x + offset, y0, z0 + thick]], tone);
      stage.raster.polygon([[x + offset - 0.4, y0, z0 + thick], [x + offset + 0.4, y0, z0 + thick], [x + offset + 0.4, y1, z1 + thick], [x + offset - 0.4, y1, z1 + thick]], scale(tone, 1.12));
    }
    if (step % 3 === 0 && z0 > 2) block(stage, { x, y: y0, heading: 0 }, { width: 0.16, length: 0.16, from: 0, to: z0 }, [214, 214, 206]);
  }
}

/** The far bank: towers over the water. */
function skyline(stage: Stage, random: Random, at: { y: number; from: number; to: number; tallest: number }): void {
  const paints: readonly Color[] = [[198, 206, 214], [222, 218, 208], [172, 186, 200], [206, 196, 182]];
  for (let x = at.from; x < at.to; ) {
    const width = 9 + random.next() * 16;
    building(stage, random, { x: x + width / 2, y: at.y + random.next() * 26, width, depth: 14, height: 10 + random.next() ** 2 * at.tallest }, random.pick(paints));
    x += width + random.next() * 8;
  }
}

const riverside: Scene = {
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

/** An arch seen from the side, spanning left and right of `x`. */
function archAcross(stage: Stage, x: number, half: number, rise: number, y: number): void {
  const gold: Color = stage.light.isDark ? [255, 190, 66] : lit(stage.light, [232, 188, 60], [0, -1, 0.4]);
  for (let step = 0; step < 30; step += 1) {
    const point = (index: number): [number, number] => [x - half + (index / 30) * half * 2, 9 + rise * Math.sin((index / 30) * Math.PI)];
    const [[x0, z0], [x1, z1]] = [point(step), point(step + 1)];
    stage.raster.polygon([[x0, y, z0], [x1, y, z1], [x1, y, z1 + 2], [x0, y, z0 + 2]], scale(gold, 0.8 + 0.2 * (step % 2)));
  }
}

const bridge: Scene = {
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
    arches(stage, 0, 12, 74, 15, 1.5);
    arches(stage, 0, 92, 110, 24, 1.9);
    arches(stage, 0, 210, 80, 15, 1.7);
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
};

const avenue: Scene = {
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

/** In from one arm, round the island on the right-hand side, out by another. */
function roundWay(centre: { x: number; y: number }, radius: number, armIn: number, quarters: number, reach: number): { way: Way; lengthM: number } {
  const turn = (quarters * Math.PI) / 2;
  const lengthM = reach * 2 + radius * turn;
  const at = (angle: number, out: number, offset: number): [number, number] => [
    centre.x + Math.cos(angle) * out - Math.sin(angle) * offset,
    centre.y + Math.sin(angle) * out + Math.cos(angle) * offset,
  ];
  const way: Way = (share) => {
    const run = share * lengthM;
    if (run < reach) {
      const [x, y] = at(armIn, radius + reach - run, 4.2 * Math.min(1, (reach - run) / 12));
      return { x, y, heading: Math.atan2(-Math.cos(armIn), -Math.sin(armIn)) };
    }
    if (run < reach + radius * turn) {
      const angle = armIn + (run - reach) / radius;
      return { x: centre.x + Math.cos(angle) * radius, y: centre.y + Math.sin(angle) * radius, heading: Math.atan2(-Math.sin(angle), Math.cos(angle)) };
    }
    const left = run - reach - radius * turn;
    const [x, y] = at(armIn + turn, radius + left, -4.2 * Math.min(1, left / 12));
    return { x, y, heading: Math.atan2(Math.cos(armIn + turn), Math.sin(armIn + turn)) };
  };
  return { way, lengthM };
}

const ISLAND = { x: 0, y: 34 };

const roundabout: Scene = {
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

const beach: Scene = {
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

const market: Scene = {
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

const SCENES: Record<string, Scene> = { riverside, bridge, avenue, roundabout, beach, market };

export function sceneNamed(name: string): Scene {
  const scene = SCENES[name];
  if (!scene) throw new Error(`no scene is called ${name}`);
  return scene;
}
