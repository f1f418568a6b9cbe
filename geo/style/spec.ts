/** A value that the map client computes per feature or per zoom. Shape: a style expression. */
export type Expression = [operator: string, ...operands: unknown[]];

/** One layer of a style, as far as this folder needs to know it. */
export interface StyleLayer {
  id: string;
  type: 'background' | 'fill' | 'line' | 'symbol';
  source?: string;
  'source-layer'?: string;
  minzoom?: number;
  maxzoom?: number;
  filter?: Expression;
  layout?: Record<string, unknown>;
  paint?: Record<string, unknown>;
}

/** A whole style. Shape: MapLibre style specification 8; the map floor passes it on as its own type. */
export interface MapStyle {
  version: 8;
  name: string;
  'font-faces': Record<string, { url: string; 'unicode-range': string[] }[]>;
  sources: Record<string, { type: 'vector'; tiles: string[]; minzoom: number; maxzoom: number; attribution: string }>;
  layers: StyleLayer[];
}
