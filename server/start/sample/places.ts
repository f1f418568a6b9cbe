import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { SensorItem } from '#contract/topics/telemetry.ts';
import type { PackFile } from '../../domain/service/pack.ts';
import type { Random } from '../../kernel/random.ts';

const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;
const VIETNAM_HOURS = 7;
/** Share of its span by which a reading strays from its daily course. */
const STRAY = 0.06;
const STRAY_MS = 10 * 60_000;

/** One line of a service's `sample-places.csv`: a reading that goes from `low` to `high` each day, highest at hour `peak`. */
export interface SamplePlace {
  ref: string;
  name: string;
  kind: string;
  position: [number, number];
  low: number;
  high: number;
  peak: number;
  decimals: number;
}

/** The lines of all services whose folders hold a `sample-places.csv`. */
export function readSamplePlaces(root: string): SamplePlace[] {
  const services = join(root, 'server', 'services');
  const files = readdirSync(services).filter((name) => !name.startsWith('_')).map((name) => join(services, name, 'sample-places.csv'));
  return files.filter((file) => existsSync(file)).flatMap((file) =>
    (parse(readFileSync(file, 'utf8'), { columns: true, trim: true }) as Record<'ref' | 'name' | 'kind' | 'lon' | 'lat' | 'low' | 'high' | 'peak' | 'decimals', string>[]).map(({ ref, name, kind, lon, lat, low, high, peak, decimals }) => ({
      ref, name, kind, position: [Number(lon), Number(lat)], low: Number(low), high: Number(high), peak: Number(peak), decimals: Number(decimals),
    })),
  );
}

/** What every place reads at a moment; the same moment reads the same. A kind that no service watches any more is silent. */
export function placeReadings(places: readonly SamplePlace[], packs: Iterable<Pick<PackFile, 'gauges'>>, at: number, random: Random): SensorItem[] {
  const units = new Map([...packs].flatMap(({ gauges = [] }) => gauges.map(({ kind, unitOfMeasure }) => [kind, unitOfMeasure] as const)));
  const hour = (at / HOUR_MS + VIETNAM_HOURS) % DAY_HOURS;
  return places.flatMap(({ ref, name, kind, position, low, high, peak, decimals }): SensorItem[] => {
    const unitOfMeasure = units.get(kind);
    if (unitOfMeasure === undefined) return [];
    const course = 0.5 + 0.5 * Math.cos(((hour - peak) / DAY_HOURS) * 2 * Math.PI);
    const strayed = course + STRAY * (2 * random.fork(`${ref} ${Math.floor(at / STRAY_MS)}`).next() - 1);
    const value = low + (high - low) * Math.min(1, Math.max(0, strayed));
    return [{ key: `${ref}@${at}`, ref, at, kind, name, provenance: 'simulated', value: Number(value.toFixed(decimals)), unitOfMeasure, position }];
  });
}
