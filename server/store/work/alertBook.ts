import { okay } from '#contract/faults.ts';
import { loadOf } from '../../domain/flood/load.ts';
import { rowsOf, type FloodAlert } from '../../domain/flood/rows.ts';
import type { AlertBookPort } from '../../domain/ports/alertBook.ts';
import type { Scope } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { visibleTo } from '../log/scopeFilter.ts';
import { alertTable } from '../topics/alert.ts';
import { guarded } from './guarded.ts';
import { readTimeline } from './timeline.ts';

const HOUR_MS = 3_600_000;
const MOST = 20_000;

/** Reads alerts as a person at the desk has to deal with them. */
export function createAlertBook({ engine, clock }: { engine: Engine; clock: Pick<Clock, 'now'> }): AlertBookPort {
  const read = async (scope: Scope, condition: string, ...params: unknown[]): Promise<FloodAlert[]> => {
    const seen = visibleTo(scope, 't', params.length + 1);
    const rows = await engine.query(`select ${alertTable.selects} from alert t where ${condition} and ${seen.sql} order by t.n desc limit ${MOST}`, [...params, ...seen.params]);
    return rows.map(alertTable.toState);
  };
  return {
    rows: (scope) =>
      guarded(async () => {
        const at = clock.now();
        const alerts = await read(scope, `t.state <> 'closed' and t.duplicate_of is null and coalesce(t.shelved_until, 0) <= $1`, at);
        return okay({ rows: rowsOf(alerts, at), alerts: alerts.length, at });
      }),
    load: (scope, hours) =>
      guarded(async () => {
        const to = clock.now();
        const from = to - hours * HOUR_MS;
        return okay(loadOf(await read(scope, `t.rehearsal is null and (t.raised_at >= $1 or t.state not in ('resolved', 'verified', 'closed'))`, from), { from, to }));
      }),
    timeline: (scope, topic, id) => guarded(() => readTimeline(engine, scope, topic, id)),
  };
}
