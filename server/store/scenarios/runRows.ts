import type { CheckResult, RemovalReceipt, RunPhase, Scenario, ScenarioRun, ScenarioWaiver } from '#contract/scenario.ts';
import type { Playhead } from '../../domain/scenario/playhead.ts';
import type { Queryable } from '../engine/engine.ts';

/** Wakes every node when a run changed. */
export const RUN_CHANNEL = 'scenario_run';

/** A run as it is kept. `head` is as of domain time `sinceAt`. */
export interface RunRow {
  n: number;
  rev: number;
  scenario: string;
  spec: Scenario;
  wall: string;
  isRehearsal: boolean;
  head: Playhead;
  sinceAt: number;
  phase: RunPhase;
  cameras: Record<string, string[]>;
  things: Record<string, string>;
  checks: (CheckResult & { openedMs: number })[];
  startedBy: string;
  startedName: string;
  startedAt: number;
  endedAt: number | null;
  leaseHolder: string | null;
  leaseUntil: number;
  receipt: RemovalReceipt | null;
  waiver: ScenarioWaiver | null;
}

const COLUMNS = `n, rev, scenario, spec, wall, is_rehearsal as "isRehearsal", head, since_at as "sinceAt", phase, cameras, things, checks,
  started_by as "startedBy", started_name as "startedName", started_at as "startedAt", ended_at as "endedAt",
  lease_holder as "leaseHolder", lease_until as "leaseUntil", receipt, waiver`;

export const idOfRun = (n: number): string => `run-${n}`;
const numberOf = (id: string): number => Number(/^run-([1-9]\d{0,14})$/.exec(id)?.[1] ?? 0);

export async function readRun(db: Queryable, id: string): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(`select ${COLUMNS} from scenario_run where n = $1`, [numberOf(id)]);
  return row;
}

/** Runs that go on, or whose rehearsal still has things in the city. */
export const readOpenRuns = (db: Queryable): Promise<RunRow[]> =>
  db.query<RunRow>(`select ${COLUMNS} from scenario_run where phase in ('running', 'waiting', 'paused') or (is_rehearsal and phase = 'ended') order by n`);

export const readRuns = (db: Queryable): Promise<RunRow[]> => db.query<RunRow>(`select ${COLUMNS} from scenario_run order by n desc limit 200`);

type NewRun = Pick<RunRow, 'scenario' | 'spec' | 'wall' | 'isRehearsal' | 'head' | 'sinceAt' | 'cameras' | 'startedBy' | 'startedName' | 'leaseHolder' | 'leaseUntil' | 'waiver'>;

/** Begins a run. Returns undefined when the wall has one already. */
export async function insertRun(db: Queryable, run: NewRun): Promise<RunRow | undefined> {
  const [row] = await db.query<RunRow>(
    `insert into scenario_run (scenario, spec, wall, is_rehearsal, head, since_at, phase, cameras, started_by, started_name, started_at, lease_holder, lease_until, waiver)
     values ($1, $2, $3, $4, $5, $6, 'running', $7, $8, $9, $6, $10, $11, $12)
     on conflict (wall) where phase in ('running', 'waiting', 'paused') do nothing returning ${COLUMNS}`,
    [run.scenario, JSON.stringify(run.spec), run.wall, run.isRehearsal, JSON.stringify(run.head), run.sinceAt, JSON.stringify(run.cameras), run.startedBy, run.startedName, run.leaseHolder, run.leaseUntil, run.waiver && JSON.stringify(run.waiver)],
  );
  return row;
}

/** Writes a run over the row it was read from. Returns false when somebody else wrote it meanwhile. */
export async function writeRun(db: Queryable, row: RunRow): Promise<boolean> {
  const rows = await db.query(
    `update scenario_run set rev = rev + 1, head = $3, since_at = $4, phase = $5, things = $6, checks = $7, ended_at = $8, lease_holder = $9, lease_until = $10, receipt = $11
     where n = $1 and rev = $2 returning n`,
    [row.n, row.rev, JSON.stringify(row.head), row.sinceAt, row.phase, JSON.stringify(row.things), JSON.stringify(row.checks), row.endedAt, row.leaseHolder, row.leaseUntil, row.receipt && JSON.stringify(row.receipt)],
  );
  if (rows.length > 0) await db.query(`select pg_notify('${RUN_CHANNEL}', '')`);
  return rows.length > 0;
}

/** Takes the lease of a run that nobody holds any more. Returns false when another was first. Units: real time. */
export async function takeLease(db: Queryable, { n, rev }: RunRow, holder: string, now: number, until: number): Promise<boolean> {
  const rows = await db.query('update scenario_run set lease_holder = $3, lease_until = $4, rev = rev + 1 where n = $1 and rev = $2 and (lease_until <= $5 or lease_holder = $3) returning n', [n, rev, holder, until, now]);
  return rows.length > 0;
}

/** A run as everybody may see it. */
export function publicRun(row: RunRow): ScenarioRun {
  const { spec, head, checks } = row;
  const isScored = spec.kind === 'training';
  const outOf = spec.steps.flatMap((step) => step.checks ?? []).reduce((sum, { points = 0 }) => sum + points, 0);
  return {
    id: idOfRun(row.n), scenario: row.scenario, name: spec.name, wall: row.wall, isRehearsal: row.isRehearsal, isAuto: head.isAuto, phase: row.phase, rate: head.rate,
    atMs: Math.floor(head.atMs), sinceAt: row.sinceAt, lengthMs: spec.clock.lengthS * 1000, step: Math.max(0, head.step), steps: spec.steps.length, sent: head.sentTo,
    startedBy: row.startedName, startedAt: row.startedAt, endedAt: row.endedAt,
    checks: checks.map(({ openedMs: _opened, ...check }) => check),
    score: isScored ? checks.reduce((sum, { state, points }) => sum + (state === 'met' ? points : 0), 0) : null,
    outOf: isScored ? outOf : null,
    passAt: isScored ? (spec.passAt ?? outOf) : null,
    receipt: row.receipt,
    waiver: row.waiver,
  };
}
