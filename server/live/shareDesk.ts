import { okay, refused } from '#contract/faults.ts';
import type { Share } from '#contract/share.ts';
import type { Principal } from '#contract/roles.ts';
import { passes } from '../domain/policy.ts';
import type { Clock } from '../kernel/clock.ts';
import type { LiveHandlers } from './gateway.ts';
import type { LiveServer, LiveSocket } from './wire.ts';

/** Shared pictures: who shares what, and the letters two browsers exchange before pictures flow between them. No picture passes here. */
export interface ShareDesk {
  handlers: LiveHandlers;
  greet(socket: LiveSocket): void;
  /** A share ends with the socket that began it; its watchers are told so by the list. */
  forget(socket: LiveSocket): void;
}

const MOST_SHARES = 12;
/** Who may open what is shared: the wall itself, and those who work with it. */
const mayWatch = (principal: Principal): boolean => principal.kind === 'wall-device' || passes('operate', principal) || passes('lead', principal);
const isGuest = ({ roles }: Principal): boolean => roles.every((role) => role === 'guest');

export function createShareDesk({ io, clock, isSoundPush }: { io: LiveServer; clock: Clock; isSoundPush(name: 'shares.updated' | 'share.signalled', body: unknown): boolean }): ShareDesk {
  const shares = new Map<string, { share: Share; socket: string; watchers: Set<string> }>();
  let count = 0;
  const list = () => ({ shares: [...shares.values()].map(({ share }) => share) });
  const tellAll = () => {
    if (isSoundPush('shares.updated', list())) io.emit('shares.updated', list());
  };
  const end = (id: string) => {
    if (shares.delete(id)) tellAll();
  };

  return {
    handlers: {
      'share.open'({ socket, principal }, { label, kind }) {
        if (isGuest(principal)) return refused('AUTH_FORBIDDEN');
        if (shares.size >= MOST_SHARES) return refused('RATE_LIMITED');
        const share: Share = { id: `share-${clock.realNow().toString(36)}-${++count}`, label, kind, by: principal.name, since: clock.realNow() };
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
        if (!known) return refused('SHARE_GONE');
        const isOwner = known.socket === socket.id;
        if (!isOwner && !mayWatch(principal)) return refused('AUTH_FORBIDDEN');
        if (isOwner && (to === undefined || !known.watchers.has(to))) return refused('SHARE_GONE');
        if (signal.kind === 'watch') known.watchers.add(socket.id);
        const letter = { share: id, from: socket.id, signal };
        if (isSoundPush('share.signalled', letter)) io.to(isOwner ? to! : known.socket).emit('share.signalled', letter);
        if (signal.kind === 'leave') known.watchers.delete(socket.id);
        return okay({});
      },
    },
    greet: (socket) => void (shares.size > 0 && socket.emit('shares.updated', list())),
    forget(socket) {
      for (const [id, known] of shares) {
        if (known.socket === socket.id) end(id);
        else if (known.watchers.delete(socket.id)) io.to(known.socket).emit('share.signalled', { share: id, from: socket.id, signal: { kind: 'leave' } });
      }
    },
  };
}
