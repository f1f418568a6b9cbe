import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { Principal } from '#contract/roles.ts';
import type { RunPhase, Step } from '#contract/scenario.ts';
import { planOf, type Plan } from '../../domain/scenario/plan.ts';
import { advance, lasted, type Moved, type Playhead } from '../../domain/scenario/playhead.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { openChecks, settleChecks } from './checks.ts';
import { holds } from './conditions.ts';
import { idOfRun, readOpenRuns, readRun, RUN_CHANNEL, takeLease, writeRun, type RunRow } from './runRows.ts';
import type { World } from './world.ts';

/** How long a node may be silent before another moves its runs. Units: ms, real time. */
export const LEASE_MS = 2000;
const LOOK_MS = 100;
const KEEP_MS = 500;
const REFRESH_MS = 1000;

export interface Runner extends Closable {
  /** Runs that go on, or whose rehearsal is still there. */
  open(): readonly RunRow[];
  /** Takes in a run that was just begun. */
  adopt(row: RunRow): void;
  /** Carries out one move of a run: what follows in the world first, then the row, so that a crash between them repeats it harmlessly. Fails: SCENARIO_UNKNOWN, SCENARIO_OVER and whatever `decide` refuses. */
  move(run: string, actor: Principal, why: string, decide: (row: RunRow, plan: Plan) => Outcome<Moved>): Promise<Outcome<RunRow>>;
  /** Changes a row that is not moving. */
  change(run: string, decide: (row: RunRow) => Promise<Outcome<RunRow>>): Promise<Outcome<RunRow>>;
  /** Lets time go by for every run whose lease is here. Called by an own timer; here for tests. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export interface RunnerDeps {
  engine: Engine;
  clock: Clock;
  logger: Log;
  world: World;
  /** Name of this node among others. */
  node: string;
  onEnded: (row: RunRow) => Promise<void>;
  /** Whether data a step stands on is missing now. */
  lacks: (step: Step) => Promise<boolean>;
  lookMs?: number;
}

const isGoing = ({ phase }: Pick<RunRow, 'phase'>) => phase === 'running' || phase === 'waiting';
/** A paused run whose deeds are judged is looked at too: what is asked of a trainee runs out. */
const isWatched = (row: Pick<RunRow, 'phase' | 'checks'>) => isGoing(row) || (row.phase === 'paused' && row.checks.some(({ state }) => state === 'open'));
const ENDED: ReadonlySet<RunPhase> = new Set<RunPhase>(['ended', 'removed']);
const voice = ({ spec }: RunRow): Principal => ({ kind: 'system', id: 'system-scenario', name: `Kịch bản: ${spec.name.vi}`, roles: [], units: null });

