import type { SensorItem } from '#contract/topics/telemetry.ts';
import type { Random } from '../../kernel/random.ts';
import { congestionAt, hourOfDay } from './dayCurve.ts';
import { smoothNoise } from './smoothNoise.ts';
import table from './sensors.json' with { type: 'json' };
import type { Weather } from './weather.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Principal lunar half-day and lunisolar day tide. Units: hours, metres. */
const TIDES: readonly [hours: number, metres: number][] = [[12.4206, 0.28], [23.9345, 0.22], [25.8193, 0.16]];

/** How a kind of sensor answers to the city: each part times its weight. */
interface Response {
  unitOfMeasure: string;
  digits: number;
  base?: number;
  rain?: number;
  soaked?: number;
  tide?: number;
  sun?: number;
  congestion?: number;
  local?: number;
  threshold?: number;
  least?: number;
}

const RESPONSES: Record<string, Response> = table.kinds;

/** Readings of every sensor, as a function of the moment. */
export function createSensors(weather: Weather, random: Random): (at: number) => SensorItem[] {
  const noise = smoothNoise(random);
  return (at) => {
    const parts = {
      rain: weather.rainAt(at),
      soaked: weather.soakedAt(at),
      tide: TIDES.reduce((sum, [hours, metres]) => sum + metres * Math.cos((2 * Math.PI * at) / (hours * HOUR_MS)), 0),
      sun: Math.max(-0.6, Math.sin(((hourOfDay(at) - 8) / 12) * Math.PI)),
      congestion: congestionAt(at),
    };
    return table.sensors.map(({ ref, name, kind, position }) => {
      const response = RESPONSES[kind]!;
      const answered = (Object.keys(parts) as (keyof typeof parts)[]).reduce((sum, part) => sum + (response[part] ?? 0) * parts[part], response.base ?? 0);
      const wobble = (response.local ?? 0) * 2 * (noise(ref, at / (12 * MINUTE_MS)) - 0.5);
      // What answers to rain alone wobbles in proportion: a dry gauge reads zero.
      const value = response.base === undefined ? answered * (1 + wobble) - (response.threshold ?? 0) : answered + wobble;
      const least = response.least ?? (response.base === undefined ? 0 : -Infinity);
      return {
        key: `${ref}@${at}`, ref, at, kind, name, provenance: 'simulated',
        value: Number(Math.max(least, value).toFixed(response.digits)),
        unitOfMeasure: response.unitOfMeasure,
        position: position as [number, number],
      };
    });
  };
}
