import type { LogEntry } from '#contract/entry.ts';
import type { AlertItem, AlertState } from '#contract/topics/alert.ts';

/**
 * An alert of another centre as an item at this centre's door. The key is the entry's place in that centre's log, so that hearing it again changes nothing; the ref stays with the alert.
 * Life at the other centre (who works on it) does not cross; that it is over does.
 */
export function sliceItem({ seq, body }: Pick<LogEntry<AlertState>, 'seq' | 'body'>, epoch: string): AlertItem {
  const { id, kind, level, title, text, status, state, position, area, provenance, raisedAt, unit } = body;
  return {
    key: `${epoch.slice(0, 8)}:${seq}`,
    ref: id,
    at: raisedAt,
    kind,
    level,
    title,
    status: state === 'closed' || state === 'verified' ? 'ended' : status,
    provenance,
    ...(text === null ? {} : { text }),
    ...(position === null ? {} : { position }),
    ...(area === null ? {} : { area }),
    ...(unit === null ? {} : { unit }),
  };
}

/** The source under which a centre tells of its own servers; at another centre that would read as that one's. */
export const SELF = 'ioc-system';

/** What crosses: nothing made up for a rehearsal, nothing that came from where it would go, nothing about the servers of a centre. */
export const crosses = ({ source, rehearsal }: Pick<AlertState, 'source' | 'rehearsal'>, from: string): boolean => source !== from && source !== SELF && !rehearsal;
