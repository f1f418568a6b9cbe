import type { Layer } from '@deck.gl/core';
import { PolygonLayer, ScatterplotLayer } from '@deck.gl/layers';
import { conePolygon } from '../../../geo/viewCone.ts';
import type { CameraMark, Drawing } from '../snapshot.ts';
import { COLOURS, faded } from './colour.ts';

const CONES_FROM_ZOOM = 13.5;

/** Cameras: a dot, and what it can see once the map is close enough for that to mean something. */
export function cameraLayers(cameras: readonly CameraMark[], { zoom, glyphPx, isPickable }: Drawing): Layer[] {
  return [
    new PolygonLayer<CameraMark>({
      id: 'camera-cones',
      data: zoom >= CONES_FROM_ZOOM ? cameras : [],
      getPolygon: (camera) => conePolygon(camera, 16),
      getFillColor: faded(COLOURS.second, 28),
      getLineColor: faded(COLOURS.second, 90),
      getLineWidth: 1,
      lineWidthUnits: 'pixels',
    }),
    new ScatterplotLayer<CameraMark>({
      id: 'cameras',
      data: cameras,
      getPosition: (camera) => camera.position,
      getRadius: Math.max(3, glyphPx * 0.2),
      radiusUnits: 'pixels',
      getFillColor: COLOURS.field,
      getLineColor: COLOURS.text,
      getLineWidth: Math.max(1.5, glyphPx * 0.08),
      lineWidthUnits: 'pixels',
      stroked: true,
      pickable: isPickable,
    }),
  ];
}
