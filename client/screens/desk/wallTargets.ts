import type { Tile, WallState } from '#contract/wall.ts';
import type { Picked } from './desk.svelte.ts';

/** A widget with its settings, to be put on a tile. */
export interface Pushed {
  widget: string;
  settings: Record<string, unknown>;
}

/** How a thing of the desk looks on the wall; null for things that are only places. */
export function pushOf(picked: Pick<Picked, 'kind' | 'id'>): Pushed | null {
  if (picked.kind === 'camera') return { widget: 'camera', settings: { camera: picked.id } };
  return picked.kind === 'alert' ? { widget: 'alert-focus', settings: { alert: picked.id } } : null;
}

/** How a file of the wall stands in a tile; null for one that no widget shows. */
export function fileTile(name: string, page: number): Pushed | null {
  const src = `/files/${name}`;
  if (/\.pdf$/.test(name)) return { widget: 'pdf-page', settings: { src, page: Math.max(1, Math.floor(page) || 1) } };
  if (/\.(mp4|webm)$/.test(name)) return { widget: 'video-file', settings: { src } };
  return /\.(png|jpg|webp)$/.test(name) ? { widget: 'image', settings: { src } } : null;
}

const area = ({ rect }: Tile): number => rect.width * rect.height;
const KIN: Readonly<Record<string, readonly string[]>> = { camera: ['camera', 'camera-strip', 'camera-matrix'], 'alert-focus': ['alert-focus'] };

/** Where a push goes when no tile was chosen: a tile of its kind, else the largest one that is no map. */
export function targetFor(tiles: readonly Tile[], widget: string): Tile | undefined {
  const kin = KIN[widget]?.flatMap((name) => tiles.find((tile) => tile.widget === name) ?? [])[0];
  return kin ?? [...tiles].filter((tile) => tile.widget !== 'map').sort((a, b) => area(b) - area(a))[0] ?? tiles[0];
}

export interface Control {
  holder: string | null;
  isMine: boolean;
}

/** Who has the wall in hand at a moment; control that ran out is nobody's. */
export function controlOf(state: Pick<WallState, 'control'> | null, me: string | undefined, now: number): Control {
  const control = state?.control && state.control.until > now ? state.control : null;
  return { holder: control?.name ?? null, isMine: control !== null && control.id === me };
}
