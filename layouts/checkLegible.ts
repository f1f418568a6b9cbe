import type { Scene, Tile, WallProfile } from '#contract/wall.ts';
import { fontPx, TEXT_ARC_MINUTES, type Viewing } from './arcMinutes.ts';
import type { Path, Say } from './check.ts';

const LINE_HEIGHT = 1.4;
/** Mean width of a letter of Noto Sans, on the narrow side: only what can surely not be read is refused. Units: font size. */
const LETTER_EM = 0.48;
const LEAST_LETTERS = 6;
/** Padding of a tile above and below, and beside. Units: body text. */
const PADDING_EM = { height: 0.9, width: 1.2 };
type TextSize = 'body' | 'label' | 'value' | 'hero';

const linesOf = (words: string, letters: number): number => words.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / Math.max(1, letters))), 0);

/** Whether all words of a text tile can stand in it at their size. */
function holdsWords({ rect, settings = {} }: Tile, viewing: Viewing): boolean {
  const body = fontPx(TEXT_ARC_MINUTES.body, viewing);
  const font = fontPx(TEXT_ARC_MINUTES[(settings['size'] as TextSize | undefined) ?? 'label'], viewing);
  const letters = Math.floor((rect.width - PADDING_EM.width * body) / (font * LETTER_EM));
  const room = rect.height - (LINE_HEIGHT + PADDING_EM.height) * body;
  return ['vi', 'en'].every((language) => linesOf(String(settings[language] ?? ''), letters) * font * LINE_HEIGHT <= Math.max(room, font * LINE_HEIGHT));
}

function checkTiles(tiles: readonly Tile[], wall: WallProfile, at: Path, say: Say): void {
  const least = fontPx(TEXT_ARC_MINUTES.floor, wall);
  tiles.forEach((tile, index) => {
    const { rect } = tile;
    if (rect.height < least * LINE_HEIGHT || rect.width < least * LETTER_EM * LEAST_LETTERS) say([...at, index, 'rect'], 'illegible', `${tile.id}, ${wall.id}`);
    else if (tile.widget === 'text' && !holdsWords(tile, wall)) say([...at, index, 'settings'], 'illegible', `${tile.id}, ${wall.id}`);
  });
}

/** Refuses tiles that can not hold one line the farthest viewer reads, and texts with more lines than their tile; on each wall a drawing is made for. */
export function checkLegible({ size, tiles, variants = {} }: Scene, walls: Iterable<WallProfile>, say: Say): void {
  for (const wall of walls) {
    const variant = Object.hasOwn(variants, wall.id) ? variants[wall.id] : undefined;
    if (variant) checkTiles(variant.tiles, wall, ['variants', wall.id, 'tiles'], say);
    else if (size[0] === wall.width && size[1] === wall.height) checkTiles(tiles, wall, ['tiles'], say);
  }
}
