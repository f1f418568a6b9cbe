import { okay, refused } from '#contract/faults.ts';
import type { Share, ShareSignalled } from '#contract/share.ts';
import type { Principal } from '#contract/roles.ts';
import { passes } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LiveHandlers } from './gateway.ts';
import type { NodeLine } from './nodes/line.ts';
import { createShared } from './nodes/shared.ts';
import type { LiveServer, LiveSocket } from './wire.ts';

/** Shared pictures: who shares what, and the letters two browsers exchange before pictures flow between them. No picture passes here. */
export interface ShareDesk {
  handlers: LiveHandlers;
  greet(socket: LiveSocket): void;
  /** A share ends with the socket that began it; its watchers are told so by the list. */
  forget(socket: LiveSocket): void;
  close(): void;
}

const MOST_SHARES = 12;
/** Who may open what is shared: the wall itself, and those who work with it. */
const mayWatch = (principal: Principal): boolean => principal.kind === 'wall-device' || passes('operate', principal) || passes('lead', principal);
const isGuest = ({ roles }: Principal): boolean => roles.every((role) => role === 'guest');

interface Shared {
  share: Share;
  socket: string;
  watchers: Set<string>;
}
type Letter = { to: string; letter: ShareSignalled };

export function createShareDesk({ io, line, clock, isSoundPush }: { io: LiveServer; line: NodeLine; clock: Clock; isSoundPush(name: 'shares.updated' | 'share.signalled', body: unknown): boolean }): ShareDesk {
  const shares = new Map<string, Shared>();
  /** Shares of other servers that sockets of this one watch. */
  const watchedElsewhere = new Map<string, Set<string>>();
  let count = 0;
  const tellHere = () => {
    if (isSoundPush('shares.updated', list())) io.emit('shares.updated', list());
  };
  const elsewhere = createShared<Share[]>({ line, signal: 'shares', own: () => [...shares.values()].map(({ share }) => share), onChange: tellHere });
  const list = () => ({ shares: [...[...shares.values()].map(({ share }) => share), ...elsewhere.others().flat()] });
  const tellAll = () => {
    tellHere();
    elsewhere.tell();
  };
  const end = (id: string) => {
    if (shares.delete(id)) tellAll();
  };

  const hand = ({ to, letter }: Letter): boolean => {
    const socket = io.of('/').sockets.get(to);
    if (socket && isSoundPush('share.signalled', letter)) socket.emit('share.signalled', letter);
    return socket !== undefined;
  };
  const post = (mail: Letter) => {
    if (!hand(mail)) line.tell('share-letter', mail);
  };
  /** A signal of a watcher, from whichever server, for a share that is held here. */
  const take = (known: Shared, { share, from, signal }: ShareSignalled) => {
    if (signal.kind === 'watch') known.watchers.add(from);
    post({ to: known.socket, letter: { share, from, signal } });
    if (signal.kind === 'leave') known.watchers.delete(from);
  };
  line.hear('share-letter', (mail) => void hand(mail as Letter));
  line.hear('share-signal', (body) => {
    const letter = body as ShareSignalled;
    const known = shares.get(letter.share);
    if (known) take(known, letter);
  });

  const tellElsewhere = (letter: ShareSignalled) => {
    const watched = watchedElsewhere.get(letter.from) ?? new Set();
    if (letter.signal.kind === 'leave') watched.delete(letter.share);
    else watched.add(letter.share);
    watchedElsewhere.set(letter.from, watched);
    line.tell('share-signal', letter);
  };

  return {
    handlers: {
      'share.open'({ socket, principal }, { label, kind }) {
        if (isGuest(principal)) return refused('AUTH_FORBIDDEN');
        if (list().shares.length >= MOST_SHARES) return refused('RATE_LIMITED');
        const share: Share = { id: `share-${clock.realNow().toString(36)}-${line.node.slice(0, 4)}${++count}`, label, kind, by: principal.name, since: clock.realNow() };
        shares.set(share.id, { share, socket: socket.id, watchers: new Set() });
        tellAll();
        return okay(share);
      },
      'share.close'({ socket }, { id }) {
        if (shares.get(id)?.socket !== socket.id) return refused('SHARE_GONE');
        end(id);
        return okay({});
      },
      'share.signal'({ socket, principal }, { share: id, to, signal }) {
        const known = shares.get(id);
        if (!known && !list().shares.some((share) => share.id === id)) return refused('SHARE_GONE');
        const letter: ShareSignalled = { share: id, from: socket.id, signal };
        const isOwner = known?.socket === socket.id;
        if (!isOwner && !mayWatch(principal)) return refused('AUTH_FORBIDDEN');
        if (!known) tellElsewhere(letter);
        else if (!isOwner) take(known, letter);
        else if (to === undefined || !known.watchers.has(to)) return refused('SHARE_GONE');
        else post({ to, letter });
        return okay({});
      },
    },
    greet: (socket) => void (list().shares.length > 0 && socket.emit('shares.updated', list())),
    forget(socket) {
      const left = (share: string): ShareSignalled => ({ share, from: socket.id, signal: { kind: 'leave' } });
      for (const share of watchedElsewhere.get(socket.id) ?? []) line.tell('share-signal', left(share));
      watchedElsewhere.delete(socket.id);
      for (const [id, known] of shares) {
        if (known.socket === socket.id) end(id);
        else if (known.watchers.has(socket.id)) take(known, left(id));
      }
    },
    close: elsewhere.close,
  };
}
