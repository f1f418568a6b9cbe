import type { FeedHealth } from '#contract/entry.ts';
import type { Provenance } from '#contract/base.ts';
import type { DoorWitness } from '../../domain/door/doorStore.ts';
import type { FeedsPort } from '../../domain/ports/feeds.ts';
import type { Source } from '../../domain/ports/door.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Closable } from '../../kernel/lifecycle.ts';
import type { Log } from '../../kernel/log.ts';
import type { Engine } from '../engine/engine.ts';

const SAVE_MS = 5000;
const KEPT_REASONS = 8;
const COUNTS = ['accepted', 'duplicates', 'rejected', 'damaged'] as const;
/** After this many promised periods of silence a source counts as down, not just late. */
const DOWN_PERIODS = 5;

/** Why an item was refused: a sample, never the item. */
export interface RefusalSample {
  code: string;
  pointer: string;
  at: number;
}

/** Counts since the last save. */
interface News {
  accepted: number;
  duplicates: number;
  rejected: number;
  damaged: number;
}

interface Health {
  id: string;
  name: string;
  provenance: Provenance;
  promisedMs: number | null;
  firstSeenAt: number;
  lastSuccessAt: number | null;
  accepted: number;
  duplicates: number;
  rejected: number;
  damaged: number;
  reasons: RefusalSample[];
}

/** The health of every source that ever spoke or promised to; a rehearsal is none. */
export interface SourceHealth extends DoorWitness, FeedsPort, Closable {
  /** Declares a source before it speaks. `promisedMs`: how often it will; null when only as things happen. */
  promise(source: Pick<Source, 'id' | 'name' | 'provenance'>, promisedMs: number | null): void;
  /** The newest refusals of a source. */
  reasons(source: string): readonly RefusalSample[];
  save(): Promise<void>;
  close(): Promise<void>;
}

const LOAD = `
  select s.id, s.name, s.provenance, s.promised_ms as "promisedMs", s.first_seen_at as "firstSeenAt", h.last_success_at as "lastSuccessAt",
    coalesce(h.accepted, 0) as accepted, coalesce(h.duplicates, 0) as duplicates, coalesce(h.rejected, 0) as rejected,
    coalesce(h.damaged, 0) as damaged, coalesce(h.reasons, '[]') as reasons
  from source s left join source_health h on h.source = s.id`;
const SAVE_SOURCES = `
  insert into source (id, name, provenance, promised_ms, first_seen_at)
  select id, name, provenance, "promisedMs", "firstSeenAt"
  from json_to_recordset($1::json) as r(id text, name text, provenance text, "promisedMs" bigint, "firstSeenAt" bigint)
  on conflict (id) do update set name = excluded.name, provenance = excluded.provenance, promised_ms = excluded.promised_ms`;
const SAVE_HEALTH = `
  insert into source_health as h (source, last_success_at, accepted, duplicates, rejected, damaged, reasons)
  select id, "lastSuccessAt", accepted, duplicates, rejected, damaged, reasons
  from json_to_recordset($1::json) as r(id text, "lastSuccessAt" bigint, accepted bigint, duplicates bigint, rejected bigint, damaged bigint, reasons jsonb)
  on conflict (source) do update set last_success_at = greatest(h.last_success_at, excluded.last_success_at), accepted = h.accepted + excluded.accepted,
    duplicates = h.duplicates + excluded.duplicates, rejected = h.rejected + excluded.rejected, damaged = h.damaged + excluded.damaged, reasons = excluded.reasons`;

