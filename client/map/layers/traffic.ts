import type { LineLayerSpecification, Map as GlMap } from 'maplibre-gl';
import { BASEMAP_SOURCE } from '../../../geo/style/groundLayers.ts';
import type { MovingPoints } from '../snapshot.ts';

const UNKNOWN = 255;

/** Streets coloured by their speed: free flow stays quiet, slow, heavy and jammed stand out in turn. */
export function trafficLayer(widthScale: number): LineLayerSpecification {
  const flow = ['number', ['feature-state', 'flow'], UNKNOWN];
  const width = (px: number) => ['*', px * widthScale, ['case', ['<', flow, 45], 1.5, 1]];
  return {
    id: 'traffic',
    type: 'line',
    source: BASEMAP_SOURCE,
    'source-layer': 'road',
    minzoom: 10,
    filter: ['in', ['get', 'class'], ['literal', ['motorway', 'primary', 'secondary', 'tertiary', 'link']]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': ['step', flow, '#d9483b', 25, '#e07b39', 45, '#c9a24b', 70, '#5f7f86'],
      'line-opacity': ['step', flow, 1, 70, 0.75, UNKNOWN, 0],
      'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], 10, width(0.8), 13, width(2), 16, width(6)],
    },
  } as unknown as LineLayerSpecification;
}

/** Tells the map the flow of every street that changed. Returns what it told, for the next time. */
export function tellTraffic(map: GlMap, points: MovingPoints, told: Map<number, number>): void {
  for (let row = 0; row < points.count; row++) {
    const feature = points.slots[row] ?? 0;
    const flow = Math.min(UNKNOWN - 1, points.kind[row] ?? UNKNOWN);
    if (told.get(feature) === flow) continue;
    told.set(feature, flow);
    map.setFeatureState({ source: BASEMAP_SOURCE, sourceLayer: 'road', id: feature }, { flow });
  }
}
