import { afterAll, expect, test } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { createRandom } from '../../kernel/random.ts';
import { readBoxes } from '../boxes.ts';
import { createMediaOrigin } from '../origin.ts';
import { createHandClock } from '../testing/clock.ts';
import { cutFilm, filmOf } from './film.ts';
import { filmType } from './filmType.ts';

const T = Date.parse('2026-11-22T03:00:00Z');
const origin = createMediaOrigin({ clock: createHandClock(T), log: createSilentLog(), random: createRandom(1), cameras: () => ({ kind: 'loop', loop: 'market-day' }), allowLoopback: true });
afterAll(() => origin.close());
const film = filmOf(origin.tap('cam-1')!.past!(T - 30_000, T - 10_000))!;
const decodeTimeOf = (body: Buffer) => body.readBigUInt64BE(body.indexOf('tfdt', 0, 'latin1') + 8);

test('a film is cut to the seconds that are needed to see a time, and begins at zero', () => {
  const cut = cutFilm(film, T - 15_000, T - 14_000);
  expect([cut.from, cut.to]).toEqual([T - 19_000, T - 14_000]);
  expect(decodeTimeOf(cut.body)).toBe(0n);
  expect(readBoxes(cut.body).map(({ type }) => type).slice(0, 3)).toEqual(['ftyp', 'moov', 'moof']);
  expect(readBoxes(cut.body).filter(({ type }) => type === 'moof').length * 4).toBe(readBoxes(film.body).filter(({ type }) => type === 'moof').length);
});

test('a film that was broken off within a box is cut as far as it goes', () => {
  const cut = cutFilm({ ...film, body: film.body.subarray(0, film.body.length - 40) }, T - 12_000, T - 9000);
  expect(cut.from).toBe(T - 16_000);
  expect(readBoxes(cut.body).reduce((sum, { size }) => sum + size, 0)).toBe(cut.body.length);
});

test('what is no film of fragments, and a time outside, leave the film as it is', () => {
  const words = { body: Buffer.from('covered film'), from: T, to: T + 1000 };
  expect(cutFilm(words, T, T + 500)).toBe(words);
  expect(cutFilm(film, T + 60_000, T + 61_000)).toBe(film);
});

test('a player is told the codec', () => {
  expect(filmType(film.body)).toMatch(/^video\/mp4; codecs="avc1\.[0-9A-F]{6}"$/);
  const config = Buffer.from('hvcC\u0001\u0001\u0060\u0000\u0000\u0000\u0090\u0000\u0000\u0000\u0000\u0000\u005d', 'latin1');
  expect(filmType(config)).toBe('video/mp4; codecs="hvc1.1.6.L93.90"');
  expect(filmType(Buffer.from('nothing'))).toBe('video/mp4');
});
