import { expect, test } from 'vitest';
import { returnStartMemory } from './heap.ts';

test('what nobody holds any more is given back', async () => {
  const gone = new WeakRef(Array.from({ length: 1000 }, (_, n) => ({ n })));
  await new Promise((resolve) => setImmediate(resolve));
  returnStartMemory();
  expect(gone.deref()).toBeUndefined();
});
