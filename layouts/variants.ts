import { isMap, isNode, isSeq, type Document, type YAMLMap } from 'yaml';
import type { Scene, SceneFile, Tile, VariantTile } from '#contract/wall.ts';
import type { Path, Say } from './check.ts';
import type { LayoutKind } from './schema.ts';

/** What a tile of a variant takes from the first drawing unless it says its own. */
const INHERITED = ['title', 'settings', 'why'];

const tilesOf = (drawing: unknown): YAMLMap[] => {
  const tiles = isMap(drawing) ? drawing.get('tiles') : undefined;
  return isSeq(tiles) ? tiles.items.filter((tile) => isMap(tile)) : [];
};

function fold(tile: YAMLMap, drawn: YAMLMap, document: Document): void {
  const said = (one: YAMLMap, key: string): string => {
    const node = one.get(key, true);
    return JSON.stringify(isNode(node) ? node.toJS(document) : node) ?? '';
  };
  const hasAll = INHERITED.every((key) => tile.has(key) || !drawn.has(key));
  if (!hasAll || !tile.has('widget') || said(tile, 'widget') !== said(drawn, 'widget')) return;
  for (const key of ['widget', ...INHERITED]) if (said(tile, key) === said(drawn, key)) tile.delete(key);
  tile.flow = true;
}

/** Leaves out of the variants of a scene what they only repeat of the first drawing. A tile that lacks something the first has stays whole. */
export function foldVariants(document: Document): void {
  const first = tilesOf(document.contents);
  const variants = isMap(document.contents) ? document.contents.get('variants') : undefined;
  if (!isMap(variants)) return;
  for (const tile of variants.items.flatMap(({ value }) => tilesOf(value))) {
    const drawn = first.find((one) => one.get('id') === tile.get('id'));
    if (drawn) fold(tile, drawn, document);
  }
}

function unfoldVariants({ variants, ...scene }: SceneFile, say: Say): Scene {
  if (!variants) return scene;
  const first = new Map(scene.tiles.map((tile) => [tile.id, tile]));
  const whole = (tile: VariantTile, path: Path): Tile[] => {
    if (tile.widget !== undefined) return [{ ...tile, widget: tile.widget }];
    const drawn = first.get(tile.id);
    if (!drawn) say([...path, 'id'], 'tile', tile.id);
    return drawn ? [{ ...drawn, ...tile, widget: drawn.widget }] : [];
  };
  const drawings = Object.entries(variants).map(([name, { size, tiles }]) => [name, { size, tiles: tiles.flatMap((tile, index) => whole(tile, ['variants', name, 'tiles', index])) }] as const);
  return { ...scene, variants: Object.fromEntries(drawings) };
}

/** What a document of today's form says, every drawing of a scene whole. Fails: tells a tile that stands for one the first drawing does not have. */
export const wholeLayout = (kind: LayoutKind, written: unknown, say: Say): unknown => (kind === 'scene' || kind === 'stage' ? unfoldVariants(written as SceneFile, say) : written);
