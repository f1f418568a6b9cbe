import type { Area } from '#contract/topics/alert.ts';

/** Most corners one area may have. */
export const MAX_VERTICES = 50_000;

/** What is wrong with an area: where, as a JSON pointer inside it, and why. */
export interface AreaFlaw {
  pointer: string;
  detail: string;
}

/** Finds the first flaw: a ring that is open or too short, a corner that is not a place in Việt Nam, too many corners. */
export function areaFlaw(area: Area, isInVietnam: (position: readonly number[]) => boolean): AreaFlaw | undefined {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  let vertices = 0;
  for (const [p, polygon] of polygons.entries()) {
    const base = area.type === 'Polygon' ? '/coordinates' : `/coordinates/${p}`;
    if (polygon.length === 0) return { pointer: base, detail: 'a polygon needs an outer ring' };
    for (const [r, ring] of polygon.entries()) {
      const pointer = `${base}/${r}`;
      const [first, last] = [ring[0], ring.at(-1)];
      vertices += ring.length;
      if (vertices > MAX_VERTICES) return { pointer, detail: `more than ${MAX_VERTICES} corners` };
      if (!first || !last || ring.length < 4) return { pointer, detail: 'a ring needs at least four positions' };
      if (first[0] !== last[0] || first[1] !== last[1]) return { pointer, detail: 'a ring must end where it begins' };
      const outside = ring.findIndex((corner) => !isInVietnam(corner));
      if (outside >= 0) return { pointer: `${pointer}/${outside}`, detail: 'outside Việt Nam' };
    }
  }
  return polygons.length === 0 ? { pointer: '/coordinates', detail: 'no polygon' } : undefined;
}
