import { okay } from '#contract/faults.ts';
import type { HandlingFigures, HandlingRow } from '#contract/handling.ts';
import { feedbackServiceOf } from '../../domain/feedback/services.ts';
import type { HandlingPort, HandlingQuery } from '../../domain/ports/handling.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Units } from '../../domain/units/units.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { visibleTo } from '../log/scopeFilter.ts';
import { guarded } from './guarded.ts';
import { handlingSql } from './handlingSql.ts';

type Row = Omit<HandlingFigures, 'overdueShare'> & { isWhole: boolean; group: string | null };

const NOTHING: HandlingFigures = {
  total: 0, simulated: 0, acknowledgeMs: null, acceptMs: null, resolveMs: null, resolveP90Ms: null, open: 0, overdue: 0, overdueShare: null, reopened: 0, rated: 0, ratingMean: null, ageing: [0, 0, 0, 0],
};

const figuresOf = ({ isWhole: _isWhole, group: _group, ...figures }: Row): HandlingFigures => ({ ...figures, reopened: figures.reopened ?? 0, overdueShare: figures.total === 0 ? null : figures.overdue / figures.total });

/** Reads how fast and how well work is done, with the period before for comparison. */
export function createHandling({ engine, clock, units }: { engine: Engine; clock: Pick<Clock, 'now'>; units: Pick<Units, 'get'> }): HandlingPort {
  const read = (scope: Scope, { of, by }: HandlingQuery, from: number, to: number): Promise<Row[]> => {
    const seen = visibleTo(scope, 'w', 4);
    return engine.query<Row>(handlingSql(of, by, seen.sql), [clock.now(), from, to, ...seen.params]);
  };
  const nameOf = ({ of, by }: HandlingQuery, group: string): string => {
    if (by === 'unit' || by === 'ward') return units.get(group)?.name ?? group;
    return by === 'category' && of === 'feedback' ? (feedbackServiceOf(group)?.name ?? group) : group;
  };
  return {
    board: (scope, query) =>
      guarded(async () => {
        const { from, to, of, by } = query;
        const now = await read(scope, query, from, to);
        const before = await read(scope, query, 2 * from - to, from);
        const earlier = new Map(before.filter(({ isWhole }) => !isWhole).map((row) => [row.group, figuresOf(row)]));
        const rows: HandlingRow[] = now
          .filter(({ isWhole }) => !isWhole)
          .map((row) => ({ group: row.group ?? '', name: nameOf(query, row.group ?? ''), now: figuresOf(row), before: by === 'period' ? null : (earlier.get(row.group) ?? null) }))
          .sort((a, b) => (by === 'period' ? a.group.localeCompare(b.group) : b.now.overdue - a.now.overdue || b.now.total - a.now.total || a.name.localeCompare(b.name, 'vi')));
        const wholeOf = (list: readonly Row[]) => list.filter(({ isWhole }) => isWhole).map(figuresOf)[0] ?? NOTHING;
        const whole = wholeOf(now);
        const provenance = whole.simulated === 0 ? 'real' : whole.simulated === whole.total ? 'simulated' : 'mixed';
        return okay({ from, to, of, by, provenance, rows, whole: { group: '', name: '', now: whole, before: wholeOf(before) } });
      }),
  };
}
