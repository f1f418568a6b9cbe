import { afterAll, expect, test } from 'vitest';
import { createSilentLog, type Log } from '../kernel/log.ts';
import { createTestEngine, testEngineKinds } from '../store/engine/testEngines.ts';
import { createClockOffset } from './clockOffset.ts';

const opened: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(opened.map((one) => one.close())));

/** A log that keeps what it was told as an error. */
function listening(): { log: Log; errors: object[] } {
  const errors: object[] = [];
  return { errors, log: { ...createSilentLog(), error: (facts: object) => void errors.push(facts) } as unknown as Log };
}

test.each(testEngineKinds())('on %s a clock that is five minutes behind is found and said', async (kind) => {
  const store = await createTestEngine(kind);
  opened.push(store);
  const { log, errors } = listening();
  const late = createClockOffset({ engine: store.engine, clock: { realNow: () => Date.now() - 300_000 }, log });
  expect(late.now()).toBeNull();
  await late.compare();
  if (kind === 'embedded') return void expect([late.now(), errors]).toEqual([null, []]);
  expect(late.now()).toBeGreaterThan(295_000);
  expect(late.now()).toBeLessThan(305_000);
  expect(errors).toEqual([{ offsetMs: late.now() }]);
});

test('a difference within two seconds is shown and not said', async () => {
  const { log, errors } = listening();
  const offset = createClockOffset({ engine: { kind: 'postgres', query: async () => [{ at: 11_500 }] as never }, clock: { realNow: () => 10_000 }, log });
  await offset.compare();
  expect([offset.now(), errors]).toEqual([1500, []]);
});
