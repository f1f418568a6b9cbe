import type { Server } from 'socket.io';
import { Check } from 'typebox/value';
import { MEDIA_NAMESPACE, MediaAsk, type MediaTold } from '#contract/mediaLine.ts';
import type { CameraRights } from '../domain/camera/watchRights.ts';
import type { CameraWorkPort } from '../domain/ports/cameras.ts';
import type { MediaPort } from '../domain/ports/media.ts';
import type { Log } from '../kernel/log.ts';
import { judgeHandshake } from './handshake.ts';
import type { Parties } from './parties.ts';
import type { LiveServer, Party } from './wire.ts';

/** What pictures over a socket stand on. */
export interface MediaDeskDeps {
  media: Pick<MediaPort, 'serve'>;
  rights: CameraRights;
  viewed: CameraWorkPort['viewed'];
}

/** Requests one socket may have open: a low-latency player waits with two at most. */
const MOST_OPEN = 96;
const REFUSED: MediaTold = { status: 403 };

/** Serves pictures over a namespace of their own: however many players a page has, they share one connection. */
export function createMediaDesk(deps: MediaDeskDeps & { io: LiveServer; parties: Parties; logger: Log; build: string; isStopping(): boolean }): void {
  const { media, rights, viewed, parties, logger, build, isStopping } = deps;
  const line = (deps.io as unknown as Server).of(MEDIA_NAMESPACE);

  const serve = async (party: Party, ask: unknown, signal: AbortSignal): Promise<MediaTold> => {
    if (!Check(MediaAsk, ask)) return { status: 400 };
    if ((await parties.refresh(party)) !== 'same') return { status: 401 };
    const { camera, file, query = {} } = ask;
    if (!(await rights.maySee(camera, party.scope))) return REFUSED;
    const found = await media.serve(camera, file, query, signal);
    if (!(await rights.maySee(camera, party.scope))) return REFUSED;
    if (file === 'index.m3u8' && found.status === 200) viewed(party.principal, camera);
    const state = found.headers['x-camera-state'];
    return { status: found.status, ...(state ? { state } : {}), ...(found.body === undefined ? {} : { body: found.body }) };
  };

  line.use((socket, next) => {
    judgeHandshake(socket.handshake.auth, socket.handshake.headers.cookie, { build, parties, isStopping }).then(
      (judged) => {
        if ('party' in judged) socket.data.party = judged.party;
        next('reason' in judged ? new Error(judged.reason) : undefined);
      },
      (error: unknown) => {
        logger.warn({ error: String(error) }, 'a handshake for pictures could not be judged');
        next(new Error('stopping'));
      },
    );
  });

  line.on('connection', (socket) => {
    const left = new AbortController();
    let open = 0;
    socket.on('disconnect', () => left.abort());
    socket.on('media.get', (ask: unknown, reply: unknown) => {
      if (typeof reply !== 'function') return;
      const tell = reply as (told: MediaTold) => void;
      if (open >= MOST_OPEN) return tell({ status: 429 });
      open += 1;
      serve(socket.data.party as Party, ask, left.signal)
        .catch((error: unknown): MediaTold => {
          logger.warn({ error: String(error) }, 'a picture could not be served');
          return { status: 503 };
        })
        .then((told) => {
          open -= 1;
          tell(told);
        });
    });
  });
}
