import type { SensorState } from '#contract/topics/telemetry.ts';

/** A reading older than this is not the present. */
export const STALE_AFTER_MS = 15 * 60_000;

const wordsShared = (a: readonly string[], b: readonly string[]): number => {
  const end = a.findIndex((word, index) => word !== b[index]);
  return end < 0 ? a.length : end;
};

/** The words from a place on; a number or a letter alone says nothing and keeps the word before it. */
function tail(words: readonly string[], from: number): string {
  const rest = words.slice(from).join(' ');
  return from > 0 && /^(\d|.{1,2}$)/u.test(rest) ? tail(words, from - 1) : rest;
}

/** Names without the words that all sensors of their kind begin with: on a narrow tile the end of a name tells them apart, and the unit tells the kind. */
export function shortNames(sensors: readonly Pick<SensorState, 'ref' | 'kind' | 'name'>[]): ReadonlyMap<string, string> {
  const shared = new Map<string, number>();
  for (const [kind, alike] of Map.groupBy(sensors, (sensor) => sensor.kind)) {
    const names = alike.map(({ name }) => name.split(' '));
    const least = Math.min(...names.map((words) => words.length - 1));
    shared.set(kind, names.length < 2 ? 0 : Math.min(least, ...names.slice(1).map((words) => wordsShared(names[0]!, words))));
  }
  return new Map(sensors.map(({ ref, kind, name }) => [ref, tail(name.split(' '), shared.get(kind) ?? 0).replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase('vi'))]));
}
