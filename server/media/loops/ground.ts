import { type Light, lit, mix, noise, scale } from './light.ts';
import type { Color, Point } from './raster.ts';

export const near = (value: number, target: number, half: number) => Math.abs(value - target) < half;

/** Asphalt with wear, wet sheen and lamplight pools every `lampEvery` metres. */
export function asphalt(light: Light, x: number, y: number, lampX: number, lampEvery: number): Color {
  const wear = 0.86 + 0.16 * noise(x * 0.5, y * 0.12) + 0.08 * noise(x * 3, y * 1.4);
  let color = scale(lit(light, [106, 108, 112], [0, 0, 1]), wear);
  if (light.isWet) color = mix(scale(color, 0.72), light.skyLow, 0.2 + 0.3 * noise(x * 0.35, y * 0.08));
  if (!light.isDark || light.isWet) return color;
  const along = y - Math.round(y / lampEvery) * lampEvery;
  const pool = Math.exp(-((Math.abs(x) - lampX) ** 2) / 60 - along ** 2 / 90);
  return [color[0] + pool * 92, color[1] + pool * 70, color[2] + pool * 38];
}

export function water(light: Light, x: number, y: number, glints: boolean): Color {
  const ripple = noise(x * 0.35, y * 0.9) * 0.6 + noise(x * 1.1, y * 2.4) * 0.4;
  const deep = lit(light, [66, 108, 116], [0, 0, 1]);
  const base = mix(deep, light.skyLow, 0.22 + 0.34 * ripple);
  const streak = glints && light.isDark ? Math.max(0, noise(x * 0.16, 3) - 0.45) * (0.5 + ripple) * 2.2 : 0;
  return [Math.min(255, base[0] + streak * 170), Math.min(255, base[1] + streak * 120), Math.min(255, base[2] + streak * 60)];
}

export const plane = (left: number, right: number, from: number, to: number, z = 0): Point[] => [[left, from, z], [right, from, z], [right, to, z], [left, to, z]];

/** Straight carriageways along +y between kerbs, with the marks Vietnamese roads carry. */
export function roadShade(light: Light, road: { half: number; median: number; lanes: readonly number[]; pave: Color; crossingY?: number }) {
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
