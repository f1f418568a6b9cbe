import type { Presence } from '#contract/alertBook.ts';
import { okay } from '#contract/faults.ts';
import { passes } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LiveHandlers } from './gateway.ts';
import { rooms, type LiveServer, type LiveSocket } from './wire.ts';

/** Who has what open: known while their socket lives, told to the others at once, kept nowhere. */
export interface PresenceBook {
  handlers: LiveHandlers;
  /** Tells an operator who just came what is open. */
  greet(socket: LiveSocket): void;
  /** Everything a socket had open is closed. */
  forget(socket: LiveSocket): void;
}

const MOST_OPEN = 20;

export function createPresence({ io, clock, isSoundPush }: { io: LiveServer; clock: Clock; isSoundPush(name: 'presence.changed', body: unknown): boolean }): PresenceBook {
  const open = new Map<string, Map<string, { id: string; name: string; at: number }>>();
  const thingsOf = (socket: string) => [...open].filter(([, sockets]) => sockets.has(socket)).map(([thing]) => thing);
  const stateOf = (thing: string): Presence => {
    const people = new Map([...(open.get(thing)?.values() ?? [])].map((person) => [person.id, person]));
    return { thing, people: [...people.values()].sort((a, b) => a.at - b.at) };
  };
  const tell = (thing: string) => {
    const body = stateOf(thing);
    if (isSoundPush('presence.changed', body)) io.to(rooms.operators).emit('presence.changed', body);
  };
  const leave = (socket: string, thing: string) => {
    const sockets = open.get(thing);
    if (!sockets?.delete(socket)) return;
    if (sockets.size === 0) open.delete(thing);
    tell(thing);
  };

  return {
    handlers: {
      'presence.open'({ socket, principal }, { thing }) {
        const oldest = thingsOf(socket.id);
        if (oldest.length >= MOST_OPEN && oldest[0] !== undefined) leave(socket.id, oldest[0]);
        const sockets = open.get(thing) ?? new Map();
        open.set(thing, sockets);
        if (!sockets.has(socket.id)) {
          sockets.set(socket.id, { id: principal.id, name: principal.name, at: clock.realNow() });
          tell(thing);
        }
        return okay(stateOf(thing));
      },
      'presence.close'({ socket }, { thing }) {
        leave(socket.id, thing);
        return okay({});
      },
    },
    greet(socket) {
      if (!passes('operate', socket.data.party.principal)) return;
      void socket.join(rooms.operators);
      for (const thing of open.keys()) socket.emit('presence.changed', stateOf(thing));
    },
    forget(socket) {
      for (const thing of thingsOf(socket.id)) leave(socket.id, thing);
    },
  };
}
