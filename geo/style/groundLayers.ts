import { HATCH_IMAGE } from './hatch.ts';
import type { MapColours } from './palette.ts';
import type { Expression, StyleLayer } from './spec.ts';

/** The one source of the style, and its layer whose features carry the state `red` by unit code. */
export const BASEMAP_SOURCE = 'basemap';

/** Where `setFeatureState({ source, sourceLayer, id }, { red: true })` marks a unit ĐỎ; id is the numeric unit code. */
export const WARD_STATE = { source: BASEMAP_SOURCE, sourceLayer: 'ward' } as const;

/** Everything that lies flat: land, wards, water, houses and streets, from below to above. */
export function groundLayers(colours: MapColours): StyleLayer[] {
  const from = (layer: string) => ({ source: BASEMAP_SOURCE, 'source-layer': layer }) as const;
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
    { id: 'land', type: 'fill', ...from('land'), paint: { 'fill-color': colours.land, 'fill-antialias': false } },
    { id: 'coast', type: 'line', ...from('land'), maxzoom: 6, paint: { 'line-color': colours.landEdge, 'line-width': 0.6 } },
    { id: 'ward', type: 'fill', ...from('ward'), minzoom: 8, paint: { 'fill-color': colours.ward, 'fill-opacity': zoomed([8, 0], [10, 1]), 'fill-antialias': false } },
    {
      id: 'landuse',
      type: 'fill',
      ...from('landuse'),
      minzoom: 12,
      paint: {
        'fill-color': ['match', ['get', 'class'], 'green', colours.green, 'forest', colours.forest, 'campus', colours.campus, 'paved', colours.paved, 'sand', colours.sand, colours.works],
        'fill-opacity': zoomed([12, 0], [13, 1]),
      },
    },
    { id: 'water', type: 'fill', ...from('water'), paint: { 'fill-color': colours.river } },
    { id: 'water-edge', type: 'line', ...from('water'), minzoom: 11, paint: { 'line-color': colours.riverEdge, 'line-width': zoomed([11, 0.5], [16, 1.6]) } },
    { id: 'waterway-far', type: 'line', ...from('waterway'), maxzoom: 10, filter: ['has', 'rank'], paint: { 'line-color': colours.river, 'line-width': zoomed([5, 0.5], [10, 1.6]) } },
    { id: 'waterway', type: 'line', ...from('waterway'), minzoom: 12, filter: ['!', ['has', 'rank']], paint: { 'line-color': colours.river, 'line-width': zoomed([12, 1], [14, 3], [17, 8]) } },
    { id: 'building', type: 'fill', ...from('building'), minzoom: 14, paint: { 'fill-color': colours.building, 'fill-outline-color': colours.buildingEdge, 'fill-opacity': zoomed([14, 0], [15, 1]) } },
    ...roadLayers(colours),
    {
      id: 'ward-red',
      type: 'fill',
      ...from('ward'),
      minzoom: 8,
      paint: { 'fill-pattern': HATCH_IMAGE, 'fill-opacity': ['interpolate', ['linear'], ['zoom'], 11, ifRed(0.6), 15, ifRed(0.2)] },
    },
    { id: 'islands', type: 'fill', ...from('islands'), minzoom: 4, paint: { 'fill-color': colours.island } },
    { id: 'islands-edge', type: 'line', ...from('islands'), minzoom: 4, paint: { 'line-color': colours.islandEdge, 'line-width': zoomed([4, 1.6], [7, 1.4], [12, 1]) } },
    ...borderLayers(colours),
  ];
}

function roadLayers(colours: MapColours): StyleLayer[] {
  const kinds = [
    { id: 'path', classes: ['path'], minzoom: 15, color: colours.roadPath, width: zoomed([15, 0.6], [18, 2.4]) },
    { id: 'service', classes: ['service'], minzoom: 14, color: colours.roadMinor, width: zoomed([14, 0.6], [18, 6]) },
    { id: 'minor', classes: ['minor'], minzoom: 13, color: colours.roadMinor, width: zoomed([13, 0.6], [15, 2.4], [18, 11]) },
    { id: 'middle', classes: ['secondary', 'tertiary', 'link'], minzoom: 11, color: colours.roadMiddle, width: zoomed([11, 0.6], [13, 1.4], [15, 4], [18, 16]) },
    { id: 'major', classes: ['motorway', 'primary'], minzoom: 9, color: colours.roadMajor, width: zoomed([9, 0.7], [12, 1.7], [15, 5.2], [18, 20]) },
  ];
  const layout = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const filterOf = (classes: string[]): Expression => ['in', ['get', 'class'], ['literal', classes]];
  const lines = kinds.map(({ id, classes, minzoom, color, width }): StyleLayer => ({
    id: `road-${id}`,
    type: 'line',
    source: BASEMAP_SOURCE,
    'source-layer': 'road',
    minzoom,
    filter: filterOf(classes),
    layout,
    paint: { 'line-color': color, 'line-width': width },
  }));
  const casing: StyleLayer = {
    id: 'road-case',
    type: 'line',
    source: BASEMAP_SOURCE,
    'source-layer': 'road',
    minzoom: 14,
    filter: filterOf(['motorway', 'primary', 'secondary', 'tertiary', 'link', 'minor']),
    layout,
    paint: { 'line-color': colours.roadCase, 'line-width': zoomed([14, 3.4], [15, 7], [18, 23]), 'line-opacity': zoomed([14, 0], [15, 0.9]) },
  };
  return [casing, ...lines];
}

function borderLayers(colours: MapColours): StyleLayer[] {
  const border = (id: string, level: number, color: string, width: Expression, dash?: number[]): StyleLayer => ({
    id,
    type: 'line',
    source: BASEMAP_SOURCE,
    'source-layer': 'boundary',
    filter: ['==', ['get', 'level'], level],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': color, 'line-width': width, ...(dash ? { 'line-dasharray': dash } : {}) },
  });
  return [
    border('border-ward', 6, colours.wardLine, zoomed([8, 0.4], [11, 0.9], [15, 1.8])),
    border('border-city', 5, colours.cityLine, zoomed([10, 0.8], [14, 1.6])),
    border('border-province', 4, colours.provinceLine, zoomed([5, 0.4], [8, 1], [12, 1.6])),
    border('border-country', 2, colours.country, zoomed([3, 0.6], [8, 1.4], [12, 2.2]), [4, 2]),
  ];
}

function ifRed(opacity: number): Expression {
  return ['case', ['boolean', ['feature-state', 'red'], false], opacity, 0];
}

/** A value that grows with zoom, straight between the stops. */
export function zoomed(...stops: readonly (readonly [zoom: number, value: number])[]): Expression {
  return ['interpolate', ['linear'], ['zoom'], ...stops.flat()];
}
