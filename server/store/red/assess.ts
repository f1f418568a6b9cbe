import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState, RedSubject } from '#contract/topics/redStatus.ts';
import { type Verdict, sinceOf } from '../../domain/indicator/verdict.ts';
import { newCase, opensCase, OWN_SOURCE, refreshCase } from '../../domain/red-case/open.ts';
import type { Tx } from '../engine/engine.ts';
import { entryOf, type NewEntry } from '../log/append.ts';
import { caseTable } from '../topics/case.ts';
import { redStatusTable } from '../topics/redStatus.ts';
import type { Stored } from '../topics/thingTable.ts';

/** One ĐỎ or not: what is judged, and what the rules say of it now. */
export interface Assessed {
  ref: string;
  subject: RedSubject;
  unit: string | null;
  ward: string | null;
  verdict: Verdict;
}

/** Name of the system in the trace of a case. */
const SYSTEM = { id: 'system-red', name: 'Hệ thống' };

/** Serialises everything that judges, so that one ĐỎ never opens two cases. */
export const lockRed = (tx: Tx) => tx.query(`select pg_advisory_xact_lock(hashtextextended('red', 0))`);

/** Writes what changed of statuses, episodes and cases. Returns the entries to be logged, in order. The caller holds `lockRed`. */
export async function writeAssessed(tx: Tx, assessed: readonly Assessed[], now: number): Promise<NewEntry[]> {
  if (assessed.length === 0) return [];
  const kept = new Map((await redStatusTable.readByRefsForUpdate(tx, OWN_SOURCE, assessed.map(({ ref }) => ref))).map((stored) => [stored.state.ref, stored]));
  const cases = new Map((await readCasesOf(tx, [...kept.values()])).map((stored) => [stored.state.statusId, stored]));
  const ids = await redStatusTable.nextIds(tx, assessed.filter(({ ref }) => !kept.has(ref)).length);
  const changes: Change[] = [];
  const untouched: Watched[] = [];
  for (const one of assessed) {
    const before = kept.get(one.ref);
    const drafted = draft(one, before, before?.state.id ?? ids.shift()!, now);
    if (before && isSame(before.state, drafted)) {
      untouched.push({ id: drafted.id, nextCheckAt: one.verdict.nextCheckAt });
      continue;
    }
    changes.push({ before, status: drafted, latest: cases.get(drafted.id), nextCheckAt: one.verdict.nextCheckAt });
  }
  const entries = await writeChanges(tx, changes, now);
  await watch(tx, [...untouched, ...changes.map(({ status: { id }, nextCheckAt }) => ({ id, nextCheckAt }))]);
  return entries;
}

interface Change {
  before: Stored<RedStatusState> | undefined;
  status: RedStatusState;
  latest: Stored<CaseState> | undefined;
  nextCheckAt: number | null;
}

function draft({ ref, subject, unit, ward, verdict }: Assessed, before: Stored<RedStatusState> | undefined, id: string, now: number): RedStatusState {
  const { turnedAt: _turnedAt, toldSince: _toldSince, nextCheckAt: _nextCheckAt, ...shown } = verdict;
  return { id, ref, source: OWN_SOURCE, unit, ward, subject, ...shown, ...sinceOf(before?.state, verdict, now), caseId: before?.state.caseId ?? null, updatedAt: now };
}

const isSame = (a: RedStatusState, b: RedStatusState) => JSON.stringify({ ...orderly(a), updatedAt: 0 }) === JSON.stringify({ ...orderly(b), updatedAt: 0 });
const orderly = (state: object) => Object.fromEntries(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, sorted(value)]));
const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(sorted) : typeof value === 'object' && value !== null ? orderly(value) : value);

