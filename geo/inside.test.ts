import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import { describe, expect, it } from 'vitest';
import { isInVietnam } from './inside.ts';
import { loadGeo, WARD_FILES } from './readData.ts';

const geo = loadGeo();

describe('isInVietnam', () => {
  it('holds every corner of every province, islands included', () => {
    const topology = geo.provinces();
    const { features } = feature(topology, topology.objects.units as never) as unknown as FeatureCollection<Polygon | MultiPolygon, { name: string }>;
    const outside = features.flatMap(({ geometry, properties }) => {
      const corners = geometry.type === 'Polygon' ? geometry.coordinates.flat() : geometry.coordinates.flat(2);
      return corners.filter((corner) => !isInVietnam(corner)).map((corner) => `${properties.name} ${corner}`);
    });
    expect(outside).toEqual([]);
  });

  it.each([
    ['Viêng Chăn', [102.6, 17.97]], ['Phnôm Pênh', [104.92, 11.56]], ['Băng Cốc', [100.5, 13.75]], ['Nam Ninh', [108.37, 22.82]],
    ['Hải Khẩu', [110.3, 20.02]], ['Tam Á', [109.5, 18.25]], ['Pakse', [105.8, 15.12]], ['Manila', [120.98, 14.6]], ['0,0', [0, 0]], ['swapped', [16.06, 108.22]],
    ['NaN', [Number.NaN, 16]], ['nothing', []],
  ])('refuses %s', (_, position) => expect(isInVietnam(position)).toBe(false));

  it.each([['Hoàng Sa', [112.3, 16.5]], ['Trường Sa', [111.92, 8.64]], ['Phú Quốc', [103.97, 10.22]], ['Lũng Cú', [105.32, 23.36]]])('accepts %s', (_, position) =>
    expect(isInVietnam(position)).toBe(true));
});

describe('wardAt', () => {
  it.each([
    ['20242', [108.2233, 16.0777]], ['20275', [108.2375, 16.0613]], ['20285', [108.263, 16.004]], ['20413', [108.353, 15.879]],
    ['24133', [108.038, 12.68]], ['21548', [109.12, 15.382]],
  ])('%s', (code, position) => expect(geo.wardIndex().wardAt(position)?.code).toBe(code));

  it('knows nothing at sea and outside', () => {
    expect(geo.wardIndex().wardAt([110, 14])).toBeUndefined();
    expect(geo.wardIndex().wardAt([105.85, 21.03])).toBeUndefined();
  });

  it('finds the unit of nearly every label, and all units are there', () => {
    const index = geo.wardIndex();
    expect(WARD_FILES.map((file) => (geo.wards(file).objects.units as { geometries: unknown[] }).geometries.length)).toEqual([94, 96, 102]);
    const astray = index.wards.filter(({ position, code }) => position && index.wardAt(position)?.code !== code);
    expect(astray.map(({ name }) => name)).toEqual([]);
  });
});
