import { mesh } from 'topojson-client';
import type { GeometryObject } from 'topojson-specification';
import type { GeoData } from '../../geo/readData.ts';

/** Borders of the wards of the shipped provinces as lines of [lon, lat], for drawings without a map. */
export function cityOutline(geo: Pick<GeoData, 'wards'>): readonly (readonly [number, number][])[] {
  const topology = geo.wards('da-nang');
  const [first] = Object.values(topology.objects);
  return first ? (mesh(topology, first as GeometryObject).coordinates as [number, number][][]) : [];
}
