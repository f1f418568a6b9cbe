/** Free room of the disk at a moment. Units: epoch ms, bytes. */
export interface DiskSample {
  at: number;
  freeBytes: number;
}

/** A trend over less than this says nothing. */
const LEAST_SPAN_MS = 10 * 60_000;
/** Further away than this is no forecast. */
const FARTHEST_MS = 365 * 86_400_000;

/** When the disk will be full if it goes on as over `samples` (oldest first), by least squares; null while there is no trend. */
export function forecastFull(samples: readonly DiskSample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at - first.at < LEAST_SPAN_MS) return null;
  const meanAt = mean(samples.map(({ at }) => at - first.at));
  const meanFree = mean(samples.map(({ freeBytes }) => freeBytes));
  let along = 0;
  let spread = 0;
  for (const { at, freeBytes } of samples) {
    const x = at - first.at - meanAt;
    along += x * (freeBytes - meanFree);
    spread += x * x;
  }
  const bytesPerMs = along / spread;
  if (!(bytesPerMs < 0)) return null;
  const leftMs = last.freeBytes / -bytesPerMs;
  return leftMs > FARTHEST_MS ? null : Math.round(last.at + leftMs);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
