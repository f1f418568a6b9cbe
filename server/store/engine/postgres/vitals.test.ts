import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSilentLog } from '../../../kernel/log.ts';
import { createVitals } from './vitals.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage() {
  const pool = new EventEmitter();
  const told = { answers: true, stallMs: 0 };
  let at = 0;
  const ask = async () => {
    if (told.answers) return;
    at += 2000 + told.stallMs;
    throw new Error('Query read timeout');
  };
  const vitals = createVitals({ pool: pool as never, ask, log: createSilentLog(), elapsed: () => at });
  const lend = () => {
    const client = { isBroken: false, connection: { stream: { destroy: () => void (client.isBroken = true) } } };
    pool.emit('acquire', client);
    return client;
  };
  return { pool, told, vitals, lend };
}

test('what waits for a server that stands still is broken off, and what comes later at once', async () => {
  const { told, vitals, lend } = stage();
  const waiting = lend();
  await vi.advanceTimersByTimeAsync(2000);
  expect(waiting.isBroken).toBe(false);
  told.answers = false;
  await vi.advanceTimersByTimeAsync(600);
  expect([waiting.isBroken, lend().isBroken]).toEqual([true, true]);
  told.answers = true;
  await vi.advanceTimersByTimeAsync(600);
  expect(lend().isBroken).toBe(false);
  await vitals.close();
});

test('a connection that was given back is left alone', async () => {
  const { pool, told, vitals, lend } = stage();
  const done = lend();
  pool.emit('release', undefined, done);
  told.answers = false;
  await vi.advanceTimersByTimeAsync(600);
  expect(done.isBroken).toBe(false);
  await vitals.close();
});

test('a process that stood still itself accuses nobody', async () => {
  const { told, vitals, lend } = stage();
  const waiting = lend();
  told.answers = false;
  told.stallMs = 5000;
  await vi.advanceTimersByTimeAsync(600);
  expect(waiting.isBroken).toBe(false);
  await vitals.close();
});
