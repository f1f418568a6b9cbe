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

/** The middle of the largest ring's box. */
function middleOf(rings: PilotMap['areas'][number]['rings']): [number, number] {
  const boxes = rings.map((ring) => {
    const [lons, lats] = [ring.map(([lon]) => lon), ring.map(([, lat]) => lat)];
    const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    return { size: (east - west) * (north - south), middle: [(west + east) / 2, (south + north) / 2] as [number, number] };
  });
  return boxes.reduce((largest, box) => (box.size > largest.size ? box : largest)).middle;
}
