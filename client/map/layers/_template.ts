import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import type { Position } from '#contract/base.ts';
import type { Drawing } from '../snapshot.ts';
import { COLOURS } from './colour.ts';

/** What one mark of the layer needs; `MapSnapshot` carries a list of them. */
export interface TemplateMark {
  id: string;
  position: Position;
}

/** Marks of one kind: a dot each, in the colour of figures of second rank. `createLayerSet` calls it when its list is a new one. */
export function templateLayers(marks: readonly TemplateMark[], { glyphPx, isPickable }: Drawing): Layer[] {
  if (marks.length === 0) return [];
  return [
    new ScatterplotLayer<TemplateMark>({
      id: '_template',
      data: marks,
      getPosition: (mark) => mark.position,
      getRadius: glyphPx * 0.4,
      radiusUnits: 'pixels',
      getFillColor: COLOURS.second,
      pickable: isPickable,
    }),
  ];
}
