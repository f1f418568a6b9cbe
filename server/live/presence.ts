import type { Presence } from '#contract/alertBook.ts';
import { okay, refused } from '#contract/faults.ts';
import { passes } from '../domain/policy.ts';
import { sees } from '../domain/scope.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LiveHandlers } from './gateway.ts';
import type { NodeLine } from './nodes/line.ts';
import { createShared } from './nodes/shared.ts';
import type { LiveSocket } from './wire.ts';

/** Who has what open: known while their socket lives, told at once to the others who may see the thing, kept nowhere. */
export interface PresenceBook {
  handlers: LiveHandlers;
  /** Tells an operator who just came what is open. */
  greet(socket: LiveSocket): void;
  /** Everything a socket had open is closed. */
  forget(socket: LiveSocket): void;
  close(): void;
}

/** Where a thing belongs: undefined for one that is not known. */
export type PlaceOf = (thing: string) => Promise<{ unit: string | null; ward: string | null } | undefined>;

/** A thing that people of another server have open. */
interface OpenedElsewhere extends Presence {
  unit: string | null;
  ward: string | null;
}

interface Opened {
  unit: string | null;
  ward: string | null;
  sockets: Map<string, { id: string; name: string; at: number }>;
}

const MOST_OPEN = 20;

export function createPresence({ line, clock, placeOf, isSoundPush }: { line: NodeLine; clock: Clock; placeOf: PlaceOf; isSoundPush(name: 'presence.changed', body: unknown): boolean }): PresenceBook {
  const open = new Map<string, Opened>();
  /** Things a socket asked for and whose place is still looked up: one closed meanwhile stays closed. */
  const opening = new Set<string>();
  const operators = new Set<LiveSocket>();
  const thingsOf = (socket: string) => [...open].filter(([, { sockets }]) => sockets.has(socket)).map(([thing]) => thing);
  const peopleHere = (thing: string) => [...(open.get(thing)?.sockets.values() ?? [])];
  const elsewhere = createShared<OpenedElsewhere[]>({
    line,
    signal: 'presence',
    own: () => [...open].map(([thing, { unit, ward }]) => ({ thing, unit, ward, people: peopleHere(thing) })),
    onChange(now = [], before = []) {
      for (const opened of new Map([...before, ...now].map((one) => [one.thing, one])).values()) tellHere(opened.thing, opened);
    },
  });
  const stateOf = (thing: string): Presence => {
    const others = elsewhere.others().flatMap((things) => things.filter((one) => one.thing === thing).flatMap(({ people }) => people));
    const people = new Map([...others, ...peopleHere(thing)].map((person) => [person.id, person]));
    return { thing, people: [...people.values()].sort((a, b) => a.at - b.at) };
  };
  const maySee = (socket: LiveSocket, { unit, ward }: Pick<Opened, 'unit' | 'ward'>) => sees(socket.data.party.scope, unit, ward);
  const tellHere = (thing: string, place: Pick<Opened, 'unit' | 'ward'>) => {
    const body = stateOf(thing);
    if (!isSoundPush('presence.changed', body)) return;
    for (const socket of operators) if (maySee(socket, place)) socket.emit('presence.changed', body);
  };
  const tell = (thing: string, opened: Opened) => {
    tellHere(thing, opened);
    elsewhere.tell();
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
      const places = new Map<string, Pick<Opened, 'unit' | 'ward'>>([...elsewhere.others().flatMap((things) => things.map((one) => [one.thing, one] as const)), ...open]);
      for (const [thing, place] of places) if (maySee(socket, place)) socket.emit('presence.changed', stateOf(thing));
    },
    forget(socket) {
      operators.delete(socket);
      for (const thing of thingsOf(socket.id)) leave(socket.id, thing);
    },
    close: elsewhere.close,
  };
}
