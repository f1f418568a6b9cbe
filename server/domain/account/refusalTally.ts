import type { FaultCode } from '#contract/faults.ts';
import type { Refusal } from '../ports/refusals.ts';
import type { AuditLine } from './audit.ts';

/** How long refusals of one kind are counted before the count is written. Units: ms. */
export const REFUSAL_WINDOW_MS = 300_000;
/** Lines that parties we know, and those we do not, may each cause in a window; the rest is one line with its count. */
const MOST_KNOWN = 60;
const MOST_UNKNOWN = 20;
/** One party may not use up what the others need. */
const MOST_OF_ONE = 12;
const LONGEST_DOOR = 160;

/** Refusals that say nothing of rights and nothing of an attack. */
const QUIET: ReadonlySet<FaultCode> = new Set(['AUTH_NEEDS_TLS', 'AUTH_PASSWORD_CHANGE', 'AUTH_CODE_NEEDED', 'AUTH_PASSWORD_WEAK', 'AUTH_AGAIN']);
const INPUT: ReadonlySet<FaultCode> = new Set(['REQUEST_BODY', 'REQUEST_QUERY', 'REQUEST_TOO_LARGE', 'REQUEST_MEDIA_TYPE', 'RATE_LIMITED', 'COMMAND_UNKNOWN']);

/** The action of the audit log for a refusal, undefined for one that is not worth a line. */
export function refusalAction(code: FaultCode): 'door.refuse' | 'input.refuse' | 'object.refuse' | undefined {
  if (code === 'NOT_FOUND') return 'object.refuse';
  if (INPUT.has(code)) return 'input.refuse';
  return (code.startsWith('AUTH_') && !QUIET.has(code)) || code === 'INGEST_SCOPE' ? 'door.refuse' : undefined;
}

interface Count {
  refusal: Refusal;
  action: string;
  /** Not yet written. */
  count: number;
}

/** Turns any number of refusals into few lines: the first of its kind at once, the others as one count at the end of the window. */
export interface RefusalTally {
  note(refusal: Refusal): void;
  /** Lines due by now; `isLast` ends the window early. */
  take(now: number, isLast?: boolean): Omit<AuditLine, 'n'>[];
}

/** An empty tally; it keeps no clock of its own. */
export function createRefusalTally(): RefusalTally {
  const counts = new Map<string, Count>();
  const seen = { known: 0, unknown: 0, others: 0 };
  const byActor = new Map<string, number>();
  const fresh: Count[] = [];
  let startedAt: number | undefined;

  const lineOf = ({ refusal, action, count }: Count, at: number) => ({ at, actor: refusal.actor, action, object: `${refusal.door.slice(0, LONGEST_DOOR)} ${refusal.code}${count > 1 ? ` ×${count}` : ''}` });

  return {
    note(refusal) {
      const action = refusalAction(refusal.code);
      if (action === undefined) return;
      const key = JSON.stringify(refusal.isKnown ? [refusal.actor, refusal.route, refusal.code] : [refusal.actor, refusal.code]);
      const known = counts.get(key);
      if (known) {
        known.count += 1;
        return;
      }
      const kind = refusal.isKnown ? 'known' : 'unknown';
      const ofOne = byActor.get(refusal.actor) ?? 0;
      if (ofOne >= MOST_OF_ONE || seen[kind] >= (refusal.isKnown ? MOST_KNOWN : MOST_UNKNOWN)) {
        seen.others += 1;
        return;
      }
      seen[kind] += 1;
      byActor.set(refusal.actor, ofOne + 1);
      const count = { refusal, action, count: 1 };
      counts.set(key, count);
      fresh.push(count);
    },
    take(now, isLast = false) {
      if (counts.size > 0) startedAt ??= now;
      const lines = fresh.splice(0).map((count) => {
        const line = lineOf(count, now);
        count.count = 0;
        return line;
      });
      if (startedAt === undefined || (!isLast && now - startedAt < REFUSAL_WINDOW_MS)) return lines;
      for (const count of counts.values()) if (count.count > 0) lines.push(lineOf(count, now));
      if (seen.others > 0) lines.push({ at: now, actor: 'system', action: 'door.refuse', object: `others ×${seen.others}` });
      counts.clear();
      byActor.clear();
      Object.assign(seen, { known: 0, unknown: 0, others: 0 });
      startedAt = undefined;
      return lines;
    },
  };
}
