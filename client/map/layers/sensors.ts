import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { clearChips } from '../clearChips.ts';
import type { Drawing, SensorMark } from '../snapshot.ts';
import { COLOURS, type Rgba } from './colour.ts';

const LEVELS: Record<SensorMark['level'], Rgba> = { red: COLOURS.p1, amber: COLOURS.p2, normal: COLOURS.second };
const SIGNS: Record<SensorMark['level'], string> = { red: '▲ ', amber: '◆ ', normal: '' };

/** Sensors: a chip with the value and its unit; what is past its bounds is bright and says so by shape. Where chips would cover each other the graver stays. */
export function sensorLayers(sensors: readonly SensorMark[], { glyphPx, isPickable }: Drawing, zoom: number): Layer[] {
  const colour = (sensor: SensorMark): Rgba => LEVELS[sensor.level];
  if (sensors.length === 0) return [];
  const { chips, dots } = clearChips(sensors, zoom, glyphPx);
  return [
    new ScatterplotLayer<SensorMark>({
      id: 'sensor-dots',
      data: dots,
      getPosition: (sensor) => sensor.position,
      getRadius: glyphPx * 0.14,
      radiusUnits: 'pixels',
      getFillColor: colour,
      pickable: isPickable,
    }),
    new TextLayer<SensorMark>({
      id: 'sensors',
      data: chips,
      getPosition: (sensor) => sensor.position,
      getText: (sensor) => `${SIGNS[sensor.level]}${sensor.label}`,
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
