import type { SensorState } from '#contract/topics/telemetry.ts';
import type { Settings } from './settings.ts';

/** A reading older than this is not the present. */
export const STALE_AFTER_MS = 15 * 60_000;

/** The chosen sensors in their order, else those of the chosen kinds, by kind and name. */
export function chosenSensors(sensors: readonly SensorState[], { kinds, refs }: Settings): SensorState[] {
  if (refs) return refs.flatMap((ref) => sensors.find((sensor) => sensor.ref === ref) ?? []);
  return sensors.filter((sensor) => !kinds || kinds.includes(sensor.kind)).sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name, 'vi'));
}
