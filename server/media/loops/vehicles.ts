import type { Random } from '../../kernel/random.ts';
import { mix, scale } from './light.ts';
import type { Color, Point } from './raster.ts';
import { block, shadow, type Pose, type Stage } from './scenery.ts';

/** Draws one road user where it is now; `beat` runs 0..1 over the loop and drives steps and wobble. */
export type Draw = (stage: Stage, pose: Pose, beat: number) => void;

const SHIRTS: readonly Color[] = [[214, 60, 52], [48, 96, 176], [236, 236, 230], [58, 140, 84], [230, 168, 40], [120, 76, 140], [70, 74, 82], [236, 130, 150]];
const BODIES: readonly Color[] = [[196, 30, 34], [30, 60, 130], [28, 30, 34], [226, 226, 226], [44, 110, 116]];
const CARS: readonly Color[] = [[232, 234, 236], [186, 190, 196], [34, 36, 40], [150, 24, 28], [40, 70, 130], [236, 236, 230], [44, 160, 120]];
const GLASS: Color = [38, 46, 56];

const ahead = (pose: Pose, along: number, across: number, z: number): Point => [
  pose.x + Math.sin(pose.heading) * along + Math.cos(pose.heading) * across,
  pose.y + Math.cos(pose.heading) * along - Math.sin(pose.heading) * across,
  z,
];

/** Front and rear lamps, seen from the side they shine to, and the pool of light on the road ahead. */
function lamps({ raster, light }: Stage, pose: Pose, reach: { front: number; half: number; z: number }): void {
  if (!light.isDark) return;
  const towardsEye = -Math.cos(pose.heading);
  for (const across of reach.half === 0 ? [0] : [-reach.half, reach.half]) {
    if (towardsEye > 0.2) {
      raster.spot(ahead(pose, reach.front + 0.06, across, reach.z), 0.11, [255, 250, 230]);
      raster.spot(ahead(pose, reach.front + 0.1, across, reach.z), 0.85, [255, 238, 196], { isLight: true, alpha: 0.75 });
    } else {
      raster.spot(ahead(pose, -reach.front - 0.06, across, reach.z), 0.09, [255, 60, 44]);
      raster.spot(ahead(pose, -reach.front - 0.1, across, reach.z), 0.5, [200, 26, 18], { isLight: true, alpha: 0.7 });
    }
  }
  const [fx, fy] = ahead(pose, reach.front + 2.4, 0, 0);
  const glow = (x: number, y: number): Color => {
    const [dx, dy] = [x - fx, y - fy];
    const along = dx * Math.sin(pose.heading) + dy * Math.cos(pose.heading);
    const across = dx * Math.cos(pose.heading) - dy * Math.sin(pose.heading);
    return scale([96, 88, 66], Math.exp(-(along ** 2) / 7 - across ** 2 / (0.6 + reach.half)));
  };
  const [wide, far] = [2.2 + reach.half, reach.front + 7.5];
  const floor = [ahead(pose, reach.front, -wide, 0.04), ahead(pose, reach.front, wide, 0.04), ahead(pose, far, wide, 0.04), ahead(pose, far, -wide, 0.04)];
  raster.polygon(floor, glow, { isLight: true, alpha: light.isWet ? 0.7 : 0.9 });
}

