import type { SensorState } from '#contract/topics/telemetry.ts';
import type { Settings } from './settings.ts';

/** A reading older than this is not the present. */
export const STALE_AFTER_MS = 15 * 60_000;

/** The chosen sensors in their order, else those of the chosen kinds, by kind and name. */
export function chosenSensors(sensors: readonly SensorState[], { kinds, refs }: Settings): SensorState[] {
  if (refs) return refs.flatMap((ref) => sensors.find((sensor) => sensor.ref === ref) ?? []);
  return sensors.filter((sensor) => !kinds || kinds.includes(sensor.kind)).sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name, 'vi'));
}

const wordsShared = (a: readonly string[], b: readonly string[]): number => {
  const end = a.findIndex((word, index) => word !== b[index]);
  return end < 0 ? a.length : end;
};

/** Names without the words that all sensors of their kind begin with: on a narrow tile the end of a name tells them apart, and the unit tells the kind. */
export function shortNames(sensors: readonly Pick<SensorState, 'ref' | 'kind' | 'name'>[]): ReadonlyMap<string, string> {
  const shared = new Map<string, number>();
  for (const [kind, alike] of Map.groupBy(sensors, (sensor) => sensor.kind)) {
    const names = alike.map(({ name }) => name.split(' '));
    const least = Math.min(...names.map((words) => words.length - 1));
    shared.set(kind, names.length < 2 ? 0 : Math.min(least, ...names.slice(1).map((words) => wordsShared(names[0]!, words))));
  }
  return new Map(sensors.map(({ ref, kind, name }) => [ref, name.split(' ').slice(shared.get(kind)).join(' ').replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('vi'))]));
}
