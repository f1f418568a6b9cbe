import { readFileSync } from 'node:fs';
import { okay, refused } from '#contract/faults.ts';
import type { QualityRow, QualityScores } from '#contract/quality.ts';
import type { QualityPort } from '../../domain/ports/quality.ts';
import { scoresOf } from '../../domain/quality/quality.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';
import { StoreUnavailable } from '../engine/errors.ts';
import type { RedEngine } from '../red/red.ts';

/** How often the day's scores are kept, real time, and how many days are shown. */
const KEEP_MS = 10 * 60_000;
const DAYS = 30;
const OFFSET_MS = 7 * 3_600_000;
const INDICATORS = readFileSync(new URL('./indicatorCounts.sql', import.meta.url), 'utf8');

export interface QualityDeps {
  engine: Engine;
  clock: Clock;
  log: Log;
  red: Pick<RedEngine, 'catalogue'>;
}

interface SourceRow {
  id: string;
  name: string;
  promisedMs: number | null;
  lastAt: number | null;
  accepted: number;
  duplicates: number;
  rejected: number;
  damaged: number;
}
interface IndicatorRow {
  code: string;
  periods: number;
  corrected: number;
  repeated: number;
  units: number;
  speaking: number;
  inTime: number;
}
type Measured = Omit<QualityRow, 'history'>;

/** Measures from what the store counted, and keeps one line per day. */
export function createQuality({ engine, clock, log, red }: QualityDeps): QualityPort & Closable & { keep(): Promise<void> } {
  const day = () => new Date(clock.now() + OFFSET_MS).toISOString().slice(0, 10);

  async function measure(): Promise<Measured[]> {
    const now = clock.now();
    const sources = await engine.query<SourceRow>(
      `select s.id, s.name, s.promised_ms as "promisedMs", h.last_success_at as "lastAt", h.accepted, h.duplicates, h.rejected, h.damaged from source s join source_health h on h.source = s.id order by s.id`,
    );
    const indicators = await engine.query<IndicatorRow>(INDICATORS);
    const { indicators: known } = red.catalogue();
    return [
      ...sources.map(({ id, name, promisedMs, lastAt, accepted, duplicates, rejected, damaged }): Measured => ({
        kind: 'source', id, name,
        scores: scoresOf({ received: accepted + duplicates + rejected, wrong: rejected, repeated: duplicates, damaged, expected: null, ageMs: lastAt === null ? null : Math.max(0, now - lastAt), promisedMs }),
      })),
      ...indicators.map(({ code, periods, corrected, repeated, units, speaking, inTime }): Measured => {
        const { correct, clean } = scoresOf({ received: periods + repeated, wrong: corrected, repeated, damaged: 0, expected: null, ageMs: 0, promisedMs: null });
        const share = (part: number) => (units === 0 ? null : Math.round((part / units) * 1000) / 10);
        return { kind: 'indicator', id: code, name: known.get(code)?.name.vi ?? code, scores: { correct, clean, complete: share(speaking), live: share(inTime) } };
      }),
    ];
  }

  const keep = async () => {
    const rows = (await measure()).map(({ kind, id, scores }) => ({ kind, id, ...scores }));
    await engine.query(
      `insert into quality_day (day, kind, id, correct, complete, clean, live)
       select $1::date, r.kind, r.id, r.correct, r.complete, r.clean, r.live from json_to_recordset($2::json) as r(kind text, id text, correct real, complete real, clean real, live real)
       on conflict (kind, id, day) do update set correct = excluded.correct, complete = excluded.complete, clean = excluded.clean, live = excluded.live`,
      [day(), JSON.stringify(rows)],
    );
  };
  const timer = setInterval(() => {
    keep().catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) log.error({ error: String(error) }, 'the quality of data could not be kept; it is tried again');
    });
  }, KEEP_MS);
  timer.unref();

  return {
    keep,
    async read() {
      try {
        const measured = await measure();
        const kept = await engine.query<{ kind: string; id: string; day: string } & QualityScores>(
          `select kind, id, day::text as day, correct, complete, clean, live from quality_day where day > $1::date - ${DAYS} and day < $1::date order by day`, [day()],
        );
        const before = Map.groupBy(kept, ({ kind, id }) => `${kind}/${id}`);
        const items = measured.map((one): QualityRow => ({ ...one, history: (before.get(`${one.kind}/${one.id}`) ?? []).map(({ day: on, correct, complete, clean, live }) => ({ day: on, scores: { correct, complete, clean, live } })) }));
        return okay({ at: clock.now(), items: items.sort((a, b) => worst(a.scores) - worst(b.scores) || a.name.localeCompare(b.name, 'vi')) });
      } catch (error) {
        if (error instanceof StoreUnavailable) return refused('STORE_UNAVAILABLE');
        throw error;
      }
    },
    async close() {
      clearInterval(timer);
    },
  };
}

const worst = (scores: QualityScores) => Math.min(100, ...Object.values(scores).filter((score) => score !== null));
