import type { Random } from '../../kernel/random.ts';
import table from './register.vi.json' with { type: 'json' };

const DAY_MS = 86_400_000;
const VIETNAM_MS = 7 * 3_600_000;
/** A month's figures come on its fifth following day, a day's dossiers at half past five in the evening. Units: ms. */
const FIGURES_AFTER_MS = 4 * DAY_MS + 9 * 3_600_000;
const DOSSIERS_AFTER_MS = 17.5 * 3_600_000;
const MONTHS = 12;

/** A row for one of the register's topics. */
export interface RegisterItem {
  topic: 'indicator' | 'dossier' | 'assignment';
  item: { key: string; ref: string; at: number; provenance: 'simulated'; unit: string } & Record<string, unknown>;
}

/** Figures of the fictitious agencies. Real units never appear here. */
export interface Register {
  /** Twelve months of indicators, three weeks of dossiers, the assignments. */
  opening(firstAt: number): RegisterItem[];
  between(from: number, to: number): RegisterItem[];
}

export function createRegister(tag: string, random: Random): Register {
  const figures = (from: number, to: number): RegisterItem[] =>
    monthsBetween(from - FIGURES_AFTER_MS, to - FIGURES_AFTER_MS).flatMap(({ period, month, endAt }) =>
      table.indicators.flatMap((indicator) =>
        indicator.units.map((unit): RegisterItem => {
          const ref = `indicator-${tag}-${indicator.code}-${unit}-${period}`;
          const value = valueOf(indicator, unit, month, random.fork(ref));
          return { topic: 'indicator', item: { key: ref, ref, at: endAt + FIGURES_AFTER_MS, provenance: 'simulated', unit, code: indicator.code, period, value } };
        }),
      ),
    );
  const dossiers = (from: number, to: number): RegisterItem[] =>
    daysBetween(from - DOSSIERS_AFTER_MS, to - DOSSIERS_AFTER_MS).flatMap(({ day, startAt, isWeekend }) =>
      table.dossiers.flatMap(({ unit, procedure, received: usual, overdueShare }): RegisterItem[] => {
        if (isWeekend) return [];
        const ref = `dossier-${tag}-${procedure}-${unit}-${day}`;
        const own = random.fork(ref);
        const received = Math.round(usual * (0.75 + 0.5 * own.next()));
        const overdue = Math.round(received * overdueShare * (0.4 + 1.2 * own.next()));
        return [{ topic: 'dossier', item: { key: ref, ref, at: startAt + DOSSIERS_AFTER_MS, provenance: 'simulated', unit, procedure, day, received, onTime: received - overdue, overdue, level: 'province' } }];
      }),
    );
  return {
    opening: (firstAt) => [
      ...figures(firstAt - (MONTHS + 1) * 31 * DAY_MS, firstAt).slice(-MONTHS * table.indicators.reduce((sum, { units }) => sum + units.length, 0)),
      ...dossiers(firstAt - table.dossierDays * DAY_MS, firstAt),
      ...table.assignments.map(({ unit, title, directive, dueInDays, progress, done }, index): RegisterItem => {
        const ref = `assignment-${tag}-${index + 1}`;
        const dueAt = (Math.floor((firstAt + VIETNAM_MS) / DAY_MS) + dueInDays) * DAY_MS + 10 * 3_600_000;
        return { topic: 'assignment', item: { key: ref, ref, at: dueAt - 45 * DAY_MS, provenance: 'simulated', unit, title, directive, dueAt, progress, ...(done ? { done } : {}) } };
      }),
    ],
    between: (from, to) => [...figures(from, to), ...dossiers(from, to)],
  };
}

function valueOf({ code, start, end, isCumulative, weak }: (typeof table.indicators)[number], unit: string, month: number, random: Random): number {
  const share = isCumulative ? month / 12 : 0.5 + 0.5 * Math.sin(((month - 3) / 6) * Math.PI);
  const usual = start + (end - start) * share;
  const weakness = new Map<string, number | undefined>(Object.entries(weak)).get(unit) ?? 1;
  return Number((usual * weakness * (0.985 + 0.03 * random.next())).toFixed(code === 'KTXH-06' ? 2 : 1));
}

/** Months (local) that end after `from` and not after `to`. */
function monthsBetween(from: number, to: number): { period: string; month: number; endAt: number }[] {
  const months = [];
  const first = new Date(from + VIETNAM_MS);
  for (let year = first.getUTCFullYear(), month = first.getUTCMonth(); ; month++) {
    const endAt = Date.UTC(year, month + 1, 1) - VIETNAM_MS;
    if (endAt > to) return months;
    const start = new Date(Date.UTC(year, month, 1));
    if (endAt > from) months.push({ period: start.toISOString().slice(0, 7), month: start.getUTCMonth() + 1, endAt });
  }
}

/** Days (local) that begin after `from` and not after `to`. */
function daysBetween(from: number, to: number): { day: string; startAt: number; isWeekend: boolean }[] {
  const days = [];
  for (let number = Math.floor((from + VIETNAM_MS) / DAY_MS) + 1; number * DAY_MS - VIETNAM_MS <= to; number++) {
    const date = new Date(number * DAY_MS);
    days.push({ day: date.toISOString().slice(0, 10), startAt: number * DAY_MS - VIETNAM_MS, isWeekend: date.getUTCDay() % 6 === 0 });
  }
  return days;
}
