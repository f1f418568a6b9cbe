/** States of a street, as the map colours them. */
export const FLOWS = ['free', 'slow', 'heavy', 'jammed'] as const;
export type Flow = (typeof FLOWS)[number];

/** Speed in percent of free flow → the state of the street. */
export function flowOf(percent: number): Flow {
  if (percent < 25) return 'jammed';
  if (percent < 45) return 'heavy';
  return percent < 70 ? 'slow' : 'free';
}

/** Streets by state; `moving` are those on which one gets along. */
export function flowsOf(columns: { count: number; kind: Uint8Array }): Record<Flow, number> & { total: number; moving: number } {
  const flows = { free: 0, slow: 0, heavy: 0, jammed: 0 };
  for (const percent of columns.kind.subarray(0, columns.count)) flows[flowOf(percent)]++;
  return { ...flows, total: columns.count, moving: flows.free + flows.slow };
}
