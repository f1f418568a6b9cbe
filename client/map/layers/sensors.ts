import type { Layer } from '@deck.gl/core';
import { TextLayer } from '@deck.gl/layers';
import type { Drawing, SensorMark } from '../snapshot.ts';
import { COLOURS, type Rgba } from './colour.ts';

/** Sensors: a chip with the value and its unit; the abnormal one is bright. */
export function sensorLayers(sensors: readonly SensorMark[], { glyphPx, isPickable }: Drawing): Layer[] {
  const colour = (sensor: SensorMark): Rgba => (sensor.isAbnormal ? COLOURS.p2 : COLOURS.second);
  if (sensors.length === 0) return [];
  return [
    new TextLayer<SensorMark>({
      id: 'sensors',
      data: sensors,
      getPosition: (sensor) => sensor.position,
      getText: (sensor) => sensor.label,
      getSize: glyphPx * 0.62,
      sizeUnits: 'pixels',
      getColor: colour,
      background: true,
      getBackgroundColor: COLOURS.field,
      getBorderColor: colour,
      getBorderWidth: Math.max(1, glyphPx * 0.05),
      backgroundPadding: [glyphPx * 0.25, glyphPx * 0.08],
      fontFamily: '"Noto Sans"',
      fontWeight: 600,
      characterSet: 'auto',
      fontSettings: { fontSize: 64 },
      pickable: isPickable,
    }),
  ];
}
