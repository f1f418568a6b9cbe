import type { Acting } from '../../live/acting.svelte.ts';
import type { Deed } from './deeds.ts';
import type { Draft } from './draft.svelte.ts';
import { fromField } from './localTime.ts';

/** The thing a deed is done to. */
export interface Subject {
  kind: 'alert' | 'feedback' | 'request';
  thing: { id: string; state: string; dueAt: number; ward: string | null };
}

const VERIFY = { alert: 'alert.verify', feedback: 'feedback.verify', request: 'handling-request.verify' } as const;

/** What is still missing before a deed can be sent; the name of its field. */
export function missingIn(deed: Deed, draft: Pick<Draft, 'unit' | 'due' | 'reason' | 'until'>, state: string): 'unit' | 'due' | 'reason' | 'until' | null {
  if (deed === 'assign') return draft.unit === '' ? 'unit' : fromField(draft.due) === null ? 'due' : null;
  const needsReason = deed === 'refuse' || deed === 'shelve' || (deed === 'close' && state !== 'verified');
  if (needsReason && draft.reason.trim() === '') return 'reason';
  return deed === 'shelve' && fromField(draft.until) === null ? 'until' : null;
}

/** Sends a deed as its command; true when the server did it. */
export async function doDeed(acting: Acting, deed: Deed, { kind, thing }: Subject, draft: Draft): Promise<boolean> {
  const { id } = thing;
  const words = draft.reason.trim();
  const reason = words === '' ? {} : { reason: words };
  if (deed === 'assign') {
    const note = draft.note.trim();
    const name = kind === 'alert' ? 'alert.assign' : 'feedback.assign';
    return (await acting.send(name, { id, unit: draft.unit, ...(note === '' ? {} : { note }), dueAt: fromField(draft.due) ?? 0 })) !== undefined;
  }
  if (deed === 'verify' || deed === 'refuse') {
    const name = VERIFY[kind];
    return (await acting.send(name, { id, isAccepted: deed === 'verify', ...(deed === 'refuse' ? reason : {}) })) !== undefined;
  }
  if (kind !== 'alert') return false;
  if (deed === 'acknowledge') return (await acting.send('alert.acknowledge', { id })) !== undefined;
  if (deed === 'close') return (await acting.send('alert.close', { id, ...reason })) !== undefined;
  return (await acting.send('alert.shelve', { id, until: fromField(draft.until) ?? 0, reason: words })) !== undefined;
}