export function motorbike(random: Random): Draw {
  const [body, shirt, helmet] = [random.pick(BODIES), random.pick(SHIRTS), random.pick(SHIRTS)];
  const hasPassenger = random.next() < 0.28;
  const passenger = random.pick(SHIRTS);
  const [sway, turns] = [random.next() * Math.PI * 2, 1 + random.below(3)];
  return (stage, lane, beat) => {
    const drift = 0.22 * Math.sin(sway + beat * turns * Math.PI * 2);
    const pose = { ...lane, x: lane.x + Math.cos(lane.heading) * drift, y: lane.y - Math.sin(lane.heading) * drift };
    shadow(stage, pose, 0.75, 1.8);
    block(stage, pose, { width: 0.13, length: 1.8, from: 0, to: 0.52 }, [30, 30, 32]);
    block(stage, pose, { width: 0.34, length: 1.25, from: 0.4, to: 0.8, taper: 0.85 }, body);
    block(stage, pose, { width: 0.6, length: 0.1, from: 0.92, to: 1.0, ahead: 0.5 }, [40, 40, 42]);
    block(stage, pose, { width: 0.46, length: 0.5, from: 0.5, to: 0.9, ahead: 0.05 }, [48, 54, 70]);
    const person = (along: number, color: Color, hat: Color) => {
      const raincoat = stage.light.isWet ? 1.5 : 1;
      block(stage, pose, { width: 0.46 * raincoat, length: 0.32 * raincoat, from: stage.light.isWet ? 0.6 : 0.8, to: 1.42, taper: 0.78, ahead: along }, color);
      stage.raster.spot(ahead(pose, along, 0, 1.58), 0.155, scale(hat, stage.light.isDark ? 0.5 : 0.95));
    };
    person(0, shirt, helmet);
    if (hasPassenger) person(-0.42, passenger, shirt);
    lamps(stage, pose, { front: 0.85, half: 0, z: 0.85 });
  };
}

export function car(random: Random): Draw {
  const paint = random.pick(CARS);
  const isTall = random.next() < 0.4;
  const [roof, length] = [isTall ? 1.75 : 1.45, isTall ? 4.6 : 4.3];
  return (stage, pose) => {
    shadow(stage, pose, 2.1, length + 0.3);
    for (const along of [-1.35, 1.35]) block(stage, pose, { width: 1.8, length: 0.62, from: 0, to: 0.6, ahead: along }, [24, 24, 26]);
    block(stage, pose, { width: 1.78, length, from: 0.28, to: 0.88, taper: 0.97 }, paint);
    const cabin = (face: string, color: Color) => (face === 'top' ? color : mix(scale(GLASS, stage.light.isDark ? 0.5 : 1), stage.light.skyLow, 0.18));
    block(stage, pose, { width: 1.62, length: length * 0.62, from: 0.88, to: roof, taper: 0.74, ahead: -0.25 }, paint, cabin);
    lamps(stage, pose, { front: length / 2, half: 0.66, z: 0.66 });
  };
}

export function bus(random: Random): Draw {
  const paint = random.pick<Color>([[232, 190, 40], [60, 150, 80], [222, 226, 228], [196, 60, 48]]);
  return (stage, pose) => {
    shadow(stage, pose, 2.8, 9.4);
    for (const along of [-3, 3]) block(stage, pose, { width: 2.42, length: 0.95, from: 0, to: 0.9, ahead: along }, [24, 24, 26]);
    const glass = scale(GLASS, stage.light.isDark ? 1.6 : 1);
    const side = (face: string, color: Color) => (face === 'top' ? color : (_x: number, _y: number, z: number) => (z > 1.45 && z < 2.45 ? mix(glass, stage.light.skyLow, 0.14) : color));
    block(stage, pose, { width: 2.4, length: 9, from: 0.35, to: 2.95 }, paint, side);
    lamps(stage, pose, { front: 4.5, half: 0.9, z: 0.8 });
  };
}

export function walker(random: Random): Draw {
  const [shirt, trousers] = [random.pick(SHIRTS), random.pick<Color>([[48, 54, 70], [60, 56, 52], [34, 36, 40]])];
  const hasHat = random.next() < 0.3;
  const steps = 34 + random.below(5);
  return (stage, pose, beat) => {
    const swing = 0.2 * Math.sin(beat * steps * Math.PI * 2);
    shadow(stage, pose, 0.5, 0.5);
    for (const [side, stride] of [[-0.1, swing], [0.1, -swing]] as const) {
      const foot = ahead(pose, stride, side, 0);
      block(stage, { x: foot[0], y: foot[1], heading: pose.heading }, { width: 0.16, length: 0.2, from: 0, to: 0.82 }, trousers);
    }
    block(stage, pose, { width: 0.46, length: 0.26, from: 0.8, to: 1.42, taper: 0.85 }, shirt);
    stage.raster.spot(ahead(pose, 0, 0, 1.58), 0.13, scale([196, 156, 124], stage.light.isDark ? 0.45 : 0.9));
    if (hasHat) block(stage, pose, { width: 0.46, length: 0.46, from: 1.62, to: 1.84, taper: 0.05 }, [226, 208, 156]);
  };
}
