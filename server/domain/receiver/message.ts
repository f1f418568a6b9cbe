import type { LogEntry } from '#contract/entry.ts';
import type { ReceiverText } from '#contract/eventReceiver.ts';
import type { Fault } from '#contract/faults.ts';

/** Whether a receiver wants to hear of a change: rehearsals never leave the building, the sample city only on demand. */
export function wants({ topics, leastLevel, withSimulated }: Pick<ReceiverText, 'topics' | 'leastLevel' | 'withSimulated'>, { topic, body }: LogEntry): boolean {
  if (!(topics as readonly string[]).includes(topic)) return false;
  const { provenance, rehearsal, level } = body as { provenance?: string; rehearsal?: string | null; level?: number };
  if (rehearsal || (provenance === 'simulated' && !withSimulated)) return false;
  return topic !== 'alert' || (level ?? 1) <= leastLevel;
}

/** Name of an event: the same change has the same name however often it is sent. */
export const eventKey = (epoch: string, seq: number): string => `${epoch}:${seq}`;

/** An event as it leaves. Shape: `{ key, topic, id, rev, at, state }`; `state` is the whole thing after the change. Units: epoch ms. */
export const eventBody = (key: string, { topic, id, rev, at, body }: Omit<LogEntry, 'seq' | 'key'>): string => JSON.stringify({ key, topic, id, rev, at, state: body });

/** Statuses of a request that may go better later. */
const PASSING = new Set(['HTTP 408', 'HTTP 425', 'HTTP 429']);

/** Whether the other side will never take this event: it refused the event itself, and sending it again changes nothing. */
export const isFinal = ({ code, detail = '' }: Fault): boolean => code === 'SOURCE_STATUS' && /^HTTP 4\d\d$/.test(detail) && !PASSING.has(detail);
