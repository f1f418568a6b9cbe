import { okay, refused } from '#contract/faults.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import { escalate, escalationOf } from '../../domain/alert/escalation.ts';
import { wholeScope } from '../../domain/scope.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import { createLookLoop } from '../engine/lookLoop.ts';
import { alertTable } from '../topics/alert.ts';
import { changeOf, createDesk, type WorkDeps } from './desk.ts';

const LOOK_MS = 2000;
const MOST_AT_ONCE = 50;
const LATE = `t.state in ('raised', 'acknowledged', 'assigned', 'in-progress') and t.status = 'active' and t.duplicate_of is null and t.rehearsal is null
  and (t.due_at < $1 or (t.state = 'raised' and t.acknowledge_by < $1))`;

/** Lets late alerts climb. */
export interface Escalation extends Closable {
  /** One look at everything that is late. Returns how many alerts climbed. */
  look(): Promise<number>;
  close(): Promise<void>;
}

/** Looks every two seconds; several nodes may look at once, as a rung is written under the lock of its alert. */
export function createEscalation(deps: WorkDeps & { lookMs?: number }): Escalation {
  const { engine, clock, log } = deps;
  const desk = createDesk(deps);
  const { principal } = wholeScope('escalation');

  const climb = (id: string) =>
    desk.perform<AlertState>('alert.escalate', principal, async ({ tx, now }) => {
      const stored = await alertTable.readForUpdate(tx, id);
      if (!stored) return refused('NOT_FOUND');
      const state = escalate(stored.state, now);
      return okay({ reply: state, changes: [changeOf(alertTable, stored, state)] });
    });
  const look = async () => {
    const now = clock.now();
    const rows = await engine.query(`select ${alertTable.selects} from alert t where ${LATE} order by t.level, t.n`, [now]);
    const late = rows.map(alertTable.toState).filter((alert) => escalationOf(alert, now) > alert.escalated);
    for (const { id } of late.slice(0, MOST_AT_ONCE)) await climb(id);
    return Math.min(late.length, MOST_AT_ONCE);
  };

  const loop = createLookLoop({ look, everyMs: deps.lookMs ?? LOOK_MS, logger: log, who: 'late alerts' });
  return {
    look,
    close: loop.close,
  };
}
