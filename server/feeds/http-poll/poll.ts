import { hash } from 'node:crypto';
import type { FeedHealth } from '#contract/entry.ts';
import type { FeedDeps } from '../../domain/ports/feeds.ts';
import { createRowMapper } from '../../domain/rows/mapRow.ts';
import { readRows } from '../../domain/rows/readRows.ts';
import type { RowRefusal } from '../../domain/rows/rowRefusal.ts';
import { takeRows } from '../../domain/rows/takeRows.ts';
import { download, type Validators } from './download.ts';
import { durationMs, headersOf, type Settings } from './settings.ts';

/** One source asked again and again. */
export interface Poll {
  /** Asks once. Resolves to the time until the next question. Units: ms. */
  ask(): Promise<number>;
  health(): FeedHealth;
}

const LONGEST_WAIT_MS = 10 * 60_000;
const JITTER = 0.1;
const TOLD_ROWS = 5;

export function createPoll(deps: Pick<FeedDeps, 'id' | 'send' | 'clock' | 'random' | 'log'>, settings: Settings): Poll {
  const { id, send, clock, random, log } = deps;
  const everyMs = durationMs(settings.every);
  const promiseMs = settings.staleAfter ? durationMs(settings.staleAfter) : 3 * everyMs;
  const timeoutMs = Math.min(60_000, durationMs(settings.timeout ?? '10s'));
  const mapRow = createRowMapper(settings.topic, settings.map ? { map: settings.map, ...(settings.key ? { key: settings.key } : {}) } : undefined);
  const tally = { accepted: 0, rejected: 0, startedAt: clock.realNow(), heardAt: 0, lastAt: 0, failures: 0, reason: '' };
  let validators: Validators | undefined;
  let takenBody = '';
  let toldRows = '';

  const failed = (reason: string): number => {
    tally.failures += 1;
    if (tally.reason !== reason) log.warn({ reason }, 'source does not answer');
    tally.reason = reason;
    const wait = Math.min(LONGEST_WAIT_MS, everyMs * 2 ** Math.min(tally.failures, 10));
    // Half to whole of the wait, so that many sources of one host do not come back at once.
    return Math.round(wait * (0.5 + 0.5 * random.next()));
  };

  const answered = (): number => {
    if (tally.reason) log.info({ failures: tally.failures }, 'source answers again');
    Object.assign(tally, { heardAt: clock.realNow(), lastAt: clock.now(), failures: 0, reason: '' });
    return Math.round(everyMs * (1 - JITTER / 2 + JITTER * random.next()));
  };

  /** A row that stays bad is said once, not at every answer. */
  const tellRefused = (refused: readonly RowRefusal[]) => {
    tally.rejected += refused.length;
    const rows = refused.map(({ line, field, code }) => ({ line, field, code }));
    const told = JSON.stringify(rows);
    if (rows.length > 0 && told !== toldRows) log.warn({ refused: rows.length, rows: rows.slice(0, TOLD_ROWS) }, 'rows refused');
    toldRows = told;
  };

  return {
    async ask() {
      const got = await download({ url: settings.url, headers: headersOf(settings), allowPrivate: settings.allowPrivate === true, timeoutMs, validators });
      if (got.kind === 'failed') return failed(got.reason);
      if (got.kind === 'unchanged') return answered();
      const body = hash('sha256', got.body);
      if (body === takenBody) return answered();
      const { rows, refused } = readRows(settings.format, got.body.toString('utf8'), settings.items);
      const unreadable = refused.find(({ line }) => line === 0);
      if (unreadable) return failed(unreadable.code);
      const taken = await takeRows(settings.topic, rows, mapRow, send);
      if (!taken.ok) return failed(taken.fault.code);
      tally.accepted += taken.value.accepted;
      tellRefused([...refused, ...taken.value.refused]);
      validators = got.validators;
      takenBody = body;
      return answered();
    },
    health() {
      const now = clock.realNow();
      const ageMs = tally.heardAt ? now - tally.heardAt : null;
      const isOld = (ageMs ?? now - tally.startedAt) > promiseMs;
      const state = !isOld ? (ageMs === null ? 'waiting' : 'live') : tally.reason ? 'down' : 'stale';
      const { accepted, rejected, reason } = tally;
      return { id, name: settings.name ?? id, state, ageMs, lastAt: tally.lastAt || null, accepted, rejected, ...(reason ? { reason } : {}) };
    },
  };
}
