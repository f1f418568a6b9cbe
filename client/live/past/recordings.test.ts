import { expect, test } from 'vitest';
import { faultOf, type Outcome } from '#contract/faults.ts';
import type { Api } from '../api.ts';
import { createRecordings } from './recordings.ts';

const LATE = new AbortController().signal;

function recordingsOf(found: Outcome<unknown>, film = new Response('film', { headers: { 'x-captured-at': '4200', 'content-type': 'video/mp4; codecs="avc1.4D401E"' } })) {
  const asked: string[] = [];
  const get = async <T>(path: string) => {
    asked.push(path);
    return found as Outcome<T>;
  };
  const fetchIt = async (address: unknown) => {
    asked.push(String(address));
    return film;
  };
  const recordings = createRecordings({ api: { get } as Api, fetchIt: fetchIt as typeof fetch, momentNow: () => 5000, rate: () => 1 });
  return { recordings, asked };
}

test('film of a moment is asked for where it lies, and says when it was taken', async () => {
  const { recordings, asked } = recordingsOf({ ok: true, value: { url: '/media/cam-1/footage.mp4?from=5000&to=9000', endsAt: 9000 } });
  const film = await recordings.of('cam-1').film(5000.4, LATE);
  expect(film).toMatchObject({ type: 'video/mp4; codecs="avc1.4D401E"', startsAt: 4200, endsAt: 9000 });
  expect(film?.bytes.byteLength).toBe(4);
  expect(asked).toEqual(['/api/v1/cameras/cam-1/recording?at=5000', '/media/cam-1/footage.mp4?from=5000&to=9000']);
});

test('a camera has one reel, so that its tile goes on playing', () => {
  const { recordings } = recordingsOf({ ok: false, fault: faultOf('CAMERA_NO_RECORDING') });
  expect(recordings.of('cam-1')).toBe(recordings.of('cam-1'));
  expect(recordings.of('cam-1')).not.toBe(recordings.of('cam-2'));
});

test('nothing recorded is no film, a server that is away is a failure', async () => {
  expect(await recordingsOf({ ok: false, fault: faultOf('CAMERA_NO_RECORDING') }).recordings.of('cam-1').film(5000, LATE)).toBeNull();
  expect(await recordingsOf({ ok: true, value: { url: '/x', endsAt: 9000 } }, new Response(null, { status: 404 })).recordings.of('cam-1').film(5000, LATE)).toBeNull();
  await expect(recordingsOf({ ok: false, fault: faultOf('STORE_UNAVAILABLE') }).recordings.of('cam-1').film(5000, LATE)).rejects.toThrow();
  await expect(recordingsOf({ ok: true, value: { url: '/x', endsAt: 9000 } }, new Response(null, { status: 503 })).recordings.of('cam-1').film(5000, LATE)).rejects.toThrow('503');
});
