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
const byGaugeLevel = (a: Pick<SensorState, 'value' | 'bounds'>, b: Pick<SensorState, 'value' | 'bounds'>): number => RANK[gaugeLevel(a)] - RANK[gaugeLevel(b)];

const byValue = (a: SensorState, b: SensorState): number => (a.bounds?.worse === 'below' ? a.value - b.value : b.value - a.value);

/** What a board of sensors is told to show. */
export interface SensorChoice {
  kinds?: readonly string[] | undefined;
  refs?: readonly string[] | undefined;
}

/** The chosen sensors in their order, else those of the chosen kinds: what is past its bounds first, then by kind, the most telling value first. */
export function chosenSensors(sensors: readonly SensorState[], { kinds, refs }: SensorChoice): SensorState[] {
  if (refs) return refs.flatMap((ref) => sensors.find((sensor) => sensor.ref === ref) ?? []);
  return sensors.filter((sensor) => !kinds || kinds.includes(sensor.kind)).sort((a, b) => byGaugeLevel(a, b) || a.kind.localeCompare(b.kind) || byValue(a, b) || a.name.localeCompare(b.name, 'vi'));
}
