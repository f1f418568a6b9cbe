import sharp from 'sharp';
import { expect, test } from 'vitest';
import { readPhotoFacts } from './photoFacts.ts';

const NOW = Date.parse('2026-10-05T10:00+07:00');
const plain = () => sharp({ create: { width: 40, height: 30, channels: 3, background: '#336699' } }).jpeg();
const place = (lat: string, lon: string, latRef = 'N', lonRef = 'E') => ({ IFD3: { GPSLatitudeRef: latRef, GPSLatitude: lat, GPSLongitudeRef: lonRef, GPSLongitude: lon } });
const read = async (exif: object) => readPhotoFacts(await plain().withExif(exif as never).toBuffer(), NOW);

test('the place and the moment a camera wrote are read', async () => {
  const facts = await read({ ...place('16/1 3/1 3600/100', '108/1 13/1 1200/100'), IFD2: { DateTimeOriginal: '2026:10:05 09:30:00' } });
  expect(facts).toMatchObject({ takenAt: Date.parse('2026-10-05T09:30+07:00'), isBroken: false });
  expect(facts.position![0]).toBeCloseTo(108.22, 3);
  expect(facts.position![1]).toBeCloseTo(16.06, 3);
  const south = await read(place('16/1 0/1 0/1', '70/1 30/1 0/1', 'S', 'W'));
  expect(south.position).toEqual([-70.5, -16]);
});

test('a photo without them, and what is no JPEG, say nothing', async () => {
  expect(readPhotoFacts(await plain().toBuffer(), NOW)).toEqual({ position: null, takenAt: null, isBroken: false });
  expect(readPhotoFacts(await plain().png().toBuffer(), NOW)).toEqual({ position: null, takenAt: null, isBroken: false });
  expect(readPhotoFacts(new Uint8Array(0), NOW).isBroken).toBe(false);
});

test.each([
  ['a moment in 1970', { IFD2: { DateTimeOriginal: '1970:01:01 00:00:00' } }],
  ['a moment to come', { IFD2: { DateTimeOriginal: '2031:01:01 00:00:00' } }],
  ['a place beyond the pole', place('97/1 0/1 0/1', '108/1 0/1 0/1')],
  ['the middle of nowhere, as a phone without a fix writes it', place('0/1 0/1 0/1', '0/1 0/1 0/1')],
])('%s is not believed', async (_name, exif) => {
  expect(await read(exif)).toEqual({ position: null, takenAt: null, isBroken: true });
});

test('damaged bytes are said to be broken, wherever they end', async () => {
  const whole = await plain().withExif(place('16/1 3/1 0/1', '108/1 13/1 0/1') as never).toBuffer();
  const start = whole.indexOf('Exif');
  const wild = Buffer.from(whole);
  wild.fill(0xff, start + 14, start + 40);
  expect(readPhotoFacts(wild, NOW)).toMatchObject({ position: null, isBroken: true });
  for (let end = start; end < start + 200; end += 7) expect(() => readPhotoFacts(whole.subarray(0, end), NOW)).not.toThrow();
});
