import { io } from 'socket.io-client';
import { MEDIA_NAMESPACE, type MediaAsk, type MediaTold } from '#contract/mediaLine.ts';
import { CONTRACT_VERSION } from '#contract/version.ts';

/** A connection that carries pictures only: one for all players of a page, where a browser would allow six requests at a time. */
export interface MediaLine {
  /** Fails: rejects when the line goes, on abort, or after `withinMs`. */
  get(ask: MediaAsk, withinMs: number, signal: AbortSignal): Promise<MediaTold>;
  close(): void;
}

const isTold = (value: unknown): value is MediaTold => typeof value === 'object' && value !== null && 'status' in value;

export function createMediaLine({ origin }: { origin: string }): MediaLine {
  const socket = io(`${origin}${MEDIA_NAMESPACE}`, {
    path: '/live',
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 4000,
    timeout: 5000,
    auth: { contract: CONTRACT_VERSION },
  });
  const open = new Set<(reason: Error) => void>();
  socket.on('disconnect', (reason) => {
    for (const fail of [...open]) fail(new Error(reason));
    if (reason === 'io server disconnect') socket.connect();
  });

  return {
    get: (ask, withinMs, signal) =>
      new Promise((resolve, reject) => {
        const settle = () => {
          clearTimeout(limit);
          open.delete(fail);
          socket.off('connect', send);
          signal.removeEventListener('abort', leave);
        };
        const onTold = (told: unknown) => {
          settle();
          if (isTold(told)) resolve(told);
          else reject(new Error('not an answer'));
        };
        /** What waits for the line is sent when it is there; the library would send even what was given up meanwhile. */
        const send = () => void socket.emit('media.get', ask, onTold);
        const fail = (reason: Error) => {
          settle();
          reject(reason);
        };
        const leave = () => fail(new Error('aborted'));
        const limit = setTimeout(() => fail(new Error('no answer')), withinMs);
        open.add(fail);
        signal.addEventListener('abort', leave);
        if (socket.connected) send();
        else socket.once('connect', send);
      }),
    close: () => void socket.close(),
  };
}
