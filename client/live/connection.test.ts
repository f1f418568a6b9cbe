import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { okay } from '#contract/faults.ts';
import { createConnection } from './connection.ts';
import { createServerClock } from './serverClock.ts';
import { createFakeWire } from './testing/fakeWire.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setUp() {
  const wire = createFakeWire();
  const localNow = () => Date.now();
  const clock = createServerClock(localNow);
  const mismatches: number[] = [];
  wire.answer('clock.sync', () => okay({ receivedAt: localNow() + 3_600_000, repliedAt: localNow() + 3_600_000 }));
  const connection = createConnection({ wire, clock, localNow, random: () => 0.5, onMismatch: () => void mismatches.push(1) });
  const beat = () => wire.push('beat', { at: clock.serverNow(), domainAt: clock.serverNow(), rate: 1, epoch: 'epoch-one', heads: {} });
  return { wire, clock, connection, beat, mismatches };
}

test('a page is online once its clock agrees with the server', async () => {
  const { wire, clock, connection } = setUp();
  expect([connection.state, wire.opened]).toEqual(['connecting', 1]);
  wire.accept();
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.state).toBe('online');
  expect(clock.serverNow() - Date.now()).toBe(3_600_000);
  connection.close();
});

test('silence is noticed within five seconds and the wire is opened again', async () => {
  const { wire, connection, beat } = setUp();
  wire.accept();
  await vi.advanceTimersByTimeAsync(0);
  for (let second = 0; second < 10; second++) {
    beat();
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(connection.state).toBe('online');
  await vi.advanceTimersByTimeAsync(4100);
  expect(connection.state).toBe('offline');
  await vi.advanceTimersByTimeAsync(2000);
  expect(wire.opened).toBeGreaterThan(1);
  wire.accept();
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.state).toBe('online');
  connection.close();
});

test('a refusal for another build asks for a reload, one for the session does not', async () => {
  const { wire, connection, mismatches } = setUp();
  wire.cut({ kind: 'refused', reason: 'auth' });
  expect([connection.state, mismatches.length]).toEqual(['refused', 0]);
  wire.cut({ kind: 'refused', reason: 'build' });
  expect(mismatches).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(wire.opened).toBe(2);
  connection.close();
});

test('a closed connection stays closed', async () => {
  const { wire, connection } = setUp();
  wire.cut();
  connection.close();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(wire.opened).toBe(1);
});