async function writeChanges(tx: Tx, changes: readonly Change[], now: number): Promise<NewEntry[]> {
  const entries: NewEntry[] = [];
  const toOpen = changes.filter(({ status, latest }) => opensCase(status, latest?.state));
  const caseIds = await caseTable.nextIds(tx, toOpen.length);
  const opened: Stored<CaseState>[] = [];
  const refreshed: Stored<CaseState>[] = [];
  for (const change of changes) {
    const { status, latest, before } = change;
    if (toOpen.includes(change)) {
      const state = newCase(caseIds[opened.length]!, status as Parameters<typeof newCase>[1], now);
      opened.push({ rev: 1, state });
      status.caseId = state.id;
    } else if (latest) {
      const isRedAgain = status.redSince !== null && before?.state.redSince === null;
      const state = refreshCase(latest.state, status, isRedAgain, now);
      if (state !== latest.state) refreshed.push({ rev: latest.rev + 1, state });
    }
  }
  const statuses = changes.map(({ before, status }) => ({ rev: (before?.rev ?? 0) + 1, state: status }));
  await redStatusTable.insert(tx, statuses.filter(({ rev }) => rev === 1));
  await redStatusTable.update(tx, statuses.filter(({ rev }) => rev > 1));
  await writeEpisodes(tx, changes, now);
  await caseTable.insert(tx, opened);
  await caseTable.update(tx, refreshed);
  if (opened.length > 0) {
    await tx.query(`insert into work_act (thing, rev, act, actor, actor_name, words, at) select r.thing, r.rev, 'case.open', $2, $3, null, $4 from json_to_recordset($1::json) as r(thing text, rev integer)`, [
      JSON.stringify(opened.map(({ rev, state }) => ({ thing: state.id, rev }))), SYSTEM.id, SYSTEM.name, now,
    ]);
  }
  for (const stored of statuses) entries.push(entryOf('red-status', `red/${stored.state.id}/${stored.rev}`, now, stored));
  for (const stored of [...opened, ...refreshed]) entries.push(entryOf('case', `red/${stored.state.id}/${stored.rev}`, now, stored));
  return entries;
}

interface Watched {
  id: string;
  nextCheckAt: number | null;
}

/** Notes when each must be looked at again. */
async function watch(tx: Tx, all: readonly Watched[]): Promise<void> {
  const rows = all.map(({ id, nextCheckAt }) => ({ n: redStatusTable.numberOf(id), at: nextCheckAt === null ? null : Math.ceil(nextCheckAt) }));
  await tx.query('update red_status t set next_check_at = r.at from json_to_recordset($1::json) as r(n bigint, at bigint) where t.n = r.n and t.next_check_at is distinct from r.at', [JSON.stringify(rows)]);
}

/** A time in ĐỎ begins and ends with `redSince`: missing data ends none. */
async function writeEpisodes(tx: Tx, changes: readonly Change[], now: number): Promise<void> {
  const moved = changes.filter(({ before, status }) => (before?.state.redSince ?? null) !== status.redSince);
  const ended = moved.flatMap(({ before, status }) => ((before?.state.redSince ?? null) === null ? [] : [status.ref]));
  const begun = moved.flatMap(({ status: { ref, unit, subject, redSince, provenance } }) => (redSince === null ? [] : [{ ref, unit, title: subject.title, at: redSince, provenance }]));
  if (ended.length > 0) await tx.query('update red_episode set ended_at = greatest(began_at, $2) where ref = any($1) and ended_at is null', [ended, now]);
  if (begun.length === 0) return;
  await tx.query(`insert into red_episode (ref, unit, title, began_at, provenance) select r.ref, r.unit, r.title, r.at, r.provenance from json_to_recordset($1::json) as r(ref text, unit text, title text, at bigint, provenance text)`, [JSON.stringify(begun)]);
}

/** The newest case of each status, open or closed, locked. */
async function readCasesOf(tx: Tx, statuses: readonly Stored<RedStatusState>[]): Promise<Stored<CaseState>[]> {
  const numbers = statuses.flatMap(({ state }) => (state.caseId === null ? [] : [caseTable.numberOf(state.caseId)]));
  const rows = await tx.query(`select ${caseTable.selects} from red_case t where t.n = any($1::bigint[]) order by t.n for update`, [numbers]);
  return rows.map((row) => ({ rev: row['rev'] as number, state: caseTable.toState(row) }));
}
