/** How a tile gets its picture: decoded video, stills in turn, or nothing while it is out of sight. */
export type PictureRole = 'video' | 'still' | 'none';

export interface Sharer {
  id: number;
  isFocus: boolean;
  isVisible: boolean;
}

/**
 * Shares `maxVideos` decoders among tiles. Focus always gets video; what remains goes round the visible tiles, each turn handing video
 * to the tiles that had stills.
 * Shape: tiles in the order they joined; `turn` counts up.
 */
export function shareDecoders(tiles: readonly Sharer[], maxVideos: number, turn: number): Map<number, PictureRole> {
  const roles = new Map<number, PictureRole>(tiles.map(({ id }) => [id, 'none']));
  for (const { id, isFocus } of tiles) if (isFocus) roles.set(id, 'video');
  const others = tiles.filter((tile) => tile.isVisible && !tile.isFocus);
  const free = Math.max(0, maxVideos - (tiles.length - tiles.filter((tile) => !tile.isFocus).length));
  const stills = others.length - free;
  for (const { id } of others) roles.set(id, stills <= 0 ? 'video' : 'still');
  if (stills <= 0 || free === 0) return roles;
  for (let seat = 0; seat < free; seat += 1) roles.set(others[(turn * Math.min(stills, free) + seat) % others.length]!.id, 'video');
  return roles;
}
