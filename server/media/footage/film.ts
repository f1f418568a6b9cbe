import { findBox, readBoxes, u64 } from '../boxes.ts';

/** A second or so of a camera, as it was sent. Units: epoch ms, real time. */
export interface FilmPiece {
  startsAt: number;
  endsAt: number;
  init: Buffer;
  initId: string;
  body: Buffer;
}

const TFDT = 'tfdt';

function firstDecodeTime(body: Buffer): bigint {
  const at = body.indexOf(TFDT, 0, 'latin1');
  if (at < 0) throw new Error('film without decode times');
  return body.readBigUInt64BE(at + 8);
}

/** The same fragments with their decode times counted from `base`, so that a film begins at zero and not in 1970. */
export function rebased(body: Buffer, base: bigint): Buffer {
  const copy = Buffer.from(body);
  let at = 0;
  for (const { type, size, payload } of readBoxes(copy)) {
    const tfdt = type === 'moof' ? payload.indexOf(TFDT, 0, 'latin1') : -1;
    if (tfdt >= 0) u64(Number(payload.readBigUInt64BE(tfdt + 8) - base)).copy(payload, tfdt + 8);
    at += size;
  }
  if (at !== copy.length) throw new Error('film that ends within a box');
  return copy;
}

/** Writes a film piece by piece: one picture format per film, so a change of it ends the film. */
export function createFilmWriter() {
  let initId: string | undefined;
  let base = 0n;
  let span: { from: number; to: number } | undefined;
  return {
    /** The bytes to append, or undefined when this piece no longer belongs to the film. */
    add(piece: FilmPiece): Buffer | undefined {
      if (initId !== undefined && initId !== piece.initId) return undefined;
      const isFirst = initId === undefined;
      if (isFirst) base = firstDecodeTime(piece.body);
      initId = piece.initId;
      span = { from: span?.from ?? piece.startsAt, to: piece.endsAt };
      const body = rebased(piece.body, base);
      return isFirst ? Buffer.concat([piece.init, body]) : body;
    },
    span: () => span,
  };
}

/** One film of pieces in order of time. Fails: undefined without any. */
export function filmOf(pieces: readonly FilmPiece[]): { body: Buffer; from: number; to: number } | undefined {
  const writer = createFilmWriter();
  const parts = pieces.map((piece) => writer.add(piece)).filter((part) => part !== undefined);
  const span = writer.span();
  return span && { body: Buffer.concat(parts), ...span };
}

/** A film and when it was taken. Units: epoch ms. */
export interface TakenFilm {
  body: Buffer;
  from: number;
  to: number;
}

/** A film can be shown from a key picture on; no camera sends them further apart. Units: ms. */
const RUN_UP_MS = 4000;

const timescaleOf = (moov: Buffer): number | undefined => {
  const header = findBox(moov, 'trak/mdia/mdhd');
  return header?.readUInt32BE(header[0] === 1 ? 20 : 12);
};

/** The fragments of a film that are needed to see a time, as a film of its own. */
export function cutFilm(film: TakenFilm, from: number, to: number): TakenFilm {
  const boxes = readBoxes(film.body);
  const first = boxes.findIndex(({ type }) => type === 'moof');
  const timescale = timescaleOf(boxes.find(({ type }) => type === 'moov')?.payload ?? Buffer.alloc(0));
  if (first < 0 || !timescale) return film;
  const lengthOf = (some: readonly { size: number }[]) => some.reduce((sum, { size }) => sum + size, 0);
  let at = lengthOf(boxes.slice(0, first));
  const head = film.body.subarray(0, at);
  const fragments: { body: Buffer; startsAt: number }[] = [];
  for (const { type, size, payload } of boxes.slice(first)) {
    const body = film.body.subarray(at, (at += size));
    const last = fragments.at(-1);
    if (type === 'moof') fragments.push({ body, startsAt: film.from + Math.round((Number(firstDecodeTime(payload)) / timescale) * 1000) });
    else if (last) last.body = Buffer.concat([last.body, body]);
  }
  const endOf = (index: number) => fragments[index + 1]?.startsAt ?? film.to;
  const kept = fragments.filter(({ startsAt }, index) => endOf(index) > from - RUN_UP_MS && startsAt < to);
  const [begin] = kept;
  if (!begin) return film;
  const body = Buffer.concat(kept.map((one) => one.body));
  return { body: Buffer.concat([head, rebased(body, firstDecodeTime(begin.body))]), from: begin.startsAt, to: endOf(fragments.indexOf(kept.at(-1)!)) };
}
