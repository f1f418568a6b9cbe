import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSlotRows } from './slotRows.ts';

test('dense, growing and stray slots agree with a plain map', () => {
  const slot = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1000, max: 5000 }), fc.constantFrom(2 ** 20 - 1, 2 ** 20, 2 ** 32 - 1));
  fc.assert(
    fc.property(fc.array(fc.record({ slot, row: fc.nat(99), what: fc.constantFrom('set', 'set', 'delete', 'clear') })), (acts) => {
      const rows = createSlotRows();
      const model = new Map<number, number>();
      for (const { slot: at, row, what } of acts) {
        if (what === 'clear') [rows, model].forEach((one) => one.clear());
        else if (what === 'delete') [rows, model].forEach((one) => void one.delete(at));
        else [rows, model].forEach((one) => void one.set(at, row));
      }
      for (const { slot: at } of acts) expect(rows.get(at)).toBe(model.get(at));
    }),
    { numRuns: 50 },
  );
});
