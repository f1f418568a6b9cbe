import { MAP_FONTS } from './fonts.ts';
import { BASEMAP_SOURCE, zoomed } from './groundLayers.ts';
import type { MapColours } from './palette.ts';
import type { Expression, StyleLayer } from './spec.ts';

/** Language of labels. Islands and the sea keep their Vietnamese names in both. */
export type MapLanguage = 'vi' | 'en';

interface LabelRule {
  id: string;
  layer?: string;
  filter: Expression;
  size: Expression;
  color: string;
  minzoom?: number;
  maxzoom?: number;
  bold?: boolean;
  layout?: StyleLayer['layout'];
}

/** Names, from the least to the most important: what is drawn last keeps its place. */
export function labelLayers(colours: MapColours, lang: MapLanguage): StyleLayer[] {
  const named = (...classes: string[]): Expression => ['in', ['get', 'class'], ['literal', classes]];
  const always = { 'text-allow-overlap': true, 'text-ignore-placement': false } as const;
  const rules: LabelRule[] = [
    { id: 'label-poi', layer: 'poi', filter: ['==', ['get', 'rank'], 1], minzoom: 15, size: zoomed([15, 11], [18, 14]), color: colours.textQuiet, layout: { 'text-max-width': 9 } },
    { id: 'label-street', layer: 'road', filter: ['in', ['get', 'class'], ['literal', ['primary', 'secondary', 'tertiary', 'minor']]], minzoom: 13, size: zoomed([13, 10.5], [16, 13], [18, 16]), color: colours.textQuiet, layout: { 'symbol-placement': 'line', 'symbol-spacing': 420, 'text-max-angle': 30 } },
    { id: 'label-river', filter: named('river', 'bay', 'nature'), minzoom: 9, size: zoomed([9, 11], [14, 16]), color: colours.textSea, layout: { 'text-letter-spacing': 0.08 } },
    {
      id: 'label-ward',
      filter: named('ward', 'commune', 'specialZone'),
      minzoom: 9,
      size: zoomed([9, 10.5], [11, 12.5], [13, 16], [16, 21]),
      color: colours.textSoft,
      bold: true,
      layout: { 'text-max-width': 7, 'text-padding': 6, 'symbol-sort-key': ['case', ['==', ['get', 'class'], 'ward'], 0, ['-', 200, ['get', 'size']]] },
    },
    { id: 'label-neighbour', filter: named('neighbour'), minzoom: 4, maxzoom: 8, size: zoomed([4, 12], [7, 17]), color: colours.textQuiet, layout: { 'text-letter-spacing': 0.1 } },
    { id: 'label-province', filter: named('province'), minzoom: 5, maxzoom: 9.5, size: zoomed([5, 11], [9, 18]), color: colours.textSoft, layout: { 'text-padding': 4 } },
    { id: 'label-country', filter: named('country'), minzoom: 3, maxzoom: 6.5, size: zoomed([3, 13], [6, 22]), color: colours.text, bold: true, layout: { 'text-letter-spacing': 0.12 } },
    { id: 'label-gulf', filter: named('gulf'), minzoom: 5, maxzoom: 10, size: zoomed([5, 11], [9, 16]), color: colours.textSea, layout: { 'text-letter-spacing': 0.08 } },
    { id: 'label-sea', filter: named('sea'), minzoom: 3, size: zoomed([3, 13], [6, 24], [10, 34]), color: colours.textSea, bold: true, layout: { ...always, 'text-letter-spacing': 0.2 } },
    { id: 'label-islands', layer: 'islands', filter: ['has', 'group'], minzoom: 10, size: zoomed([10, 13], [14, 16]), color: colours.text, layout: { 'text-field': ['get', 'group'], 'text-max-width': 40, 'text-padding': 120 } },
    { id: 'label-archipelago', filter: named('archipelago'), minzoom: 3, size: zoomed([3, 11], [6, 15], [9, 18]), color: colours.text, bold: true, layout: { ...always, 'text-max-width': 40 } },
  ];
  return rules.map((rule) => toLayer(rule, colours, lang));
}

function toLayer({ id, layer = 'place', filter, size, color, minzoom = 3, maxzoom, bold, layout }: LabelRule, colours: MapColours, lang: MapLanguage): StyleLayer {
  return {
    id,
    type: 'symbol',
    source: BASEMAP_SOURCE,
    'source-layer': layer,
    filter,
    minzoom,
    ...(maxzoom ? { maxzoom } : {}),
    layout: {
      'text-field': lang === 'en' ? ['coalesce', ['get', 'nameEn'], ['get', 'name']] : ['get', 'name'],
      'text-font': [bold ? MAP_FONTS.bold : MAP_FONTS.regular],
      'text-size': size,
      'text-line-height': 1.4,
      ...layout,
    },
    paint: { 'text-color': color, 'text-halo-color': colours.halo, 'text-halo-width': 1.4 },
  };
}
