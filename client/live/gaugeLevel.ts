import type { SensorState } from '#contract/topics/telemetry.ts';

/** How far a reading is from what is usual for its kind. */
export type GaugeLevel = 'red' | 'amber' | 'normal';

/** A reading nobody set bounds for is normal. */
export function gaugeLevel({ value, bounds }: Pick<SensorState, 'value' | 'bounds'>): GaugeLevel {
  if (!bounds) return 'normal';
  const reaches = (bound: number) => (bounds.worse === 'above' ? value >= bound : value <= bound);
  return reaches(bounds.red) ? 'red' : reaches(bounds.amber) ? 'amber' : 'normal';
}

const RANK: Record<GaugeLevel, number> = { red: 0, amber: 1, normal: 2 };
/** The gravest first. */
export const byGaugeLevel = (a: Pick<SensorState, 'value' | 'bounds'>, b: Pick<SensorState, 'value' | 'bounds'>): number => RANK[gaugeLevel(a)] - RANK[gaugeLevel(b)];
