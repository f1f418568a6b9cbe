import { REPORT_LIMITS } from '#contract/citizen.ts';
import { okay, refused } from '#contract/faults.ts';
import type { PhotoPiecesPort } from '../../domain/ports/citizens.ts';
import type { Clock } from '../../kernel/clock.ts';

const KEEP_MS = 30 * 60_000;
const MOST_UPLOADS = 100;

interface Upload {
  count: number;
  pieces: Map<number, Uint8Array>;
  media: string | null;
  touchedAt: number;
}

/** Pieces wait in memory: what a restart forgets, the phone sends again. */
export function createPhotoPieces(clock: Pick<Clock, 'realNow'>): PhotoPiecesPort {
  const uploads = new Map<string, Upload>();

  const makeRoom = (now: number): boolean => {
    for (const [name, upload] of uploads) if (now - upload.touchedAt > KEEP_MS) uploads.delete(name);
    return uploads.size < MOST_UPLOADS;
  };
  const open = (name: string, count: number, now: number): Upload | undefined => {
    const known = uploads.get(name);
    if (known && known.count === count) return known;
    if (!known && !makeRoom(now)) return undefined;
    const fresh: Upload = { count, pieces: new Map(), media: null, touchedAt: now };
    uploads.set(name, fresh);
    return fresh;
  };

  return {
    put({ upload: name, index, count, bytes }) {
      if (count > REPORT_LIMITS.pieces || index >= count || bytes.length > REPORT_LIMITS.pieceBytes) return refused('REPORT_PHOTO_SIZE');
      const now = clock.realNow();
      const upload = open(name, count, now);
      if (!upload) return refused('RATE_LIMITED');
      upload.touchedAt = now;
      if (upload.media === null) upload.pieces.set(index, bytes);
      const have = [...upload.pieces.keys()].sort((a, b) => a - b);
      if (upload.media !== null || have.length < count) return okay({ have });
      return okay({ have, whole: Buffer.concat(have.map((place) => upload.pieces.get(place)!)) });
    },
    settle(name, media) {
      const upload = uploads.get(name);
      if (!upload) return;
      upload.media = media;
      upload.pieces.clear();
    },
    progress(name) {
      const upload = uploads.get(name);
      return { have: upload ? [...upload.pieces.keys()].sort((a, b) => a - b) : [], media: upload?.media ?? null };
    },
  };
}
