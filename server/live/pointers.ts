import { okay, refused } from '#contract/faults.ts';
import type { WallPointer } from '#contract/wall.ts';
import type { WallsPort } from '../domain/ports/walls.ts';
import { mayPoint, mayTake } from '../domain/wall/zoneRights.ts';
import type { LiveHandlers } from './gateway.ts';
import type { NodeLine } from './nodes/line.ts';
import { createShared } from './nodes/shared.ts';
import { rooms, type LiveServer, type LiveSocket } from './wire.ts';

/** Where people point on walls: told at once to every window of the wall, kept nowhere. */
export interface Pointers {
  handlers: LiveHandlers;
  /** Takes away what a socket that went pointed at. */
  forget(socket: LiveSocket): void;
  close(): void;
}

export function createPointers({ io, line, walls, isSoundPush }: { io: LiveServer; line: NodeLine; walls: Pick<WallsPort, 'profiles'>; isSoundPush(name: 'wall.pointed', body: unknown): boolean }): Pointers {
  const pointing = new Map<string, WallPointer>();
  const tellHere = (pointer: WallPointer) => {
    if (isSoundPush('wall.pointed', pointer)) for (const isWhole of [true, false]) io.to(rooms.wall(pointer.wall, isWhole)).volatile.emit('wall.pointed', pointer);
  };
  const elsewhere = createShared<WallPointer[]>({
    line,
    signal: 'pointers',
    own: () => [...pointing.values()],
    onChange(now = [], before = []) {
      const still = new Set(now.map(({ by }) => by));
      for (const pointer of before) if (!still.has(pointer.by)) tellHere({ ...pointer, place: null });
      now.forEach(tellHere);
    },
  });
  const tell = (pointer: WallPointer) => {
    tellHere(pointer);
    elsewhere.tell();
  };
  return {
    handlers: {
      'wall.point'({ socket, principal }, { wall, place }) {
        const profile = walls.profiles().find(({ id }) => id === wall);
        if (!profile) return refused('WALL_UNKNOWN');
        if (!mayTake(profile, principal).ok || (place && !mayPoint(profile, principal, place))) return refused('WALL_RIGHTS');
        const pointer: WallPointer = { wall, by: socket.id, name: principal.name, place };
        if (place) pointing.set(socket.id, pointer);
        else pointing.delete(socket.id);
        tell(pointer);
        return okay({});
      },
    },
    forget(socket) {
      const pointer = pointing.get(socket.id);
      if (pointing.delete(socket.id) && pointer) tell({ ...pointer, place: null });
    },
    close: elsewhere.close,
  };
}
