import type { StyleSpecification } from 'maplibre-gl';
import { expect, test } from 'vitest';
import { scaleStyle, withTraffic } from './mapStyle.ts';

const style: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [
    { id: 'sea', type: 'background' },
    { id: 'road', type: 'line', source: 'basemap', paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 10, 1, 16, 8] } },
    { id: 'ward', type: 'symbol', source: 'basemap', layout: { 'text-size': ['interpolate', ['linear'], ['zoom'], 9, 10, 13, 16] } },
  ],
};

test('letters grow with the room, zoom stops stay where they are', () => {
  const [, road, ward] = scaleStyle(style, 4).layers as [unknown, { paint: Record<string, unknown> }, { layout: Record<string, unknown> }];
  expect(ward.layout['text-size']).toEqual(['interpolate', ['linear'], ['zoom'], 9, 40, 13, 64]);
  expect(road.paint['line-width']).toEqual(['interpolate', ['linear'], ['zoom'], 10, 2, 16, 16]);
});

test('speeds are drawn above the streets and below the names', () => {
  expect(withTraffic(style, 1).layers.map((layer) => layer.id)).toEqual(['sea', 'road', 'traffic', 'ward']);
  expect(withTraffic({ ...style, layers: [] }, 1).layers.map((layer) => layer.id)).toEqual(['traffic']);
});
