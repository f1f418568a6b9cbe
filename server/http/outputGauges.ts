import type { OutputHealth } from '#contract/wall.ts';
import type { Gauge } from './metrics.ts';

/** Figures of an output, as it last reported them. Shape: name → [help, value]. */
const FIGURES: Readonly<Record<string, readonly [help: string, of: (health: OutputHealth) => number | null]>> = {
  ioc_output_up: ['Whether the output is connected.', ({ connected }) => (connected ? 1 : 0)],
  ioc_output_revision: ['Revision of the wall that it shows.', ({ rev }) => rev],
  ioc_output_clock_error_ms: ['Error of its clock against the server, as it estimates it.', ({ clockErrorMs }) => clockErrorMs],
  ioc_output_skew_ms: ['How late it drew the last change after its moment.', ({ applyErrorMs }) => applyErrorMs],
  ioc_output_fps: ['Frames it drew per second.', ({ fps }) => fps],
  ioc_output_heap_bytes: ['Memory of its page.', ({ heapBytes }) => heapBytes],
  ioc_output_context_losses: ['Drawing contexts the browser took away since the page was opened.', ({ contextLosses }) => contextLosses],
};

/** Skew and health of every output, for Prometheus; of two windows of one output the one that spoke last. */
export function outputGauges(outputs: readonly OutputHealth[]): Gauge[] {
  const latest = new Map(outputs.toSorted((a, b) => a.seenAt - b.seenAt).map((health) => [`${health.wall}/${health.output}`, health]));
  return Object.entries(FIGURES).flatMap(([name, [help, of]]) =>
    [...latest.values()].flatMap((health) => {
      const value = of(health);
      return value === null ? [] : [{ name, help, value, labels: { wall: health.wall, output: health.output } }];
    }),
  );
}
