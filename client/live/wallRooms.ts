import type { ScheduledWall } from '#contract/wall.ts';
import type { FrameLoop } from '../ui/frameLoop.ts';
import { WallView } from './views.svelte.ts';
import type { Wire } from './wire.ts';

/** The walls this page follows, each joined once, as one of its outputs or as a watcher. */
export interface WallRooms {
  view(wall: string, output?: string): WallView;
  take(change: ScheduledWall): void;
  /** Joins them all again: the connection is new. */
  onUp(): void;
  close(): void;
}

export function createWallRooms(wire: Wire, loop: FrameLoop, serverNow: () => number): WallRooms {
  const rooms = new Map<string, { view: WallView; output: string | undefined }>();

  const join = async (wall: string) => {
    const known = rooms.get(wall);
    if (!known) return;
    const answer = await wire.send('wall.join', { wall, ...(known.output ? { output: known.output } : {}) });
    if (answer.ok) known.view.take(answer.value);
    else known.view.fault = answer.fault;
  };

  return {
    view(wall, output) {
      const known = rooms.get(wall);
      if (known) return known.view;
      const view = new WallView(loop, serverNow);
      rooms.set(wall, { view, output });
      if (wire.isUp) void join(wall);
      return view;
    },
    take: (change) => rooms.get(change.wall)?.view.take(change),
    onUp() {
      for (const wall of rooms.keys()) void join(wall);
    },
    close() {
      for (const { view } of rooms.values()) view.close();
    },
  };
}
