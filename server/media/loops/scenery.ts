import type { Random } from '../../kernel/random.ts';
import { lit, mix, noise, scale, type Light } from './light.ts';
import type { Color, Paint, Point, Raster } from './raster.ts';

/** A surface being drawn, under one light. */
export interface Stage {
  raster: Raster;
  light: Light;
}

/** Where a thing stands and which way it faces: heading 0 is +y, clockwise. Units: metres, radians. */
export interface Pose {
  x: number;
  y: number;
  heading: number;
}

type FaceShade = (face: 'side' | 'end' | 'top', base: Color) => Color | ((x: number, y: number, z: number) => Color);

/** An upright block; `taper` narrows its top, as on a car's cabin. */
export function block({ raster, light }: Stage, pose: Pose, size: { width: number; length: number; from: number; to: number; taper?: number; ahead?: number }, base: Color, shade: FaceShade = (_face, color) => color): void {
  const [sin, cos] = [Math.sin(pose.heading), Math.cos(pose.heading)];
  const place = (across: number, along: number, z: number): Point => [pose.x + across * cos + along * sin, pose.y - across * sin + along * cos, z];
  const { width, length, from, to, taper = 1, ahead = 0 } = size;
  const [w, l, tw, tl] = [width / 2, length / 2, (width / 2) * (taper + (1 - taper) / 2), (length / 2) * taper];
  const corners = (half: number, halfLength: number, z: number) => [place(-half, ahead - halfLength, z), place(half, ahead - halfLength, z), place(half, ahead + halfLength, z), place(-half, ahead + halfLength, z)];
  const low = corners(w, l, from);
  const high = corners(tw, tl, to);
  for (let side = 0; side < 4; side += 1) {
    const next = (side + 1) % 4;
    const turn = pose.heading + Math.PI + (side * -Math.PI) / 2;
    const normal: Point = [Math.sin(turn), Math.cos(turn), 0.1];
    raster.polygon([low[side]!, low[next]!, high[next]!, high[side]!], shade(side % 2 === 0 ? 'end' : 'side', lit(light, base, normal)));
  }
  raster.polygon(high, shade('top', lit(light, base, [0, 0, 1])));
}

const WINDOW_LIGHTS: readonly Color[] = [[255, 214, 140], [240, 226, 196], [206, 222, 240]];

/** A tube house, hotel or tower with floors of windows. */
export function building(stage: Stage, random: Random, at: { x: number; y: number; width: number; depth: number; height: number }, base: Color): void {
  const { light } = stage;
  const seed = random.below(10_000);
  const storey = 3.2 + random.next() * 0.6;
  const bay = 1.8 + random.next() * 1.4;
  const shopColor = scale([180 + random.below(70), 60 + random.below(160), 50 + random.below(150)], light.isDark ? 0.75 : 0.85);
  const facade: FaceShade = (face, color) => {
    if (face === 'top') return color;
    return (x, y, z) => {
      const along = face === 'end' ? x : y;
      const floor = Math.floor(z / storey);
      const column = Math.floor(along / bay);
      const [u, v] = [along / bay - column, z / storey - floor];
      if (floor === 0 && z > 2.6 && at.height < 24) return shopColor;
      const grime = 0.9 + 0.16 * noise(along * 0.4, z * 0.25);
      const isWindow = u > 0.22 && u < 0.8 && v > 0.28 && v < 0.78;
      if (!isWindow) return scale(color, v < 0.08 ? grime * 0.82 : grime);
      const chance = noise(column * 7.3 + seed, floor * 5.1 + (face === 'end' ? 40 : 0));
      if (light.isDark && chance > 0.56) return scale(WINDOW_LIGHTS[(column + floor) % 3 < 0 ? 0 : (column + floor) % 3]!, 0.55 + chance * 0.4);
      return mix(scale(color, 0.42), light.skyLow, 0.16 + 0.1 * v);
    };
  };
  block(stage, { x: at.x, y: at.y, heading: 0 }, { width: at.width, length: at.depth, from: 0, to: at.height }, base, facade);
}

