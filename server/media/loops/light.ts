import lights from './lights.json' with { type: 'json' };
import type { Color, Haze, Point } from './raster.ts';

/** Weather and hour of a scene. */
export interface Light {
  sun: Color;
  ambient: Color;
  /** Towards the sun. */
  towards: Point;
  skyTop: Color;
  skyLow: Color;
  haze: Haze;
  /** Lamps, windows and headlights are on. */
  isDark: boolean;
  isWet: boolean;
}

/** The lights that loops may be drawn in, by name. */
export function lightNamed(name: string): Light {
  const light = (lights as unknown as Record<string, Light>)[name];
  if (!light) throw new Error(`no light is called ${name}`);
  return light;
}

/** A surface colour as this light shows it. */
export function lit(light: Light, base: Color, normal: Point): Color {
  const facing = Math.max(0, normal[0] * light.towards[0] + normal[1] * light.towards[1] + normal[2] * light.towards[2]);
  const from = (channel: 0 | 1 | 2) => Math.min(255, base[channel] * (light.ambient[channel] + light.sun[channel] * facing * 0.62));
  return [from(0), from(1), from(2)];
}

/** Smooth, repeatable unevenness in 0..1. */
export function noise(x: number, y: number): number {
  const cell = (ix: number, iy: number) => {
    let hash = (Math.imul(ix, 374761393) ^ Math.imul(iy, 668265263)) | 0;
    hash = Math.imul(hash ^ (hash >>> 13), 1274126177);
    return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
  };
  const [ix, iy] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - ix, y - iy];
  const [sx, sy] = [fx * fx * (3 - 2 * fx), fy * fy * (3 - 2 * fy)];
  const low = cell(ix, iy) + (cell(ix + 1, iy) - cell(ix, iy)) * sx;
  const high = cell(ix, iy + 1) + (cell(ix + 1, iy + 1) - cell(ix, iy + 1)) * sx;
  return low + (high - low) * sy;
}

export const mix = (a: Color, b: Color, share: number): Color => [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
export const scale = (color: Color, by: number): Color => [Math.min(255, color[0] * by), Math.min(255, color[1] * by), Math.min(255, color[2] * by)];
