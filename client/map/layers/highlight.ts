import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { Position } from '#contract/base.ts';
import type { Drawing } from '../snapshot.ts';
import { COLOURS } from './colour.ts';

/** A ring around the place in question. */
export function highlightLayers(place: Position | null, { glyphPx }: Drawing): Layer[] {
  return [
    new ScatterplotLayer<Position>({
      id: 'highlight',
      data: place ? [place] : [],
      getPosition: (position) => position,
      getRadius: glyphPx * 1.5,
      radiusUnits: 'pixels',
      filled: false,
      stroked: true,
      getLineColor: COLOURS.text,
      getLineWidth: Math.max(2, glyphPx * 0.12),
      lineWidthUnits: 'pixels',
    }),
  ];
}
