import type { Effect } from '../../domain/scenario/playhead.ts';
import type { Queryable } from '../engine/engine.ts';
import { holds } from './conditions.ts';
import { idOfRun, type RunRow } from './runRows.ts';

/** Where the clock stands that deeds are judged by: it stops for no pause and jumps with no step, for an alarm does not wait either. */
const judgedMs = ({ head }: Pick<RunRow, 'head'>): number => head.lastedMs ?? head.atMs;

/** Expected checks of the steps that were just shown begin to count. */
export function openChecks(row: RunRow, effects: readonly Effect[]): RunRow {
  const shown = new Set(effects.flatMap((effect) => (effect.do === 'show' ? [effect.step] : [])));
  if (shown.size === 0 || !row.isRehearsal) return row;
  const known = new Set(row.checks.map(({ check }) => check));
  const opened = row.spec.steps.flatMap((step, index) =>
    index > row.head.step ? [] : (step.checks ?? []).filter(({ id }) => !known.has(id)).map(({ id, says, points = 0 }) => ({ step: step.id, check: id, says, state: 'open' as const, points, tookS: null, openedMs: judgedMs(row) })),
  );
  return opened.length === 0 ? row : { ...row, checks: [...row.checks, ...opened] };
}

/** Looks which open checks are met, and which ran out of time. */
export async function settleChecks(db: Queryable, row: RunRow): Promise<RunRow> {
  if (!row.checks.some(({ state }) => state === 'open')) return row;
  const checks: RunRow['checks'] = [];
  for (const one of row.checks) {
    const told = row.spec.steps.flatMap((step) => step.checks ?? []).find(({ id }) => id === one.check);
    if (one.state !== 'open' || !told) {
      checks.push(one);
      continue;
    }
    const tookS = Math.max(0, Math.round((judgedMs(row) - one.openedMs) / 1000));
    const isInTime = tookS <= told.withinS;
    if (isInTime && (await holds(db, idOfRun(row.n), told.when))) checks.push({ ...one, state: 'met', tookS });
    else checks.push(isInTime && row.phase !== 'ended' ? one : { ...one, state: 'missed' });
  }
  return { ...row, checks };
}
