import type { Feature } from 'geojson';
import type { Unit } from '../units.ts';
import { ISLAND_UNITS } from '../archipelagos.ts';
import labels from './labels.json' with { type: 'json' };
import { DRAWN_PROVINCES, type Sources } from './sources.ts';
import { mark, type TileSource } from './tileset.ts';
import { areasOf, dissolved, innerBorders, outerBorder, type UnitTopology } from './topologies.ts';

const CITY = '48';

/** Provinces, wards, their borders, the two archipelagos, and the labels of all of them. */
export function unitLayers(sources: Sources, provinces: UnitTopology, units: ReadonlyMap<string, Unit>): TileSource[] {
  const provinceAreas = areasOf(provinces).map(({ geometry, properties }) => mark(geometry, { code: properties.code, name: units.get(properties.code)?.name }, Number(properties.code)));
  const layers: TileSource[] = [
    { layer: 'province', zooms: [4, 9], tolerance: 2, features: provinceAreas },
    { layer: 'boundary', zooms: [5, 14], tolerance: 2, features: [mark(innerBorders(provinces, (a, b) => a !== CITY && b !== CITY), { level: 4 })] },
    { layer: 'boundary', zooms: [5, 9], tolerance: 2, features: [mark(innerBorders(provinces, (a, b) => a === CITY || b === CITY), { level: 4 })] },
    { layer: 'islands', zooms: [4, 14], tolerance: 0.5, features: islandFeatures(sources) },
    { layer: 'place', zooms: [3, 14], features: labels.map(({ position, minzoom, ...label }) => mark({ type: 'Point', coordinates: position }, { ...label, rank: minzoom })) },
    { layer: 'place', zooms: [5, 10], features: [...units.values()].filter((unit) => unit.kind === 'province' && unit.position).map((unit) => mark({ type: 'Point', coordinates: unit.position ?? [] }, { class: 'province', name: unit.name, code: unit.code })) },
  ];
  for (const { code, file } of DRAWN_PROVINCES) {
    const coarse = sources.wards(file, 's60');
    const fine = code === CITY ? sources.wards(file, 's8') : coarse;
    layers.push(
      { layer: 'land', zooms: [8, 9], tolerance: 2, features: [mark(dissolved(coarse))] },
      { layer: 'ward', zooms: [8, 9], tolerance: 2, features: wardFeatures(coarse, units) },
      { layer: 'boundary', zooms: [8, 9], tolerance: 2, features: [mark(innerBorders(coarse), { level: 6, province: code })] },
      { layer: 'place', zooms: [8, 14], features: wardLabels(coarse, units) },
      { layer: 'land', zooms: [10, 14], tolerance: 2, features: [mark(dissolved(fine))] },
      { layer: 'ward', zooms: [10, 14], tolerance: 2, features: wardFeatures(fine, units) },
      { layer: 'boundary', zooms: [10, 14], tolerance: 2, features: [mark(innerBorders(fine), { level: 6, province: code })] },
    );
    if (code === CITY) layers.push({ layer: 'boundary', zooms: [10, 14], tolerance: 2, features: [mark(outerBorder(fine), { level: 5, province: code })] });
  }
  return layers;
}

function islandFeatures(sources: Sources): Feature[] {
  return sources.islands().flatMap(({ geometry, properties }) => {
    const group = properties.code === ISLAND_UNITS.hoangSa ? 'Quần đảo Hoàng Sa (Việt Nam)' : 'Quần đảo Trường Sa (Việt Nam)';
    return mark(geometry, { code: properties.code, name: `Đặc khu ${properties.name}`, group }, Number(properties.code));
  });
}

function wardFeatures(topology: UnitTopology, units: ReadonlyMap<string, Unit>): Feature[] {
  return areasOf(topology).map(({ geometry, properties }) => {
    const unit = units.get(properties.code);
    return mark(geometry, { code: properties.code, name: unit?.name, kind: unit?.kind, province: unit?.parent }, Number(properties.code));
  });
}

function wardLabels(topology: UnitTopology, units: ReadonlyMap<string, Unit>): Feature[] {
  return areasOf(topology).flatMap(({ properties }) => {
    const unit = units.get(properties.code);
    if (!unit?.position) return [];
    const size = Math.round(Math.log2(1 + (unit.areaKm2 ?? 0)) * 10);
    return mark({ type: 'Point', coordinates: unit.position }, { class: unit.kind, name: unit.name, fullName: unit.fullName, code: unit.code, size });
  });
}
