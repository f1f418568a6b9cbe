import type { Presence } from '#contract/alertBook.ts';
import { okay, refused } from '#contract/faults.ts';
import { passes } from '../domain/policy.ts';
import { sees } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LiveHandlers } from './gateway.ts';
import type { LiveSocket } from './wire.ts';

/** Who has what open: known while their socket lives, told at once to the others who may see the thing, kept nowhere. */
export interface PresenceBook {
  handlers: LiveHandlers;
  /** Tells an operator who just came what is open. */
  greet(socket: LiveSocket): void;
  /** Everything a socket had open is closed. */
  forget(socket: LiveSocket): void;
}

/** Where a thing belongs: undefined for one that is not known. */
export type PlaceOf = (thing: string) => Promise<{ unit: string | null; ward: string | null } | undefined>;

interface Opened {
  unit: string | null;
  ward: string | null;
  sockets: Map<string, { id: string; name: string; at: number }>;
}

const MOST_OPEN = 20;

export function createPresence({ clock, placeOf, isSoundPush }: { clock: Clock; placeOf: PlaceOf; isSoundPush(name: 'presence.changed', body: unknown): boolean }): PresenceBook {
  const open = new Map<string, Opened>();
  /** Things a socket asked for and whose place is still looked up: one closed meanwhile stays closed. */
  const opening = new Set<string>();
  const operators = new Set<LiveSocket>();
  const thingsOf = (socket: string) => [...open].filter(([, { sockets }]) => sockets.has(socket)).map(([thing]) => thing);
  const stateOf = (thing: string): Presence => {
    const people = new Map([...(open.get(thing)?.sockets.values() ?? [])].map((person) => [person.id, person]));
    return { thing, people: [...people.values()].sort((a, b) => a.at - b.at) };
  };
  const maySee = (socket: LiveSocket, { unit, ward }: Opened) => sees(socket.data.party.scope, unit, ward);
  const tell = (thing: string, opened: Opened) => {
    const body = stateOf(thing);
    if (!isSoundPush('presence.changed', body)) return;
    for (const socket of operators) if (maySee(socket, opened)) socket.emit('presence.changed', body);
  };
  const leave = (socket: string, thing: string) => {
    const opened = open.get(thing);
    if (!opened?.sockets.delete(socket)) return;
    if (opened.sockets.size === 0) open.delete(thing);
    tell(thing, opened);
  };

  return {
    handlers: {
      async 'presence.open'({ socket, principal }, { thing }) {
        const asked = `${socket.id} ${thing}`;
        opening.add(asked);
        const place = await placeOf(thing).catch((error: unknown) => {
          opening.delete(asked);
          throw error;
        });
        const isStillWanted = opening.delete(asked);
        if (!sees(socket.data.party.scope, place?.unit ?? null, place?.ward ?? null)) return refused('NOT_FOUND');
        const oldest = thingsOf(socket.id);
        if (oldest.length >= MOST_OPEN && oldest[0] !== undefined) leave(socket.id, oldest[0]);
        const opened = open.get(thing) ?? { unit: place?.unit ?? null, ward: place?.ward ?? null, sockets: new Map() };
        if (socket.connected && isStillWanted && !opened.sockets.has(socket.id)) {
          open.set(thing, opened);
          opened.sockets.set(socket.id, { id: principal.id, name: principal.name, at: clock.realNow() });
          tell(thing, opened);
        }
        return okay(stateOf(thing));
      },
      'presence.close'({ socket }, { thing }) {
        opening.delete(`${socket.id} ${thing}`);
        leave(socket.id, thing);
        return okay({});
      },
    },
    greet(socket) {
      if (!passes('operate', socket.data.party.principal)) return;
      operators.add(socket);
      for (const [thing, opened] of open) if (maySee(socket, opened)) socket.emit('presence.changed', stateOf(thing));
    },
    forget(socket) {
      operators.delete(socket);
      for (const thing of thingsOf(socket.id)) leave(socket.id, thing);
    },
  };
}
