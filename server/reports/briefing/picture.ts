import type { Tile, WallProfile, WallState } from '#contract/wall.ts';
import { toWorldPx } from '../../../geo/mercator.ts';
import type { RowsOf, TileRow } from './board.ts';
import { isOpen } from './figures.ts';
import { tileRows } from './tileRows.ts';

/** Share of a wall's height that a line of text takes in its picture. */
const LINE_SHARE = 1 / 27;
/** Of the widest font a reader may have. */
const LETTER_SHARE = 0.54;
/** A heading over plain text. */
const HERO = 2;
const LEVELS = ['#8b98a5', '#ff4d4f', '#ff9f1c', '#ffd84d', '#4cc9f0'];

type Outline = readonly (readonly (readonly [number, number])[])[];
type Body = { state?: string; level?: number | string; position?: [number, number] | null };

/** What a picture is drawn from. */
export interface PictureOf extends RowsOf {
  profile: WallProfile;
  state: WallState;
  outline: Outline;
  fontFamily: string;
  /** What a tile without a title of its own is called. */
  widgetName(widget: string): string;
  /** Said in a tile that listed nothing, or that shows what the log does not keep. */
  nothing: string;
  notKept: string;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);

/** A wall at a moment as SVG: its tiles in their places, with what they listed. Drawn from the state alone, so the same moment gives the same bytes. */
export function drawPicture({ profile, state, outline, fontFamily, widgetName, nothing, notKept, ...known }: PictureOf): string {
  const line = Math.round(profile.height * LINE_SHARE);
  const { entries, language } = known;

  const text = (x: number, y: number, words: string, room: number, more = '', size = 1): string => {
    const most = Math.max(1, Math.floor(room / (line * size * LETTER_SHARE)));
    const shown = words.length > most ? `${words.slice(0, most - 1)}…` : words;
    return `<text x="${x}" y="${y}" font-family="${fontFamily}" font-size="${line * size}" fill="#e6eaee" ${more}>${escaped(shown)}</text>`;
  };
  const rows = ({ rect }: Tile, words: readonly TileRow[]): string =>
    words
      .slice(0, Math.max(0, Math.floor((rect.height - line * 2.2) / (line * 1.45))))
      .map((row, index) => {
        const y = rect.y + line * 2.6 + index * line * 1.45;
        return `<rect x="${rect.x + line * 0.6}" y="${y - line * 0.75}" width="${line * 0.6}" height="${line * 0.8}" fill="${LEVELS[row.level] ?? LEVELS[0]}"/>${text(rect.x + line * 1.6, y, row.text, rect.width - line * 2.2)}`;
      })
      .join('');
  const map = ({ id, rect }: Tile): string => {
    const { center, zoom } = state.camera.to;
    const [cx, cy] = toWorldPx(center, zoom);
    const place = (position: readonly [number, number]): [number, number] => {
      const [x, y] = toWorldPx([position[0], position[1]], zoom);
      return [Math.round(rect.x + rect.width / 2 + x - cx), Math.round(rect.y + rect.height / 2 + y - cy)];
    };
    const isNear = ([x, y]: [number, number]) => x > rect.x - rect.width && x < rect.x + 2 * rect.width && y > rect.y - rect.height && y < rect.y + 2 * rect.height;
    const lines = outline.map((border) => border.map(place)).filter((border) => border.some(isNear));
    const alerts = entries.filter(({ topic }) => topic === 'alert').map(({ body }) => body as Body).filter(isOpen);
    const dots = alerts.flatMap(({ position, level }) => (position ? [{ at: place(position), level: Number(level) }] : [])).filter(({ at: [x, y] }) => x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height);
    const clip = `clip-${state.rev}-${escaped(id)}`;
    return `<clipPath id="${clip}"><rect x="${rect.x}" y="${rect.y}" width="${rect.width}" height="${rect.height}"/></clipPath><g clip-path="url(#${clip})">${lines.map((border) => `<polyline points="${border.map((point) => point.join(',')).join(' ')}" fill="none" stroke="#4a5561" stroke-width="${Math.max(1, Math.round(line / 12))}"/>`).join('')}${dots.map(({ at: [x, y], level }) => `<circle cx="${x}" cy="${y}" r="${Math.round(line * 0.45)}" fill="${LEVELS[level] ?? LEVELS[0]}" stroke="#14181c" stroke-width="2"/>`).join('')}</g>`;
  };
  /** Words of a text tile, broken where its width ends; smaller where its height would cut them. */
  const paragraph = ({ rect }: Tile, words: readonly TileRow[], asked: number): string => {
    const laid = [1, 0.85, 0.7].map((share) => {
      const size = asked * share;
      const most = Math.max(1, Math.floor((rect.width - line * 1.2) / (line * size * LETTER_SHARE)));
      const broken = words.flatMap((row) =>
        row.text.split(' ').reduce<string[]>((written, word) => {
          const last = written.at(-1);
          return last !== undefined && last.length + word.length < most ? [...written.slice(0, -1), `${last} ${word}`] : [...written, word];
        }, []),
      );
      const height = line * size * 1.45;
      return { size, height, broken, room: Math.max(1, Math.floor((rect.height - line * 1.8) / height)) };
    });
    const { size, height, broken, room } = laid.find((one) => one.broken.length <= one.room) ?? laid.at(-1)!;
    return broken
      .slice(0, room)
      .map((row, index) => text(rect.x + line * 0.6, Math.round(rect.y + line * 1.6 + height * (index + 0.8)), index === room - 1 && broken.length > room ? `${row} …` : row, rect.width - line, '', size))
      .join('');
  };
  const listed = (tile: Tile): string => {
    if (tile.widget === 'map') return map(tile);
    const words = tileRows(tile, known);
    if (!words || words.length === 0) return text(tile.rect.x + line * 0.6, tile.rect.y + line * 2.6, words ? nothing : notKept, tile.rect.width - line, 'fill-opacity="0.7"', 0.8);
    return tile.widget === 'text' ? paragraph(tile, words, tile.settings?.['size'] === 'hero' ? HERO : 1) : rows(tile, words);
  };
  const tiles = state.tiles.map((tile) => {
    const { rect, title, widget } = tile;
    const frame = `<rect x="${rect.x}" y="${rect.y}" width="${rect.width}" height="${rect.height}" fill="${widget === 'map' ? '#141a20' : '#1b2026'}" stroke="#37414b" stroke-width="3"/>`;
    return `${frame}${listed(tile)}${text(rect.x + line * 0.6, rect.y + line * 1.3, title?.[language] ?? widgetName(widget), rect.width - line, 'font-weight="bold"')}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${profile.width} ${profile.height}"><rect width="${profile.width}" height="${profile.height}" fill="#000000"/>${state.blank ? '' : tiles.join('')}</svg>`;
}
