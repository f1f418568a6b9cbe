import type { PilotMap } from '#contract/organisation.ts';

/** One area ready to be drawn. Units: picture units; `at` is where its name stands. */
export interface DrawnArea {
  name: string;
  level: string;
  text: PilotMap['areas'][number]['text'];
  path: string;
  at: [number, number];
}

/** Areas in a picture of a width, north up, true to shape at their latitude. */
export function drawn({ areas }: Pick<PilotMap, 'areas'>, width: number): { height: number; areas: DrawnArea[] } {
  const points = areas.flatMap(({ rings }) => rings.flat());
  const [west, east] = [Math.min(...points.map(([lon]) => lon)), Math.max(...points.map(([lon]) => lon))];
  const [south, north] = [Math.min(...points.map(([, lat]) => lat)), Math.max(...points.map(([, lat]) => lat))];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / ((east - west) * squeeze);
  const place = ([lon, lat]: readonly [number, number]): [number, number] => [Math.round((lon - west) * squeeze * scale * 10) / 10, Math.round((north - lat) * scale * 10) / 10];
  return {
    height: Math.round((north - south) * scale),
    areas: areas.map(({ name, level, text, rings }) => ({ name, level, text, path: rings.map((ring) => `M${ring.map((point) => place(point).join(' ')).join('L')}Z`).join(''), at: place(middleOf(rings)) })),
  };
}

/** Parts so far away that they would make the rest small, an archipelago at sea, go into a picture of their own. Units: degrees. */
const FAR_DEGREES = 1.5;

/** Areas near the middle of most, and those far out at sea. A far ring of a near area goes with the far ones. */
export function apart<A extends Pick<PilotMap['areas'][number], 'rings'>>(areas: readonly A[]): { near: A[]; far: A[] } {
  const middles = areas.map(({ rings }) => middleOf(rings));
  const median = (axis: 0 | 1) => middles.map((middle) => middle[axis]).sort((a, b) => a - b)[Math.floor(middles.length / 2)] ?? 0;
  const [lon, lat] = [median(0), median(1)];
  const isFar = (ring: A['rings'][number]) => ring.every(([x, y]) => Math.hypot(x - lon, y - lat) > FAR_DEGREES);
  const of = (wanted: boolean) =>
    areas.flatMap((area) => {
      const rings = area.rings.filter((ring) => isFar(ring) === wanted);
      return rings.length === 0 ? [] : [{ ...area, rings }];
    });
  return { near: of(false), far: of(true) };
}

/** The middle of the largest ring's box. */
function middleOf(rings: PilotMap['areas'][number]['rings']): [number, number] {
  const boxes = rings.map((ring) => {
    const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    return { size: (east - west) * (north - south), middle: [(west + east) / 2, (south + north) / 2] as [number, number] };
  });
  return boxes.reduce((largest, box) => (box.size > largest.size ? box : largest)).middle;
}
