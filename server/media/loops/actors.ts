import type { Random } from '../../kernel/random.ts';
import type { Eye } from './raster.ts';
import type { Pose, Stage } from './scenery.ts';
import { walker, type Draw } from './vehicles.ts';

/** A way through the scene: `share` 0..1 of its length to a pose. Units: metres. */
export type Way = (share: number) => Pose;

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

export const PERIOD_S = 20;

export const straight = (x: number, fromY: number, toY: number): Way => (share) => ({ x, y: fromY + (toY - fromY) * share, heading: toY > fromY ? 0 : Math.PI });
export const across = (y: number, fromX: number, toX: number): Way => (share) => ({ x: fromX + (toX - fromX) * share, y, heading: toX > fromX ? Math.PI / 2 : -Math.PI / 2 });

/** A lane of even traffic; its length is what the speed covers in one loop. */
export function lane(random: Random, at: { x: number; speed: number; isAway: boolean; count: number; spread?: number; nearY?: number }, make: (random: Random) => Draw): Actor[] {
  const near = at.nearY ?? -6;
  const far = near + at.speed * PERIOD_S;
  return Array.from({ length: at.count }, (_, index) => {
    const x = at.x + (random.next() - 0.5) * (at.spread ?? 0.4);
    const way = at.isAway ? straight(x, near, far) : straight(x, far, near);
    return { way, phase: (index + 0.15 + random.next() * 0.7) / at.count, copies: 1, draw: make(random) };
  });
}

export function strollers(random: Random, ways: readonly Way[], lengthM: number, count: number): Actor[] {
  return Array.from({ length: count }, () => ({ way: random.pick(ways), phase: random.next(), copies: Math.max(1, Math.round(lengthM / (1.25 * PERIOD_S))), draw: walker(random) }));
}

/** In from one arm, round the island on the right-hand side, out by another. */
export function roundWay(centre: { x: number; y: number }, radius: number, armIn: number, quarters: number, reach: number): { way: Way; lengthM: number } {
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
