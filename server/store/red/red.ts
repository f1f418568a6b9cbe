import type { RecordState } from '../../domain/door/revise/record.ts';
import type { Catalogue } from '../../domain/indicator/catalogue.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine, Tx } from '../engine/engine.ts';
import { StoreConflict, StoreUnavailable } from '../engine/errors.ts';
import { appendEntries } from '../log/append.ts';
import type { Reactions } from '../topics/doorStore.ts';
import { withTargets } from '../../domain/indicator/setTargets.ts';
import { overOf, readSetTargets } from '../goals/targetRows.ts';
import { lockRed, writeAssessed } from './assess.ts';
import { writeCatalogue } from './catalogueStore.ts';
import { judgeAssignments, judgeIndicators, judgeRefs } from './judgeAll.ts';
import { appendValues, derivedValues, deriveSeries, type Series, valuesOf } from './values.ts';

/** How often time is asked whether something fell due. Units: ms, real time. */
const TICK_MS = 500;
const BATCH = 500;

/** The engine of ĐỎ over the store. */
export interface RedEngine extends Closable {
  readonly reactions: Reactions;
  catalogue(): Catalogue;
  /** Puts a catalogue in force and judges everything again by it. */
  use(catalogue: Catalogue): Promise<void>;
  /** Reads again what people set as targets, and judges one indicator by it. */
  retarget(code: string): Promise<void>;
  /** Lets time do its work up to now: what is overdue or stale becomes so. Returns how many statuses were looked at. */
  catchUp(): Promise<number>;
  /** What follows from series that were written at once: formula indicators, statuses, cases. Each series is judged once, however many of its periods came. Safe to repeat. */
  follow(series: readonly Series[]): Promise<void>;
  close(): Promise<void>;
}

export interface RedDeps {
  engine: Engine;
  clock: Clock;
  log: Log;
  /** Units that exist; targets of others wait. */
  units: { has(code: string): boolean };
  tickMs?: number | undefined;
}

/** Every message, every moment and every new rule goes through the same judgement under one lock: it is safe to repeat, and to run on several nodes. */
export function createRedEngine({ engine, clock, log, units, tickMs = TICK_MS }: RedDeps): RedEngine {
  let written: Catalogue = { version: '', indicators: new Map(), assignmentRules: [] };
  let current = written;
  let running: Promise<number> | undefined;

  const reactions: RedEngine['reactions'] = {
    async indicator(tx, states, now) {
      const values = valuesOf(states as RecordState[], current);
      if (values.length === 0) return [];
      await lockRed(tx);
      await appendValues(tx, values, now);
      const derived = await derivedValues(tx, values, current);
      await appendValues(tx, derived, now);
      return writeAssessed(tx, await judgeIndicators(tx, [...values, ...derived], current, now), now);
    },
    async assignment(tx, states, now) {
      await lockRed(tx);
      return writeAssessed(tx, judgeAssignments(states as RecordState[], current, now), now);
    },
  };

  const judgeAgain = (refs: (tx: Tx) => Promise<string[]>) =>
    engine.tx(async (tx) => {
      await lockRed(tx);
      const now = clock.now();
      const due = await refs(tx);
      const assessed = await judgeRefs(tx, due, current, now);
      await forget(tx, due.filter((ref) => !assessed.some((one) => one.ref === ref)));
      await appendEntries(tx, await writeAssessed(tx, assessed, now));
      return due;
    });

  /** What can no longer be judged (out of the catalogue, or its record is gone) is not asked for again. */
  const forget = (tx: Tx, refs: readonly string[]) => tx.query('update red_status set next_check_at = null where ref = any($1)', [refs]);

  const due = async (tx: Tx) => {
    const rows = await tx.query<{ ref: string }>('select ref from red_status where next_check_at <= $1 order by next_check_at, n limit $2', [clock.now(), BATCH]);
    return rows.map(({ ref }) => ref);
  };

  const sweep = async (): Promise<number> => {
    let looked = 0;
    for (;;) {
      const [first] = await engine.query('select 1 as one from red_status where next_check_at <= $1 limit 1', [clock.now()]);
      if (!first) return looked;
      const refs = await judgeAgain(due);
      looked += refs.length;
      if (refs.length < BATCH) return looked;
    }
  };

  const catchUp = () => (running ??= sweep().finally(() => (running = undefined)));

  /** A status for every target that names its unit: without a value it is grey, not absent. */
  const declared = (): string[] =>
    [...current.indicators.values()].flatMap(({ code, targets }) => [...targets.keys()].filter((unit) => unit !== '' && units.has(unit)).map((unit) => `indicator/${code}/${unit}`));

  const judgeAll = async (all: readonly string[]): Promise<number> => {
    const refs = [...new Set(all)];
    for (let from = 0; from < refs.length; from += BATCH) await judgeAgain(async () => refs.slice(from, from + BATCH));
    return refs.length;
  };

  /** The catalogue as it is written, with the targets that people set over it. */
  const putInForce = async () => {
    current = withTargets(written, (await readSetTargets(engine)).map(overOf));
    await engine.tx(async (tx) => {
      await lockRed(tx);
      await writeCatalogue(tx, current, clock.now());
    });
  };

  const timer = setInterval(() => {
    catchUp().catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable) && !(error instanceof StoreConflict)) log.error({ error: String(error) }, 'what fell due could not be judged; it is tried again');
    });
  }, tickMs);
  timer.unref();

  return {
    reactions,
    catalogue: () => current,
    catchUp,
    async follow(series) {
      await engine.tx(async (tx) => {
        await lockRed(tx);
        const now = clock.now();
        const derived = await deriveSeries(tx, series, current, now);
        await appendEntries(tx, await writeAssessed(tx, await judgeIndicators(tx, [...series, ...derived], current, now), now));
      });
    },
    async retarget(code) {
      await putInForce();
      const known = await engine.query<{ ref: string }>(`select ref from red_status where subject ->> 'topic' = 'indicator' and subject ->> 'code' = $1 order by n`, [code]);
      await judgeAll([...known.map(({ ref }) => ref), ...declared().filter((ref) => ref.startsWith(`indicator/${code}/`))]);
    },
    async use(catalogue) {
      written = catalogue;
      await putInForce();
      const known = await engine.query<{ ref: string }>('select ref from red_status order by n');
      const looked = await judgeAll([...known.map(({ ref }) => ref), ...declared()]);
      log.info({ version: current.version, indicators: current.indicators.size, statuses: looked }, 'catalogue of indicators in force');
    },
    async close() {
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
}
