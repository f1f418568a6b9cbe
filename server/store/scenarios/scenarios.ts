import { okay, refused, type Outcome } from '#contract/faults.ts';
import type { QualityRow } from '#contract/quality.ts';
import type { ScenarioRun, TrainingRecord } from '#contract/scenario.ts';
import type { Principal } from '#contract/roles.ts';
import type { AlertState } from '#contract/topics/alert.ts';
import type { CameraSearchPort, CollectionPort } from '../../domain/ports/collections.ts';
import type { DoorPort } from '../../domain/ports/door.ts';
import type { ScenariosPort } from '../../domain/ports/scenarios.ts';
import type { TelemetryPort } from '../../domain/ports/telemetry.ts';
import type { CommandHandlers } from '../../domain/ports/work.ts';
import { gateOf } from '../../domain/scenario/gate.ts';
import { neighbourMs, seek, startOf } from '../../domain/scenario/playhead.ts';
import { forkOf, type Arrival } from '../../domain/scenario/forking.ts';
import { recordingOf, type Studio, type WallLine } from '../../domain/scenario/recording.ts';
import { wholeScope } from '../../domain/scope.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import { appendAudit } from '../accounts/audit.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import { ENTRY_COLUMNS, toEntries } from '../log/readEntries.ts';
import type { Walls } from '../walls/walls.ts';
import { readCameraIds } from './cameraIds.ts';
import { createPreflight } from './preflight.ts';
import { removeRehearsal } from './removal.ts';
import { idOfRun, insertRun, publicRun, readRun, readRuns, type RunRow } from './runRows.ts';
import { createRunner, LEASE_MS } from './runner.ts';
import { createScenarioShelf, SHELF_CHANNEL } from './shelf.ts';
import { readTrainings, writeTraining } from './trainings.ts';
import { createWorld } from './world.ts';
import { writeScenario } from '../../../layouts/writeScenario.ts';

export interface ScenariosDeps {
  engine: Engine;
  clock: Clock;
  logger: Log;
  walls: Walls;
  door: DoorPort;
  telemetry: Pick<TelemetryPort, 'vehicles' | 'forgetRehearsal'>;
  collections: Pick<CollectionPort, 'list' | 'get'>;
  cameraSearch: Pick<CameraSearchPort, 'near' | 'seeing'>;
  hasUnit: (code: string) => boolean;
  /** Đúng, đủ, sạch, sống as they are now, for scenarios that ask for a least quality. */
  quality?: (() => Promise<readonly QualityRow[]>) | undefined;
  layoutsFolder: string;
  /** Name of this node among others. */
  node: string;
  lookMs?: number;
}

export interface Scenarios extends ScenariosPort, Closable {
  commands: CommandHandlers;
  /** Lets time go by now; for tests. */
  look(): Promise<void>;
  close(): Promise<void>;
}

const LONGEST_FORK_MS = 2 * 3_600_000;
const HELD_AND_SHOWN = `
  select at, act, why, state from wall_log
  where wall = $1 and at <= $3 and (at >= $2 or rev = (select max(rev) from wall_log where wall = $1 and at <= $2)) order by rev limit 400`;
/** Things as they first came; what rehearsals made up does not come again. */
const ARRIVED = `
  select ${ENTRY_COLUMNS} from event_log e
  where e.topic in ('alert', 'feedback') and e.rev = 1 and e.rehearsal is null and e.at >= $1 and e.at < $2 order by e.seq limit 4000`;

/** Broken off before its last step it was not completed, and nobody is written down for it. */
const isWhole = ({ spec, head }: RunRow) => head.step >= spec.steps.length - 1;
const isScored = ({ spec, isRehearsal }: RunRow) => spec.kind === 'training' && isRehearsal;

