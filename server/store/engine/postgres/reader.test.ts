import { expect, test } from 'vitest';
import { createSilentLog } from '../../../kernel/log.ts';
import type { Engine } from '../engine.ts';
import { createReader } from './reader.ts';

const engineOf = (rows: object[]) => ({ query: async () => rows, tx: async (work: (tx: object) => unknown) => work({}), narrow: async (_units: unknown, work: () => unknown) => work() }) as unknown as Engine;

test('without a copy the store itself is read, and nothing is told of one', async () => {
  const reader = createReader({ engine: engineOf([{ n: 1 }]), replicaUrl: '', log: createSilentLog() });
  expect([await reader.query('select 1'), reader.health()]).toEqual([[{ n: 1 }], undefined]);
  await reader.close();
});

test('a copy that nobody has reached yet is not read from', async () => {
  const reader = createReader({ engine: engineOf([{ epoch: 'e', seq: 1 }]), replicaUrl: 'postgresql://nobody@127.0.0.1:1/none', log: createSilentLog() });
  expect(reader.health()).toEqual({ state: 'away', behindMs: null });
  expect(await reader.query('select 1')).toEqual([{ epoch: 'e', seq: 1 }]);
  await reader.close();
});
