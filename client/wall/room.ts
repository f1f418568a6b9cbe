import type { Output, Rect, WallProfile } from '#contract/wall.ts';

/** The whole canvas of a wall. */
export const wallRect = ({ width, height }: Pick<WallProfile, 'width' | 'height'>): Rect => ({ x: 0, y: 0, width, height });

/** How large a wall is drawn so that all of it fits, and where its corner then is. */
export function fitWall(wall: { width: number; height: number }, page: { width: number; height: number }): { scale: number; left: number; top: number } {
  const scale = Math.min(page.width / wall.width, page.height / wall.height);
  return { scale, left: (page.width - wall.width * scale) / 2, top: (page.height - wall.height * scale) / 2 };
}

/** An output of a wall by its name. */
export const outputOf = (profile: WallProfile, id: string | undefined): Output | undefined => profile.outputs.find((output) => output.id === id);