/** Moves the playheads of the runs this node holds. The row in the store is the run; memory only saves reading it. */
export async function createRunner({ engine, clock, logger, world, node, onEnded, lacks, lookMs = LOOK_MS }: RunnerDeps): Promise<Runner> {
  const rows = new Map<string, RunRow>();
  const plans = new Map<string, Plan>();
  const turns = new Map<string, Promise<unknown>>();
  const keptAt = new Map<string, number>();
  let refreshedAt = 0;
  let isClosed = false;

  const planFor = (row: RunRow): Plan => {
    const id = idOfRun(row.n);
    const plan = plans.get(id) ?? planOf(row.spec);
    plans.set(id, plan);
    return plan;
  };
  const inTurn = <T>(run: string, work: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(run) ?? Promise.resolve()).then(work, work);
    turns.set(run, mine.catch(() => undefined));
    return mine;
  };
  const keep = (row: RunRow) => {
    if (row.phase === 'removed' || (row.phase === 'ended' && !row.isRehearsal)) rows.delete(idOfRun(row.n));
    else rows.set(idOfRun(row.n), row);
  };
  const lease = () => ({ leaseHolder: node, leaseUntil: clock.realNow() + LEASE_MS });
  const write = async (row: RunRow): Promise<RunRow | undefined> => {
    const next = { ...row, ...lease() };
    if (!(await writeRun(engine, next))) return undefined;
    const kept = { ...next, rev: row.rev + 1 };
    keptAt.set(idOfRun(row.n), clock.realNow());
    keep(kept);
    return kept;
  };

  /** The playhead with the fallback of the step it shows as the data is now: what was missing at the start may have come, what was there may be gone. */
  const lookedAgain = async ({ spec }: RunRow, { head, effects }: Moved): Promise<Playhead> => {
    const step = spec.steps[head.step];
    if (!step?.needs || !step.fallback || step.on === 'condition' || !effects.some(({ do: what }) => what === 'show')) return head;
    const others = head.fallbacks.filter((id) => id !== step.id);
    return { ...head, fallbacks: (await lacks(step)) ? [...others, step.id] : others };
  };

  /** What a move does to the world, and the row after it. */
  const carryOut = async (before: RunRow, moved: Moved, actor: Principal, why: string): Promise<RunRow> => {
    const { effects } = moved;
    const head = await lookedAgain(before, moved);
    const made = await world.send(before, effects.flatMap((effect) => (effect.do === 'send' ? [effect.sent] : [])));
    const isOver = ENDED.has(head.phase) && !ENDED.has(before.phase);
    const row = openChecks({ ...before, head, phase: head.phase, sinceAt: clock.now(), things: { ...before.things, ...made }, endedAt: isOver ? clock.now() : before.endedAt }, effects);
    const isShown = effects.some(({ do: what }) => what === 'show');
    if (isShown || head.phase !== before.phase || head.rate !== before.head.rate) {
      const shown = await world.show(row, actor, why);
      if (!shown.ok) logger.warn({ run: idOfRun(row.n), code: shown.fault.code }, 'a step of a scenario could not be shown');
    }
    return row;
  };

  const fresh = async (run: string): Promise<RunRow | undefined> => {
    const row = await readRun(engine, run);
    if (row) keep(row);
    return row;
  };
  const move: Runner['move'] = (run, actor, why, decide) =>
    inTurn(run, async () => {
      for (let left = 3; left > 0; left--) {
        const row = rows.get(run) ?? (await fresh(run));
        if (!row) return refused('SCENARIO_UNKNOWN');
        if (ENDED.has(row.phase)) return refused('SCENARIO_OVER');
        const moved = decide(caughtUp(row), planFor(row));
        if (!moved.ok) return moved;
        const after = await carryOut(row, moved.value, actor, why);
        const written = await write(ENDED.has(after.phase) ? await settleChecks(engine, after) : after);
        if (written) {
          if (ENDED.has(written.phase) && !ENDED.has(row.phase)) await onEnded(written);
          return okay(written);
        }
        rows.delete(run);
      }
      return refused('STATE_CONFLICT');
    });

  /** The row with its playhead at the present, as far as nothing happens on the way. */
  const caughtUp = (row: RunRow): RunRow => {
    const byMs = Math.max(0, clock.now() - row.sinceAt) * row.head.rate;
    const head = lasted(row.head, byMs);
    if (row.phase !== 'running') return { ...row, head };
    const plan = planFor(row);
    const next = plan.events[head.done]?.atMs ?? plan.lengthMs;
    const at = head.atMs + byMs;
    return { ...row, head: { ...head, atMs: Math.max(head.atMs, Math.min(at, next - 1)) } };
  };

  /** A run whose holder fell silent goes on from where it was last seen: the time nobody moved it did not pass. */
  const isMine = async (row: RunRow): Promise<RunRow | undefined> => {
    const now = clock.realNow();
    if (row.leaseHolder === node && row.leaseUntil > now) return row;
    if (row.leaseUntil > now || !(await takeLease(engine, row, node, now, now + LEASE_MS))) {
      rows.delete(idOfRun(row.n));
      return undefined;
    }
    const taken = { ...row, ...lease(), rev: row.rev + 1, sinceAt: clock.now() };
    logger.info({ run: idOfRun(row.n), atMs: Math.floor(row.head.atMs), step: row.head.step }, 'a scenario goes on here');
    keep(taken);
    return taken;
  };

  const step = async (known: RunRow) => {
    const row = await isMine(known);
    if (!row) return;
    const id = idOfRun(row.n);
    const plan = planFor(row);
    const next = row.spec.steps[row.head.step + 1];
    const isAsked = row.phase === 'waiting' && next?.on === 'condition' && next.when !== undefined;
    const isHeld = isAsked && (await holds(engine, id, next.when!));
    const byMs = Math.max(0, clock.now() - row.sinceAt) * row.head.rate;
    const moved = advance(row.spec, plan, row.head, byMs, () => isHeld);
    const isDue = clock.realNow() - (keptAt.get(id) ?? 0) >= KEEP_MS;
    if (moved.effects.length === 0 && moved.head.phase === row.phase && !isDue) return;
    const after = await carryOut(row, moved, voice(row), row.spec.name.vi);
    const written = await write(isDue || ENDED.has(after.phase) ? await settleChecks(engine, after) : after);
    if (!written) rows.delete(id);
    else if (ENDED.has(written.phase)) await onEnded(written);
  };

  const refresh = async () => {
    refreshedAt = clock.realNow();
    const open = await readOpenRuns(engine);
    const ids = new Set(open.map(({ n }) => idOfRun(n)));
    for (const id of rows.keys()) if (!ids.has(id)) rows.delete(id);
    for (const row of open) {
      const known = rows.get(idOfRun(row.n));
      if (!known || known.rev < row.rev) keep(row);
    }
  };
  const look = async () => {
    if (clock.realNow() - refreshedAt >= REFRESH_MS) await refresh();
    await Promise.all([...rows.values()].filter(isWatched).map(({ n }) => inTurn(idOfRun(n), async () => {
      const row = rows.get(idOfRun(n));
      if (row && isWatched(row)) await step(row);
    })));
  };

  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look()
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) logger.error({ error: String(error) }, 'a scenario could not move on; it is tried again');
      })
      .finally(() => (looking = undefined));
  }, lookMs);
  const wakes = await engine.listen(RUN_CHANNEL, () => {
    if (!isClosed) refresh().catch((error: unknown) => logger.warn({ error: String(error) }, 'runs of scenarios could not be read'));
  });
  await refresh();

  return {
    open: () => [...rows.values()],
    adopt: keep,
    move,
    change: (run, decide) =>
      inTurn(run, async () => {
        const row = await fresh(run);
        if (!row) return refused('SCENARIO_UNKNOWN');
        const next = await decide(row);
        if (!next.ok) return next;
        const written = await write(next.value);
        return written ? okay(written) : refused('STATE_CONFLICT');
      }),
    look,
    async close() {
      isClosed = true;
      clearInterval(timer);
      await wakes.close();
      await looking;
      await Promise.all(turns.values());
    },
  };
}
