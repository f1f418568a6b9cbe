import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSilentLog } from '../../../kernel/log.ts';
import { createPulse } from './pulse.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(arrives: () => boolean) {
  const wakes = new Set<() => void>();
  let woken = 0;
  const listener = {
    listen: async (_channel: string, wake: () => void) => {
      wakes.add(wake);
      return { close: () => void wakes.delete(wake) };
    },
    wakeAll: () => {
      woken++;
      for (const wake of wakes) wake();
    },
  };
  const notify = async () => void (arrives() && wakes.forEach((wake) => wake()));
  return { listener, notify, woken: () => woken };
}

test('what arrives is measured', async () => {
  const { listener, notify, woken } = stage(() => true);
  const pulse = await createPulse({ listener, notify, log: createSilentLog(), elapsed: () => 7 });
  await vi.advanceTimersByTimeAsync(20_000);
  expect([pulse.lagMs(), woken()]).toEqual([0, 0]);
  await pulse.close();
});

test('while nothing arrives everybody is woken every second, until it arrives again', async () => {
  let isOpen = false;
  const { listener, notify, woken } = stage(() => isOpen);
  const pulse = await createPulse({ listener, notify, log: createSilentLog(), elapsed: () => 7 });
  await vi.advanceTimersByTimeAsync(10_500);
  expect(pulse.lagMs()).toBe(null);
  expect(woken()).toBeGreaterThanOrEqual(5);
  isOpen = true;
  await vi.advanceTimersByTimeAsync(5000);
  const before = woken();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([pulse.lagMs(), woken()]).toEqual([0, before]);
  await pulse.close();
});
