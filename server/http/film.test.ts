import { afterAll, beforeAll, expect, test } from 'vitest';
import fastify from 'fastify';
import { byteRange, sendFilm } from './film.ts';

const FILM = Buffer.from('0123456789');
const app = fastify();
beforeAll(async () => {
  app.get('/film.mp4', (request, reply) => sendFilm(reply, request.headers.range, FILM));
  await app.ready();
});
afterAll(() => app.close());
const ask = (range?: string) => app.inject({ url: '/film.mp4', headers: range === undefined ? {} : { range } });

test('a film comes whole, and says that parts of it can be had', async () => {
  const whole = await ask();
  expect([whole.statusCode, whole.body, whole.headers['accept-ranges']]).toEqual([200, '0123456789', 'bytes']);
});

test.each([['bytes=2-4', '234', 'bytes 2-4/10'], ['bytes=7-', '789', 'bytes 7-9/10'], ['bytes=-2', '89', 'bytes 8-9/10'], ['bytes=0-99', '0123456789', 'bytes 0-9/10']])('%s gives that part', async (range, body, said) => {
  const part = await ask(range);
  expect([part.statusCode, part.body, part.headers['content-range']]).toEqual([206, body, said]);
});

test('a part behind the end is refused with the length', async () => {
  const none = await ask('bytes=10-12');
  expect([none.statusCode, none.headers['content-range']]).toEqual([416, 'bytes */10']);
});

test.each(['bytes=a-b', 'items=0-1', 'bytes=0-1,3-4', 'bytes=-'])('%s is no range, and the whole film comes', (range) => {
  expect(byteRange(range, 10)).toBeUndefined();
});
