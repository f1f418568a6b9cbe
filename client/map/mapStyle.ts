import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import { trafficLayer } from './layers/traffic.ts';

const scaledNumber = (value: unknown, by: number): unknown => {
  if (typeof value === 'number') return value * by;
  if (!Array.isArray(value)) return value;
  const [operator, ...rest] = value as [string, ...unknown[]];
  if (operator === 'interpolate') return [operator, rest[0], rest[1], ...rest.slice(2).map((part, i) => (i % 2 === 1 ? scaledNumber(part, by) : part))];
  if (operator === 'step') return [operator, rest[0], ...rest.slice(1).map((part, i) => (i % 2 === 0 ? scaledNumber(part, by) : part))];
  return ['*', by, value];
};

/** Letters and lines for a reader further away: sizes grow, the rest of the style stays. */
export function scaleStyle(style: StyleSpecification, by: number): StyleSpecification {
  const lines = Math.max(1, Math.sqrt(by));
  const layers = style.layers.map((layer): LayerSpecification => {
    if (layer.type === 'symbol') {
      const layout = { ...layer.layout, 'text-size': scaledNumber(layer.layout?.['text-size'] ?? 16, by), ...(layer.layout?.['symbol-spacing'] ? { 'symbol-spacing': scaledNumber(layer.layout['symbol-spacing'], by) } : {}) };
      return { ...layer, layout, paint: { ...layer.paint, 'text-halo-width': 1.4 * lines } } as LayerSpecification;
    }
    if (layer.type === 'line' && layer.paint?.['line-width'] !== undefined) return { ...layer, paint: { ...layer.paint, 'line-width': scaledNumber(layer.paint['line-width'], lines) } } as LayerSpecification;
    return layer;
  });
  return { ...style, layers };
}

/** The style with the streets' speeds drawn above the streets and below every name. */
export function withTraffic(style: StyleSpecification, by: number): StyleSpecification {
  const firstName = style.layers.findIndex((layer) => layer.type === 'symbol');
  const at = firstName < 0 ? style.layers.length : firstName;
  return { ...style, layers: [...style.layers.slice(0, at), trafficLayer(Math.max(1, Math.sqrt(by))), ...style.layers.slice(at)] };
}
