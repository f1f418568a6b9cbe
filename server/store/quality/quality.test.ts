import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSilentLog } from '../../kernel/log.ts';
import { createRedBench, type RedBench } from '../red/testing/bench.ts';
import { createQuality } from './quality.ts';

let bench: RedBench;
beforeAll(async () => {
  bench = await createRedBench('embedded');
});
afterAll(() => bench.close());

it('counts a value told otherwise against the source that told it, and never two vendors against each other', async () => {
  const quality = createQuality({ engine: bench.engine, clock: bench.clock, log: createSilentLog(), red: bench.red });
  const scores = async () => {
    const read = await quality.read();
    return read.ok ? read.value.items.find(({ kind, id }) => kind === 'indicator' && id === 'UP')?.scores : undefined;
  };
  const tell = async (key: string, period: string, value: number, vendor: string) => {
    await bench.send('indicator', [{ key, at: bench.clock.now(), unit: 'SM-A', code: 'UP', period, value }], { id: vendor });
  };
  for (const period of ['2026-06', '2026-07', '2026-08', '2026-09']) {
    await tell(`a-${period}`, period, 90, 'vendor-a');
    await tell(`b-${period}`, period, 80, 'vendor-b');
  }
  expect(await scores()).toMatchObject({ correct: 100, clean: 100 });
  bench.clock.move({ at: bench.clock.now() + 1000 });
  await tell('a-again', '2026-09', 91, 'vendor-a');
  expect(await scores()).toMatchObject({ correct: 87.5, clean: 100 });
  await tell('b-again', '2026-09', 80, 'vendor-b');
  expect(await scores()).toMatchObject({ correct: 87.5, clean: expect.closeTo(88.9, 1) });
  await quality.close();
});
