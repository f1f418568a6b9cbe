import type { FastifyReply } from 'fastify';

/** A stretch of bytes, both ends included; `none` when it lies outside. Source: RFC 9110, 14.1.2. */
export function byteRange(header: string | undefined, length: number): { from: number; to: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return from > to || from >= length ? 'none' : { from, to };
}

/** Sends a film, or the stretch of it that a player asked for so that one can jump in it. */
export function sendFilm(reply: FastifyReply, range: string | undefined, film: Uint8Array, headers: Record<string, string> = {}): FastifyReply {
  const asked = byteRange(range, film.length);
  reply.type('video/mp4').headers({ 'cache-control': 'no-store', 'accept-ranges': 'bytes', ...headers });
  const body = Buffer.from(film.buffer, film.byteOffset, film.byteLength);
  if (asked === undefined) return reply.send(body);
  if (asked === 'none') return reply.code(416).header('content-range', `bytes */${film.length}`).send();
  return reply.code(206).header('content-range', `bytes ${asked.from}-${asked.to}/${film.length}`).send(body.subarray(asked.from, asked.to + 1));
}