/** Scenarios on the store: files and saved versions, runs with their playheads, rehearsals and how they are removed. */
export async function createScenarios(deps: ScenariosDeps): Promise<Scenarios> {
  const { engine, clock, logger, walls, telemetry, collections, hasUnit, node } = deps;
  const shelf = await createScenarioShelf({ ...deps, hasUnit });
  const preflight = createPreflight({ ...deps, now: clock.now });
  const world = createWorld(deps);
  const onEnded = async (row: RunRow) => {
    if (isScored(row) && isWhole(row)) await writeTraining(engine, row, clock.now());
  };
  const runner = await createRunner({ engine, clock, logger, world, node, onEnded, lacks: preflight.lacks, ...(deps.lookMs === undefined ? {} : { lookMs: deps.lookMs }) });
  const wakes = await engine.listen(SHELF_CHANNEL, () => {
    shelf.read().catch((error: unknown) => logger.warn({ error: String(error) }, 'saved scenarios could not be read'));
  });

  const guarded = async <T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
      throw error;
    }
  };
  const told = (moving: Promise<Outcome<RunRow>>): Promise<Outcome<ScenarioRun>> =>
    guarded(async () => {
      const outcome = await moving;
      return outcome.ok ? okay(publicRun(outcome.value)) : outcome;
    });
  const moveBy = (actor: Principal, { run, from }: { run: string; from?: string }, by: 1 | -1) =>
    told(runner.move(run, actor, '', ({ spec, head }, plan) => {
      if (from !== undefined && spec.steps[head.step]?.id !== from) return refused('SCENARIO_MOVED');
      const to = neighbourMs(spec, head, by) ?? (by === 1 ? plan.lengthMs : 0);
      return okay(seek(plan, head, to));
    }));

  const start: CommandHandlers['scenario.start'] = (actor, { scenario: id, wall, isRehearsal = true, isAuto = false, rate = 1, waiver: asked }) =>
    guarded(async () => {
      const spec = shelf.all().get(id);
      if (!spec) return refused('SCENARIO_UNKNOWN', { detail: id });
      if (!walls.profiles().some((profile) => profile.id === wall)) return refused('WALL_UNKNOWN');
      const current = walls.current(wall);
      const { control } = current.ok ? current.value.state : { control: null };
      if (control && control.until > clock.realNow() && control.id !== actor.id) return refused('WALL_TAKEN', { detail: control.name });
      const [found, cameras] = await Promise.all([preflight.look(spec, wall), preflight.cameras(spec)]);
      const gate = gateOf(found, asked, actor, clock.now());
      if (!gate.ok) return gate;
      const missing = found.needs.flatMap(({ step, isMet, hasFallback }) => (step !== null && !isMet && hasFallback ? [step] : []));
      const head = startOf(rate, isAuto, [...new Set(missing)]);
      const row = await engine.tx(async (tx) => {
        const begun = await insertRun(tx, {
          scenario: id, spec, wall, isRehearsal, head, sinceAt: clock.now(), cameras, startedBy: actor.id, startedName: actor.name,
          leaseHolder: node, leaseUntil: clock.realNow() + LEASE_MS, waiver: gate.value,
        });
        if (begun && gate.value) await appendAudit(tx, { at: clock.now(), actor: actor.id, action: 'scenario.waive', object: idOfRun(begun.n) });
        return begun;
      });
      if (!row) return refused('SCENARIO_BUSY');
      runner.adopt(row);
      await clearWall(actor, wall);
      const why = gate.value ? `${spec.name.vi} – ${gate.value.reason}` : spec.name.vi;
      return told(runner.move(idOfRun(row.n), actor, why, (begun, plan) => okay(seek(plan, begun.head, 0))));
    });

  /** What the sample city raised leaves the wall to the scenario; a real alert keeps it, and the scenario waits beneath. */
  const clearWall = async (actor: Principal, wall: string) => {
    const current = walls.current(wall);
    const composed = current.ok ? current.value.state.composed : undefined;
    if (!composed) return;
    const alert = await collections.get('alerts', composed.alert, wholeScope('scenario'));
    if (!alert.ok || (alert.value as AlertState).provenance !== 'real') await walls.act(actor, wall, { do: 'release', all: true }, '');
  };

  const remove: CommandHandlers['scenario.remove'] = (actor, { run }) =>
    guarded(async () => {
      const changed = await runner.change(run, async (row) => {
        if (row.phase !== 'ended' && row.phase !== 'removed') return refused('SCENARIO_RUNS');
        if (row.receipt) return okay(row);
        await world.giveBack(row, actor);
        const { rows, left } = await removeRehearsal(engine, run);
        const seen = Object.entries(telemetry.forgetRehearsal(run)).filter(([, count]) => count > 0);
        const whole: Record<string, number> = { ...rows, ...Object.fromEntries(seen) };
        const receipt = { run, at: clock.now(), by: actor.name, rows: whole, total: Object.values(whole).reduce((sum, n) => sum + n, 0), left };
        return okay({ ...row, phase: 'removed' as const, head: { ...row.head, phase: 'removed' as const }, receipt });
      });
      if (!changed.ok) return changed;
      return changed.value.receipt ? okay(changed.value.receipt) : refused('STATE_STEP');
    });

  const studioOf = async (wall: string): Promise<Studio | undefined> => {
    const profile = walls.profiles().find(({ id }) => id === wall);
    const refs = new Map([...((await readCameraIds(collections)) ?? [])].map(([ref, id]) => [id, ref]));
    return profile && { profile, scenes: walls.allScenes(), cameraRef: (id) => refs.get(id) };
  };
  const written = async (scenario: object | undefined) => {
    if (!scenario) return refused('SCENARIO_STILL');
    const yaml = writeScenario(scenario);
    return okay({ yaml, faults: shelf.check(yaml, await readCameraIds(collections)).faults });
  };

  const record: CommandHandlers['scenario.record'] = (_actor, { wall, fromAt, toAt, id, name }) =>
    guarded(async () => {
      const studio = await studioOf(wall);
      if (!studio) return refused('WALL_UNKNOWN');
      const lines = await engine.query<WallLine>('select at, act, why, state from wall_log where wall = $1 and at >= $2 and at <= $3 order by rev limit 400', [wall, fromAt, toAt]);
      return written(recordingOf(lines, id, name, studio));
    });

  const fork: CommandHandlers['scenario.fork'] = (actor, { wall, fromAt, toAt, id, name }) =>
    guarded(async () => {
      if (actor.units !== null) return refused('AUTH_FORBIDDEN');
      if (toAt <= fromAt || toAt - fromAt > LONGEST_FORK_MS) return refused('REQUEST_BODY', { pointer: '/toAt' });
      const studio = await studioOf(wall);
      if (!studio) return refused('WALL_UNKNOWN');
      const lines = await engine.query<WallLine>(HELD_AND_SHOWN, [wall, fromAt, toAt]);
      const arrivals = await toEntries(engine, await engine.query(ARRIVED, [fromAt, toAt]));
      return written(forkOf(lines, arrivals as Arrival[], { fromAt, toAt }, id, name, studio));
    });

  const commands: CommandHandlers = {
    'scenario.start': start,
    'scenario.next': (actor, press) => moveBy(actor, press, 1),
    'scenario.back': (actor, press) => moveBy(actor, press, -1),
    'scenario.pause': (actor, { run, on, rate }) =>
      told(runner.move(run, actor, '', ({ head }) => okay({ head: { ...head, rate: rate ?? head.rate, phase: on ? 'paused' : 'running' }, effects: [] }))),
    'scenario.seek': (actor, { run, toS, step }) =>
      told(runner.move(run, actor, '', ({ spec, head }, plan) => {
        const wanted = step === undefined ? undefined : spec.steps.find(({ id }) => id === step);
        if (step !== undefined && !wanted) return refused('NOT_FOUND', { detail: step });
        return okay(seek(plan, head, wanted ? wanted.at * 1000 : (toS ?? head.atMs / 1000) * 1000));
      })),
    'scenario.stop': (actor, { run }) =>
      guarded(async () => {
        const ended = await runner.move(run, actor, '', ({ head }) => okay({ head: { ...head, phase: 'ended' }, effects: [] }));
        if (!ended.ok && ended.fault.code !== 'SCENARIO_OVER') return ended;
        const row = await readRun(engine, run);
        if (!row) return refused('SCENARIO_UNKNOWN');
        const back = await world.giveBack(row, actor);
        return back.ok ? okay(publicRun(row)) : back;
      }),
    'scenario.remove': remove,
    'scenario.check': (_actor, { yaml }) => guarded(async () => okay(shelf.check(yaml, await readCameraIds(collections)))),
    'scenario.write': (_actor, { scenario }) => guarded(() => written(scenario)),
    'scenario.save': (actor, { yaml }) => guarded(async () => shelf.save(yaml, actor.name, await readCameraIds(collections))),
    'scenario.withdraw': (_actor, { scenario }) => guarded(() => shelf.withdraw(scenario)),
    'scenario.record': record,
    'scenario.fork': fork,
    'training.finish': (actor, { course, score, outOf }) =>
      guarded<TrainingRecord>(async () => {
        if (shelf.all().has(course)) return refused('REQUEST_BODY', { pointer: '/course' });
        const name = { vi: course, en: course };
        const done = { run: 'tour', course, name, person: actor.name, isMine: true, score: Math.min(score, outOf), outOf, isPassed: score >= outOf, completedAt: clock.now() };
        await engine.query('insert into training_record (run, course, name, person, person_name, score, out_of, is_passed, completed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
          done.run, course, JSON.stringify(name), actor.id, actor.name, done.score, outOf, done.isPassed, done.completedAt,
        ]);
        return okay(done);
      }),
  };

  return {
    commands,
    look: runner.look,
    list: () =>
      [...shelf.all().values()].map(({ id, name, summary, kind, clock: { lengthS }, steps }) => ({
        id, name, summary, kind, lengthS, steps: steps.length, chapters: steps.flatMap(({ chapter }) => (chapter ? [chapter] : [])), isOwn: shelf.isOwn(id),
      })),
    stages: () => [...walls.allScenes().values()],
    get: (id) => shelf.all().get(id),
    file: shelf.file,
    faults: async () => shelf.faults(await readCameraIds(collections)),
    preflight: (id, wall) =>
      guarded(async () => {
        const spec = shelf.all().get(id);
        if (!spec) return refused('SCENARIO_UNKNOWN');
        if (!walls.profiles().some((profile) => profile.id === wall)) return refused('WALL_UNKNOWN');
        return okay(await preflight.look(spec, wall));
      }),
    runs: () => guarded(async () => okay((await readRuns(engine)).map(publicRun))),
    run: (id) =>
      guarded(async () => {
        const row = await readRun(engine, id);
        return row ? okay(publicRun(row)) : refused('SCENARIO_UNKNOWN');
      }),
    rehearsals: () => runner.open().flatMap((row) => (row.isRehearsal ? [idOfRun(row.n)] : [])),
    trainings: (reader) => guarded(async () => okay(await readTrainings(engine, reader))),
    async close() {
      await wakes.close();
      await runner.close();
    },
  };
}