/** Keeps counts in memory and adds what is new to the store every few seconds, so that the door never waits for it and several servers count together. */
export async function createSourceHealth({ engine, clock, log }: { engine: Engine; clock: Pick<Clock, 'now'>; log: Log }): Promise<SourceHealth> {
  const sources = new Map((await engine.query<Health>(LOAD)).map((health) => [health.id, health]));
  const unsaved = new Map<Health, News>();

  const healthOf = ({ id, name, provenance }: Pick<Source, 'id' | 'name' | 'provenance'>): Health => {
    const known = sources.get(id) ?? {
      id, name, provenance, promisedMs: null, firstSeenAt: clock.now(), lastSuccessAt: null, accepted: 0, duplicates: 0, rejected: 0, damaged: 0, reasons: [],
    };
    sources.set(id, known);
    if (!unsaved.has(known)) unsaved.set(known, { accepted: 0, duplicates: 0, rejected: 0, damaged: 0 });
    return known;
  };
  const count = (health: Health, news: News) => {
    const waiting = unsaved.get(health) ?? { accepted: 0, duplicates: 0, rejected: 0, damaged: 0 };
    for (const name of COUNTS) waiting[name] += news[name];
    unsaved.set(health, waiting);
  };

  /** What other servers counted meanwhile. */
  const readAgain = async () => {
    for (const row of await engine.query<Health>(LOAD)) {
      const known = sources.get(row.id);
      const waiting = known && unsaved.get(known);
      if (!known) sources.set(row.id, row);
      else {
        for (const name of COUNTS) known[name] = row[name] + (waiting?.[name] ?? 0);
        known.lastSuccessAt = Math.max(known.lastSuccessAt ?? 0, row.lastSuccessAt ?? 0) || null;
      }
    }
  };

  const save = async () => {
    const changed = [...unsaved];
    unsaved.clear();
    const rows = JSON.stringify(changed.map(([health, news]) => ({ ...health, ...news })));
    try {
      if (changed.length > 0)
        await engine.tx(async (tx) => {
          await tx.query(SAVE_SOURCES, [rows]);
          await tx.query(SAVE_HEALTH, [rows]);
        });
      changed.splice(0);
      if (engine.kind === 'postgres') await readAgain();
    } catch (error) {
      for (const [health, news] of changed) count(health, news);
      log.warn({ error: String(error) }, 'the health of sources could not be saved');
    }
  };

  let saving: Promise<void> = Promise.resolve();
  const saveNext = () => (saving = saving.then(save));
  const timer = setInterval(saveNext, SAVE_MS);

  return {
    promise(source, promisedMs) {
      Object.assign(healthOf(source), { name: source.name, provenance: source.provenance, promisedMs });
    },
    note(source, { at, accepted, duplicates, damaged, faults }) {
      if (source.rehearsal !== undefined) return;
      const health = healthOf(source);
      if (accepted + duplicates > 0) health.lastSuccessAt = Math.max(at, health.lastSuccessAt ?? 0);
      const news = { accepted, duplicates, rejected: faults.length, damaged };
      for (const name of COUNTS) health[name] += news[name];
      count(health, news);
      const samples = faults.slice(-KEPT_REASONS).map(({ code, pointer = '' }) => ({ code, pointer, at }));
      health.reasons = [...samples.reverse(), ...health.reasons].slice(0, KEPT_REASONS);
    },
    reasons: (source) => sources.get(source)?.reasons ?? [],
    health: () => [...sources.values()].map((health) => toFeedHealth(health, clock.now())),
    save: saveNext,
    async close() {
      clearInterval(timer);
      await saveNext();
    },
  };
}

function toFeedHealth({ id, name, provenance, promisedMs, lastSuccessAt, accepted, rejected, reasons }: Health, now: number): FeedHealth {
  const ageMs = lastSuccessAt === null ? null : Math.max(0, now - lastSuccessAt);
  const latest = reasons[0];
  return {
    id, name, provenance, accepted, rejected, ageMs, lastAt: lastSuccessAt,
    state: ageMs === null ? 'waiting' : ageState(ageMs, promisedMs),
    ...(latest ? { reason: `${latest.code} ${latest.pointer}`.trim() } : {}),
  };
}

function ageState(ageMs: number, promisedMs: number | null): FeedHealth['state'] {
  if (promisedMs === null || ageMs <= promisedMs) return 'live';
  return ageMs <= promisedMs * DOWN_PERIODS ? 'stale' : 'down';
}
