import type { Layer } from '@deck.gl/core';
import { IconLayer, PolygonLayer } from '@deck.gl/layers';
import type { Position } from '#contract/base.ts';
import type { IconAtlas } from '../iconAtlas.ts';
import type { AlertMark, Drawing } from '../snapshot.ts';
import { faded, LEVEL_COLOURS } from './colour.ts';

interface AreaPart {
  level: AlertMark['level'];
  rings: Position[][];
}

const partsOf = ({ level, area }: AlertMark): AreaPart[] => {
  if (!area) return [];
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  return polygons.map((rings) => ({ level, rings: rings as Position[][] }));
};

/** Alerts above everything: area, then the glyph of the level; only a P1 nobody took flashes. */
export function alertLayers(alerts: readonly AlertMark[], atlas: IconAtlas, { glyphPx, isFlashOn, isPickable }: Drawing): Layer[] {
  const byUrgency = [...alerts].sort((a, b) => b.level - a.level || a.id.localeCompare(b.id));
  return [
    new PolygonLayer<AreaPart>({
      id: 'alert-areas',
      data: byUrgency.flatMap(partsOf),
      getPolygon: (part) => part.rings,
      getFillColor: (part) => faded(LEVEL_COLOURS[part.level], 34),
      getLineColor: (part) => faded(LEVEL_COLOURS[part.level], 220),
      getLineWidth: Math.max(1.5, glyphPx / 14),
      lineWidthUnits: 'pixels',
      lineJointRounded: true,
    }),
    new IconLayer<AlertMark>({
      id: 'alerts',
      data: byUrgency,
      iconAtlas: atlas.image as unknown as string,
      iconMapping: atlas.mapping,
      getIcon: (alert) => `${alert.isAcknowledged ? 'taken' : 'level'}${alert.level}`,
      getPosition: (alert) => alert.position,
      getSize: (alert) => glyphPx * (alert.level === 1 ? 1.9 : 1.5),
      getColor: (alert) => [255, 255, 255, alert.level === 1 && !alert.isAcknowledged && !isFlashOn ? 90 : 255],
      sizeUnits: 'pixels',
      alphaCutoff: 0,
      pickable: isPickable,
      updateTriggers: { getColor: isFlashOn, getSize: glyphPx },
    }),
  ];
}
