import type { Layer } from '@deck.gl/core';
import { PathLayer, TextLayer } from '@deck.gl/layers';
import type { Drawing, StreetMark } from '../snapshot.ts';
import { COLOURS, faded, type Rgba } from './colour.ts';

const COLOUR: Readonly<Record<StreetMark['kind'], Rgba>> = { incident: COLOURS.p2, closure: COLOURS.p1, flooded: COLOURS.p4, planned: COLOURS.p3 };
const TO_COME_OPACITY = 140;
/** Of a glyph: the smallest that is read from the last row. */
const LABEL_SIZE = 0.9;

/** Events on the streets: the stretch itself, and a sign that says in words what it is, from afar in one word. */
export function streetLayers(streets: readonly StreetMark[], { glyphPx }: Pick<Drawing, 'glyphPx'>, isClose: boolean): Layer[] {
  if (streets.length === 0) return [];
  const colour = ({ kind, isNow }: StreetMark): Rgba => (isNow ? COLOUR[kind] : faded(COLOUR[kind], TO_COME_OPACITY));
  return [
    new PathLayer<StreetMark>({
      id: 'street-stretches',
      data: streets.filter(({ line }) => line !== null),
      getPath: ({ line }) => line as [number, number][],
      getColor: colour,
      getWidth: ({ isNow }) => glyphPx * (isNow ? 0.42 : 0.22),
      widthUnits: 'pixels',
      capRounded: true,
      jointRounded: true,
    }),
    new TextLayer<StreetMark>({
      id: 'street-signs',
      data: streets,
      getPosition: ({ position }) => position,
      getText: ({ label, word }) => (isClose ? label : word),
      getSize: glyphPx * LABEL_SIZE,
      sizeUnits: 'pixels',
      getColor: COLOURS.text,
      background: true,
      getBackgroundColor: COLOURS.field,
      getBorderColor: colour,
      getBorderWidth: Math.max(1.5, glyphPx * 0.1),
      backgroundPadding: [glyphPx * 0.3, glyphPx * 0.12],
      getPixelOffset: [0, -glyphPx],
      fontFamily: '"Noto Sans"',
      fontWeight: 600,
      characterSet: 'auto',
      fontSettings: { fontSize: 64 },
    }),
  ];
}
