import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Catalogue, Indicator } from '../../domain/indicator/catalogue.ts';
import { reportDueAt } from '../../domain/indicator/evaluate.ts';
import { endOf, indexAt, nameOf } from '../../domain/indicator/period.ts';
import type { Random } from '../../kernel/random.ts';

const DAY_MS = 86_400_000;
const YEARS = 3;

/** One line of a service's `sample.csv`: how an indicator went at a fictitious agency, from the first value to the last. `swing` is the share by which it strays. `source`: a vendor of its own who tells it, `lagDays` after the period; else the city does, in time. */
export interface SampleLine {
  code: string;
  unit: string;
  first: number;
  last: number;
  swing: number;
  decimals: number;
  source: string;
  lagDays: number | null;
}

/** What goes through the door, and whose door key it goes with. */
export interface SampleValue {
  source: string;
  item: SampleItem;
}

export interface SampleItem {
  key: string;
  ref: string;
  at: number;
  provenance: 'simulated';
  unit: string;
  code: string;
  period: string;
  value: number;
}

/** The lines of all services whose folders hold a `sample.csv`. */
export function readSampleLines(root: string): SampleLine[] {
  const services = join(root, 'server', 'services');
  const files = readdirSync(services).filter((name) => !name.startsWith('_')).map((name) => join(services, name, 'sample.csv'));
  return files.filter((file) => existsSync(file)).flatMap((file) =>
    (parse(readFileSync(file, 'utf8'), { columns: true, trim: true }) as (Record<'code' | 'unit' | 'first' | 'last' | 'swing', string> & { source?: string; lag?: string })[]).map(({ code, unit, first, last, swing, source = '', lag = '' }) => ({
      code, unit, first: Number(first), last: Number(last), swing: Number(swing), decimals: last.split('.')[1]?.length ?? 0, source, lagDays: lag === '' ? null : Number(lag),
    })),
  );
}

const periodsOf = ({ period }: Indicator, at: number): number[] => {
  const newest = indexAt(period, at) - 1;
  const oldest = indexAt(period, at - YEARS * 366 * DAY_MS);
  return Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, place) => oldest + place);
};

/** Three years of every indicator that has a line, each value told within its deadline unless a line says otherwise. `random` is forked by name, so that the same value comes out whenever it is asked for. */
export function sampleHistory(lines: readonly SampleLine[], { indicators }: Pick<Catalogue, 'indicators'>, at: number, random: Random): SampleValue[] {
  return lines.flatMap(({ code, unit, first, last, swing, decimals, source, lagDays }) => {
    const indicator = indicators.get(code);
    if (!indicator) return [];
    return periodsOf(indicator, at).flatMap((index, place, all): SampleValue[] => {
      const ref = `history-${code}-${unit}-${nameOf(indicator.period, index)}${source === '' ? '' : `-${source}`}`;
      const told = lagDays === null ? Math.min(reportDueAt(indicator, index) - DAY_MS, endOf(indicator.period, index) + 2 * DAY_MS) : endOf(indicator.period, index) + lagDays * DAY_MS;
      if (told > at) return [];
      const share = all.length < 2 ? 1 : place / (all.length - 1);
      const value = (first + (last - first) * share) * (1 + swing * (2 * random.fork(ref).next() - 1));
      const bounded = indicator.ofWhole ? Math.min(100, Math.max(0, value)) : value;
      return [{ source, item: { key: ref, ref, at: told, provenance: 'simulated', unit, code, period: nameOf(indicator.period, index), value: Number(bounded.toFixed(decimals)) } }];
    });
  });
}
