import type { Provenance } from '#contract/base.ts';
import type { ComparedFigure, ServiceMonth, SourceScore } from '#contract/service.ts';
import type { Indicator } from '../indicator/catalogue.ts';
import { reportDueAt } from '../indicator/evaluate.ts';
import { endOf, periodOf } from '../indicator/period.ts';

const OFFSET_MS = 7 * 3_600_000;

/** One value as one source last told it. Units: epoch ms; `heardAt` is when it was in our hands. */
export interface ToldValue {
  code: string;
  unit: string;
  period: string;
  source: string;
  value: number | null;
  at: number;
  heardAt: number;
  provenance: Provenance;
}

/** Days of a source and how alive it was, 0 to 1. */
export interface SourceDay {
  source: string;
  day: string;
  live: number;
}

/** A case of the service. Units: epoch ms. */
export interface ServiceCase {
  openedAt: number;
  closedAt: number | null;
}

type Known = ReadonlyMap<string, Indicator>;

const mean = (all: readonly number[]) => (all.length === 0 ? null : all.reduce((sum, one) => sum + one, 0) / all.length);
const medianOf = (all: readonly number[]) => (all.length === 0 ? null : all.toSorted((a, b) => a - b)[Math.floor((all.length - 1) / 2)]!);
const monthOf = (at: number) => new Date(at + OFFSET_MS).toISOString().slice(0, 7);

/** How long after its period a value came, and whether after its deadline. Units: ms. */
function timing({ code, period, heardAt }: ToldValue, known: Known): { latencyMs: number; isLate: boolean } | undefined {
  const indicator = known.get(code);
  const at = periodOf(period);
  if (!indicator || !at || at.kind !== indicator.period) return undefined;
  return { latencyMs: Math.max(0, heardAt - endOf(at.kind, at.index)), isLate: heardAt > reportDueAt(indicator, at.index) };
}

/** Figures that more than one source tells, side by side: those that differ first, by how much. */
export function compare(told: readonly ToldValue[], known: Known): ComparedFigure[] {
  const groups = Map.groupBy(told, ({ code, unit, period }) => `${code} ${unit} ${period}`);
  const rows = [...groups.values()].flatMap((group): ComparedFigure[] => {
    const [first] = group;
    const indicator = known.get(first!.code);
    if (!indicator || new Set(group.map(({ source }) => source)).size < 2) return [];
    const { code, unit, period } = first!;
    const said = group.toSorted((a, b) => a.source.localeCompare(b.source)).map(({ source, value, at, provenance }) => ({ source, value, at, provenance }));
    const values = said.flatMap(({ value }) => (value === null ? [] : [value]));
    const spread = values.length === 0 ? 0 : Number((Math.max(...values) - Math.min(...values)).toPrecision(12));
    return [{ code, name: indicator.name, unitOfMeasure: indicator.unitOfMeasure, unit, period, said, spread, isDiffering: spread > 0 || values.length !== said.length }];
  });
  return rows.sort((a, b) => Number(b.isDiffering) - Number(a.isDiffering) || b.period.localeCompare(a.period) || a.code.localeCompare(b.code) || a.unit.localeCompare(b.unit));
}

/** Each source as it was in use: how soon, how often late, how much of the time alive. */
export function scoresOf(told: readonly ToldValue[], days: readonly SourceDay[], names: ReadonlyMap<string, string>, known: Known): SourceScore[] {
  const scores = [...Map.groupBy(told, ({ source }) => source)].map(([source, values]): SourceScore => {
    const timed = values.map((one) => timing(one, known)).filter((one) => one !== undefined);
    const provenances = new Set(values.map(({ provenance }) => provenance));
    return {
      source,
      name: names.get(source) ?? source,
      values: values.length,
      indicators: new Set(values.map(({ code }) => code)).size,
      latencyMs: medianOf(timed.map(({ latencyMs }) => latencyMs)),
      overdueShare: mean(timed.map(({ isLate }) => Number(isLate))),
      uptime: mean(days.filter((day) => day.source === source).map(({ live }) => live)),
      lastAt: Math.max(...values.map(({ heardAt }) => heardAt)),
      provenance: provenances.size === 1 ? values[0]!.provenance : 'mixed',
    };
  });
  return scores.sort((a, b) => b.values - a.values || a.source.localeCompare(b.source));
}

/** What was used in each month, newest first: the sheet for acceptance and payment. */
export function monthsOf(told: readonly ToldValue[], days: readonly SourceDay[], cases: readonly ServiceCase[], known: Known): ServiceMonth[] {
  const sources = new Set(told.map(({ source }) => source));
  const byMonth = Map.groupBy(told, ({ heardAt }) => monthOf(heardAt));
  const months = new Set([...byMonth.keys(), ...cases.map(({ openedAt }) => monthOf(openedAt))]);
  return [...months].sort().reverse().map((month) => {
    const values = byMonth.get(month) ?? [];
    return {
      month,
      values: values.length,
      late: values.filter((one) => timing(one, known)?.isLate).length,
      units: new Set(values.map(({ unit }) => unit)).size,
      uptime: mean(days.filter(({ source, day }) => sources.has(source) && day.startsWith(month)).map(({ live }) => live)),
      cases: cases.filter(({ openedAt }) => monthOf(openedAt) === month).length,
      casesClosed: cases.filter(({ closedAt }) => closedAt !== null && monthOf(closedAt) === month).length,
    };
  });
}