/** A row of buildings along the road, from `from` to `to` metres ahead. */
export function row(stage: Stage, random: Random, side: { x: number; from: number; to: number; minHeight: number; maxHeight: number }): void {
  const paints: readonly Color[] = [[226, 214, 188], [212, 196, 168], [188, 206, 214], [232, 226, 216], [206, 176, 150], [176, 190, 180], [222, 200, 120]];
  for (let y = side.from; y < side.to; ) {
    const width = 5 + random.next() * 9;
    const height = side.minHeight + random.next() ** 1.6 * (side.maxHeight - side.minHeight);
    const depth = 12;
    building(stage, random, { x: side.x + Math.sign(side.x) * (depth / 2 + random.next() * 1.5), y: y + width / 2, width: depth, depth: width - 0.3, height }, random.pick(paints));
    y += width;
  }
}

/** A leafy street tree: a trunk and a crown of spots lit from above. */
export function tree(stage: Stage, random: Random, x: number, y: number, height: number): void {
  const { raster, light } = stage;
  block(stage, { x, y, heading: 0.3 }, { width: 0.3, length: 0.3, from: 0, to: height * 0.6, taper: 0.7 }, [92, 74, 58]);
  const crown: { at: Point; radius: number }[] = [];
  for (let leaf = 0; leaf < 46; leaf += 1) {
    const [angle, out, up] = [random.next() * Math.PI * 2, Math.sqrt(random.next()), random.next()];
    const reach = out * height * 0.3 * Math.sin(Math.PI * (0.25 + up * 0.7));
    crown.push({ at: [x + Math.cos(angle) * reach, y + Math.sin(angle) * reach, height * (0.5 + up * 0.45)], radius: height * (0.06 + random.next() * 0.05) });
  }
  for (const { at, radius } of crown) {
    const bright = 0.62 + ((at[2] / height) - 0.5) * 1.1 + random.next() * 0.2;
    raster.spot(at, radius, scale(lit(light, [74, 112, 54], [0, 0, 1]), bright));
  }
  shadow(stage, { x: x + 1, y, heading: 0 }, height * 0.34, height * 0.34);
}

/** A coconut palm with drooping fronds. */
export function palm(stage: Stage, random: Random, x: number, y: number, height: number): void {
  const { raster, light } = stage;
  block(stage, { x, y, heading: 0.5 }, { width: 0.34, length: 0.34, from: 0, to: height, taper: 0.6 }, [124, 106, 84]);
  for (let frond = 0; frond < 11; frond += 1) {
    const angle = (frond / 11) * Math.PI * 2 + random.next() * 0.4;
    const reach = 2.2 + random.next() * 0.9;
    const place = (share: number, lift: number, aside: number): Point => [
      x + Math.sin(angle) * reach * share + Math.cos(angle) * aside,
      y + Math.cos(angle) * reach * share - Math.sin(angle) * aside,
      height + lift,
    ];
    const green = scale(lit(light, [88, 122, 58], [0, 0, 1]), 0.7 + random.next() * 0.45);
    raster.polygon([place(0, 0, 0), place(0.55, 0.55, 0.32), place(1, -0.9, 0), place(0.55, 0.35, -0.32)], green);
  }
}

/** A street lamp with its arm over the road; at dark it shines. */
export function lamp(stage: Stage, x: number, y: number, armX: number, height = 9): void {
  const { raster, light } = stage;
  block(stage, { x, y, heading: 0 }, { width: 0.22, length: 0.22, from: 0, to: height, taper: 0.6 }, [128, 132, 136]);
  const middle = x + armX / 2;
  block(stage, { x: middle, y, heading: 0 }, { width: Math.abs(armX), length: 0.14, from: height - 0.15, to: height }, [128, 132, 136]);
  if (!light.isDark) return;
  raster.spot([x + armX, y, height - 0.2], 0.28, [255, 236, 196]);
  raster.spot([x + armX, y, height - 0.2], 2.6, [200, 150, 84], { isLight: true, alpha: 0.5 });
}

/** A soft dark patch under whatever stands on the ground. */
export function shadow({ raster, light }: Stage, pose: Pose, width: number, length: number): void {
  const [sin, cos] = [Math.sin(pose.heading), Math.cos(pose.heading)];
  const slide = light.isDark ? 0 : 0.35;
  const place = (across: number, along: number): Point => [pose.x + slide + across * cos + along * sin, pose.y - across * sin + along * cos, 0.03];
  const paint: Paint = { alpha: light.isDark ? 0.3 : 0.42 };
  raster.polygon([place(-width / 2, -length / 2), place(width / 2, -length / 2), place(width / 2, length / 2), place(-width / 2, length / 2)], [14, 16, 20], paint);
}
