import { expect, test } from 'vitest';
import type { FootageSpan } from '#contract/footage.ts';
import { createRecordings } from './recordings.ts';

const find = (...spans: FootageSpan[]) => createRecordings({ spans: async () => spans }).find('cam-1', 5000);

test('the past of a camera is played from where it lies soonest, or not at all', async () => {
  const ring: FootageSpan = { source: 'ring', from: 1000, to: 9000, clip: null };
  const recorder: FootageSpan = { source: 'recorder', from: 0, to: 100_000, clip: null };
  expect(await find(recorder, ring)).toEqual({ url: '/media/cam-1/footage.mp4?from=5000&to=9000', startsAt: 5000, endsAt: 9000 });
  expect(await find(recorder)).toEqual({ url: '/media/cam-1/footage.mp4?from=5000&to=15000', startsAt: 5000, endsAt: 15_000 });
  expect(await find({ source: 'clip', from: 1000, to: 9000, clip: 'clip-3' })).toEqual({ url: '/media/cam-1/footage.mp4?from=5000&to=9000', startsAt: 5000, endsAt: 9000 });
  expect(await find({ source: 'clip', from: 6000, to: 9000, clip: 'clip-3' })).toBeNull();
  expect(await find()).toBeNull();
});
