import type { MediaStream } from '../stream.ts';
import { segmentDuration } from '../stream.ts';
import type { FilmPiece } from './film.ts';

/** The last minutes of one camera, in memory. */
export interface FootageRing {
  /** Takes over what the stream has completed since the last time. */
  draw(stream: MediaStream): void;
  between(from: number, to: number): FilmPiece[];
  span(): { from: number; to: number } | undefined;
  bytes(): number;
}

export function createFootageRing(spanMs: number): FootageRing {
  let pieces: FilmPiece[] = [];
  let newest = -1;
  return {
    draw(stream) {
      for (const { sequence, isComplete, initId, startsAt, ...segment } of stream.window()?.segments ?? []) {
        if (!isComplete || sequence <= newest) continue;
        const [init, body] = [stream.init(initId), stream.segment(sequence)];
        if (!init || !body) continue;
        newest = sequence;
        pieces.push({ startsAt, endsAt: startsAt + Math.round(segmentDuration({ ...segment, sequence, isComplete, initId, startsAt }) * 1000), init, initId, body });
      }
      const edge = (pieces.at(-1)?.endsAt ?? 0) - spanMs;
      pieces = pieces.filter(({ endsAt }) => endsAt > edge);
    },
    between: (from, to) => pieces.filter(({ startsAt, endsAt }) => endsAt > from && startsAt < to),
    span: () => (pieces.length === 0 ? undefined : { from: pieces[0]!.startsAt, to: pieces.at(-1)!.endsAt }),
    bytes: () => pieces.reduce((sum, { body }) => sum + body.length, 0),
  };
}
