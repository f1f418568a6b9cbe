import type { Decision } from '#contract/decision.ts';
import { okay, refused } from '#contract/faults.ts';
import type { Principal, Role } from '#contract/roles.ts';
import type { CommandHandler, CommandHandlers } from '../../domain/ports/work.ts';
import type { DecisionsPort } from '../../domain/ports/briefing.ts';
import { sees } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import type { Direction } from '../red/requests.ts';
import { handlingRequestTable } from '../topics/handlingRequest.ts';
import type { Walls } from './walls.ts';

const DECIDERS: ReadonlySet<Role> = new Set<Role>(['leader', 'operator', 'admin']);
const COLUMNS = `'de-' || id as id, wall, rev, at, made_by_name as by, request_id as request`;

interface Deps {
  engine: Engine;
  clock: Pick<Clock, 'now'>;
  walls: Pick<Walls, 'current'>;
  /** Makes the task: a direction to a unit; one of a rehearsal is told so. */
  issue: (actor: Principal, direction: Direction) => ReturnType<CommandHandler<'direction.issue'>>;
}

/** Decisions taken in front of a wall: each becomes a handling request at once, and remembers what the wall showed. */
export function createDecisions({ engine, clock, walls, issue }: Deps): DecisionsPort & { commands: CommandHandlers } {
  return {
    commands: {
      async 'decision.make'(actor, { wall, unit, text, dueAt, caseId }) {
        if (!actor.roles.some((role) => DECIDERS.has(role))) return refused('AUTH_FORBIDDEN');
        const shown = walls.current(wall);
        if (!shown.ok) return shown;
        const { story } = shown.value.state;
        const issued = await issue(actor, { unit, text, dueAt, ...(caseId === undefined ? {} : { caseId }), ...(story?.isRehearsal ? { rehearsal: story.run } : {}) });
        if (!issued.ok) return issued;
        const [made] = await engine.query<Omit<Decision, 'request'>>(
          `insert into wall_decision (wall, rev, at, request_id, made_by, made_by_name) values ($1, $2, $3, $4, $5, $6)
           returning 'de-' || id as id, wall, rev, at, made_by_name as by`,
          [wall, shown.value.rev, Math.round(clock.now()), issued.value.id, actor.id, actor.name],
        );
        return okay({ ...made!, request: issued.value });
      },
    },
    async between(wall, from, until, scope) {
      try {
        const rows = await engine.query<Omit<Decision, 'request'> & { request: string }>(`select ${COLUMNS} from wall_decision where wall = $1 and at >= $2 and at <= $3 order by at, id`, [wall, from, until]);
        const stored = await handlingRequestTable.read(engine, rows.map(({ request }) => request));
        const requests = new Map(stored.map(({ state }) => [state.id, state]));
        return okay(
          rows.flatMap((row) => {
            const request = requests.get(row.request);
            return request && sees(scope, request.unit, request.ward) ? [{ ...row, request }] : [];
          }),
        );
      } catch (error) {
        if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
        throw error;
      }
    },
  };
}
