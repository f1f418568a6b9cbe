import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import { clusterOf, type Cluster } from '../cluster.ts';
import type { Drawing, FeedbackMark } from '../snapshot.ts';
import { COLOURS, faded, type Rgba } from './colour.ts';

/** Field reports: one round mark per group with its count; a bright rim where something in it is overdue. */
export function feedbackLayers(feedback: readonly FeedbackMark[], { zoom, glyphPx, isPickable }: Drawing): Layer[] {
  const groups = clusterOf(feedback, zoom, Math.max(48, glyphPx * 3.2));
  const radius = (group: Cluster<FeedbackMark>): number => (group.items.length === 1 ? glyphPx * 0.34 : glyphPx * (0.62 + 0.16 * Math.log10(group.items.length)));
  const late = (group: Cluster<FeedbackMark>): number => group.items.filter((item) => item.isOverdue).length;
  const rim = (group: Cluster<FeedbackMark>): Rgba => (late(group) === 0 ? COLOURS.normal : faded(COLOURS.p2, 140 + Math.round((115 * late(group)) / group.items.length)));
  const named = groups.filter((group) => group.items.length > 1);
  return [
    new ScatterplotLayer<Cluster<FeedbackMark>>({
      id: 'feedback',
      data: groups,
      getPosition: (group) => group.position,
      getRadius: radius,
      radiusUnits: 'pixels',
      getFillColor: (group) => (group.items.length === 1 ? COLOURS.second : COLOURS.field),
      getLineColor: rim,
      getLineWidth: (group) => glyphPx * (late(group) > 0 ? 0.1 : 0.06),
      lineWidthUnits: 'pixels',
      stroked: true,
      pickable: isPickable,
      updateTriggers: { getRadius: glyphPx, getLineWidth: glyphPx },
    }),
    ...(named.length === 0 ? [] : [new TextLayer<Cluster<FeedbackMark>>({
      id: 'feedback-counts',
      data: named,
      getPosition: (group) => group.position,
      getText: (group) => String(group.items.length),
      getSize: glyphPx * 0.72,
      sizeUnits: 'pixels',
      getColor: COLOURS.text,
      fontFamily: '"Noto Sans"',
      fontWeight: 600,
      characterSet: '0123456789',
      fontSettings: { fontSize: 64 },
    })]),
  ];
}
