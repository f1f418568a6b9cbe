import type { Rect, Tile } from '#contract/wall.ts';
import type { AlertFacts, ComposedPart, Composition, WallRule } from '#contract/wallRule.ts';
import { intersect, scaleRect } from '../../../layouts/rects.ts';
import words from './why.json' with { type: 'json' };

/** How far around the place citizens' reports count as nearby. Units: metres. */
const NEARBY_M = 1000;
const CAMERAS_MOST = 4;
const AT_CORNER = { x: 0, y: 0 };

type Recipe = Omit<Tile, 'id' | 'rect'>;
type Compose = NonNullable<WallRule['compose']>;

const fill = (text: string, blanks: Record<string, string | number>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''));

/** The rectangle around two others. */
function around(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

/** The zone grown until it cuts no tile in two. */
export function growZone(zone: Rect, tiles: readonly Tile[]): Rect {
  const grown = tiles.reduce((whole, { rect }) => (intersect(whole, rect) ? around(whole, rect) : whole), zone);
  return grown.width === zone.width && grown.height === zone.height ? grown : growZone(grown, tiles);
}

/** A rectangle cut into `count` parts of nearly one shape, row by row; a last row with fewer parts has wider ones. */
export function cutRect(rect: Rect, count: number): Rect[] {
  const rows = Math.max(1, Math.round(Math.sqrt((count * rect.height * 16) / (rect.width * 9))));
  const columns = Math.ceil(count / Math.min(rows, count));
  const used = Math.ceil(count / columns);
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === used - 1 ? count - columns * row : columns;
    const column = index - columns * row;
    const cut = scaleRect({ x: column, y: row, width: 1, height: 1 }, [inRow, used], [rect.width, rect.height]);
    return { ...cut, x: rect.x + cut.x, y: rect.y + cut.y };
  });
}

function cameraRecipes({ seeing, near }: AlertFacts, most: number): Recipe[] {
  const seen = new Set(seeing.map(({ id }) => id));
  const found = [...seeing.map((camera) => ({ ...camera, how: words.vi.seeing })), ...near.filter(({ id }) => !seen.has(id)).map((camera) => ({ ...camera, how: words.vi.near }))];
  if (found.length === 0) return [{ widget: 'text', settings: { ...words.noCamera, size: 'body' }, title: words.titles.noCamera, why: words.vi.noCamera }];
  return found.slice(0, most).map(({ id, distanceM, how }) => ({ widget: 'camera', settings: { camera: id }, why: fill(how, { distance: Math.round(distanceM) }) }));
}

const RECIPES: { [P in ComposedPart]: (facts: AlertFacts, compose: Compose, most: number) => Recipe[] } = {
  map: ({ id, position }) => [
    {
      widget: 'map',
      settings: position ? { highlight: position, inset: false } : {},
      title: words.titles.map,
      why: fill(position ? words.vi.map : words.vi.noPlace, { alert: id }),
    },
  ],
  alert: ({ id, level }) => [{ widget: 'alert-focus', settings: { alert: id }, why: fill(words.vi.alert, { alert: id, level }) }],
  cameras: (facts, _compose, most) => cameraRecipes(facts, most),
  procedure: ({ kind }, { procedures }) => [
    { widget: 'text', settings: { ...(procedures[kind] ?? procedures['any'] ?? words.noProcedure), size: 'body' }, title: words.titles.procedure, why: words.vi.procedure },
  ],
  feedback: ({ position }) => [
    { widget: 'feedback-list', settings: position ? { near: position, withinM: NEARBY_M } : {}, title: words.titles.feedback, why: words.vi.feedback },
  ],
  response: ({ id }) => [{ widget: 'response', settings: { alert: id }, why: fill(words.vi.response, { alert: id }) }],
};

/**
 * The tiles of a wall once an alert has its zone: what stands outside stays as it is, the zone shows the alert.
 * The same facts and tiles always give the same layout. Units: wall pixels.
 */
export function composeTiles(tiles: readonly Tile[], composition: Composition, compose: Compose, facts: AlertFacts): Tile[] {
  const zone = growZone(composition.zone, tiles);
  const kept = tiles.filter(({ rect }) => !intersect(rect, zone));
  const composed = composition.tiles.flatMap(({ part, rect, most = CAMERAS_MOST }) => {
    const recipes = RECIPES[part](facts, compose, most);
    const inZone = scaleRect(rect, [composition.zone.width, composition.zone.height], [zone.width, zone.height]);
    const places = cutRect({ ...inZone, x: zone.x + inZone.x, y: zone.y + inZone.y }, recipes.length);
    return recipes.map((recipe, index): Tile => ({ id: recipes.length > 1 ? `composed-${part}-${index + 1}` : `composed-${part}`, rect: places[index] ?? { ...rect, ...AT_CORNER }, ...recipe }));
  });
  return [...kept, ...composed];
}

/** The first rule that lets this alert through on this wall, by the order of their names. */
export function ruleFor(rules: Iterable<WallRule>, wall: string, { level, kind, isOpen }: Pick<AlertFacts, 'level' | 'kind' | 'isOpen'>): WallRule | undefined {
  return [...rules]
    .filter(({ isOn, when, compose }) => isOn && isOpen && when.event === 'alert' && compose !== undefined && Object.hasOwn(compose.walls, wall) && when.levels.includes(level) && (when.kinds?.includes(kind) ?? true))
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0];
}
