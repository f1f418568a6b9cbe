import type { LoaderCallbacks, LoaderConfiguration, LoaderContext } from 'hls.js';
import { expect, test } from 'vitest';
import { askOf, createLineLoader, retryAfterMs, type PictureLine } from './lineLoader.ts';

const FOR_EVER = { maxNumRetry: Infinity, retryDelayMs: 500, maxRetryDelayMs: 4000 };
const config = { loadPolicy: { maxTimeToFirstByteMs: 1000, maxLoadTimeMs: 1000, timeoutRetry: null, errorRetry: { ...FOR_EVER, retryDelayMs: 1, maxRetryDelayMs: 1 } } } as LoaderConfiguration;
const context = { url: 'http://x/media/cam-1/part-7.2.m4s?plays=h264', responseType: 'arraybuffer' } as LoaderContext;

/** Loads once over a line that answers as told, one answer per attempt. */
async function load(answers: readonly (Awaited<ReturnType<PictureLine['get']>> | Error)[]) {
  const asked: unknown[] = [];
  const troubles: number[] = [];
  const line: PictureLine = {
    async get(ask) {
      const answer = answers[asked.length]!;
      asked.push(ask);
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const Loader = createLineLoader(line, (status) => troubles.push(status)) as unknown as new () => { load(a: LoaderContext, b: LoaderConfiguration, c: LoaderCallbacks<LoaderContext>): void };
  const outcome = await new Promise<{ data?: unknown; code?: number }>((resolve) => {
    const callbacks = { onSuccess: ({ data }: { data: unknown }) => resolve({ data }), onError: ({ code }: { code: number }) => resolve({ code }) };
    new Loader().load(context, config, callbacks as unknown as LoaderCallbacks<LoaderContext>);
  });
  return { asked, troubles, outcome };
}

test('an address of a picture is read, any other is not', () => {
  expect(askOf('/media/cam-1/index.m3u8?_HLS_msn=7&_HLS_part=2')).toEqual({ camera: 'cam-1', file: 'index.m3u8', query: { _HLS_msn: '7', _HLS_part: '2' } });
  expect(askOf('/media/cam-1/a/b')).toBeUndefined();
});

test('bytes reach the player as its own copy', async () => {
  const body = Uint8Array.of(1, 2, 3).buffer;
  const { asked, outcome } = await load([{ status: 200, body }]);
  expect(asked).toEqual([{ camera: 'cam-1', file: 'part-7.2.m4s', query: { plays: 'h264' } }]);
  expect(outcome.data).not.toBe(body);
  expect(outcome.data).toEqual(body);
});

test('a line that went is tried again, and each failure is told', async () => {
  const { troubles, outcome } = await load([new Error('gone'), { status: 503 }, { status: 200, body: '#EXTM3U' }]);
  expect(troubles).toEqual([0, 503]);
  expect(outcome.data).toBe('#EXTM3U');
});

test('a definite no is not asked again', async () => {
  const { asked, outcome } = await load([{ status: 403 }]);
  expect(asked).toHaveLength(1);
  expect(outcome.code).toBe(403);
});

test('waiting doubles up to its cap, and ends where the policy ends', () => {
  expect([0, 1, 2, 3, 9].map((retry) => retryAfterMs(FOR_EVER, retry, 503))).toEqual([500, 1000, 2000, 4000, 4000]);
  expect(retryAfterMs({ ...FOR_EVER, maxNumRetry: 2 }, 2, 503)).toBeUndefined();
  expect(retryAfterMs(null, 0, 503)).toBeUndefined();
});
