import type { Random } from '../../kernel/random.ts';
import { lit, scale } from './light.ts';
import type { Color } from './raster.ts';
import { block, building, type Stage } from './scenery.ts';

/** Steel arches along the deck, the golden back of the Dragon Bridge. */
export function arches(stage: Stage, x: number, from: number, span: number, rise: number, thick: number): void {
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

/** A gate of two legs over the deck, with stays fanning out to both sides, as on the suspended bridges of the Hàn. */
export function pylon(stage: Stage, y: number, half: number, height: number): void {
  const concrete: Color = [214, 214, 208];
  const steel: Color = stage.light.isDark ? [150, 176, 214] : [224, 226, 226];
  for (const x of [-half, half]) {
    block(stage, { x, y, heading: 0 }, { width: 2, length: 2.6, from: 0, to: height, taper: 0.7 }, concrete);
    for (let stay = 1; stay <= 11; stay += 1) {
      for (const way of [-1, 1]) {
        const [top, foot] = [height - stay * 1.4, y + way * stay * 6.2];
        stage.raster.polygon([[x - 0.11, y, top], [x + 0.11, y, top], [x + 0.11, foot, 1], [x - 0.11, foot, 1]], steel);
      }
    }
  }
  for (const z of [height * 0.5, height - 3]) block(stage, { x: 0, y, heading: 0 }, { width: half * 2, length: 2, from: z, to: z + 2.2 }, concrete);
}

/** An arch seen from the side, spanning left and right of `x`. */
export function archAcross(stage: Stage, x: number, half: number, rise: number, y: number): void {
  const gold: Color = stage.light.isDark ? [255, 190, 66] : lit(stage.light, [232, 188, 60], [0, -1, 0.4]);
  for (let step = 0; step < 30; step += 1) {
    const point = (index: number): [number, number] => [x - half + (index / 30) * half * 2, 9 + rise * Math.sin((index / 30) * Math.PI)];
    const [[x0, z0], [x1, z1]] = [point(step), point(step + 1)];
    stage.raster.polygon([[x0, y, z0], [x1, y, z1], [x1, y, z1 + 2], [x0, y, z0 + 2]], scale(gold, 0.8 + 0.2 * (step % 2)));
  }
}

/** The far bank: towers over the water. */
export function skyline(stage: Stage, random: Random, at: { y: number; from: number; to: number; tallest: number }): void {
  const paints: readonly Color[] = [[198, 206, 214], [222, 218, 208], [172, 186, 200], [206, 196, 182]];
  for (let x = at.from; x < at.to; ) {
    const width = 9 + random.next() * 16;
    building(stage, random, { x: x + width / 2, y: at.y + random.next() * 26, width, depth: 14, height: 10 + random.next() ** 2 * at.tallest }, random.pick(paints));
    x += width + random.next() * 8;
  }
}
