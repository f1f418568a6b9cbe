import { expect, test } from 'vitest';
import type { OutputHealth } from '#contract/wall.ts';
import { createMetrics } from './metrics.ts';
import { outputGauges } from './outputGauges.ts';

const health: OutputHealth = { wall: 'w2x2', output: 'r1c1', rev: 7, appliedAt: 1, applyErrorMs: 4.5, clockErrorMs: -0.12, fps: 60, heapBytes: null, contextLosses: 1, pageState: 'live', connected: true, seenAt: 10, client: 'a' };

test('skew, clock error and health of an output are figures of /metrics; what is unknown is left out', () => {
  const text = createMetrics().render(outputGauges([health]));
  for (const line of ['ioc_output_up{wall="w2x2",output="r1c1"} 1', 'ioc_output_skew_ms{wall="w2x2",output="r1c1"} 4.5', 'ioc_output_clock_error_ms{wall="w2x2",output="r1c1"} -0.12', 'ioc_output_revision{wall="w2x2",output="r1c1"} 7']) expect(text).toContain(line);
  expect(text).not.toContain('ioc_output_heap_bytes');
});

test('of two windows of one output the one that spoke last counts', () => {
  const gauges = outputGauges([{ ...health, seenAt: 20, rev: 9, client: 'b' }, health]);
  expect(gauges.filter(({ name }) => name === 'ioc_output_revision').map(({ value }) => value)).toEqual([9]);
});
