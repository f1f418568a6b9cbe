import type { CommandName, CommandRequest } from '#contract/events.ts';
import type { FeedbackProcess } from '#contract/topics/feedback.ts';
import type { Acting } from '../../live/acting.svelte.ts';
import { fieldsOf, type Deed, type DeedField } from './deeds.ts';
import type { Draft } from './draft.svelte.ts';
import { fromField } from '../../ui/localTime.ts';

/** The thing a deed is done to. */
export interface Subject {
  kind: 'alert' | 'feedback' | 'request';
  thing: { id: string; state: string; dueAt: number; ward: string | null; requestId?: string | null; service?: string; process?: FeedbackProcess | null };
}

/** One command with its request. */
type Call = { [N in CommandName]: readonly [N, CommandRequest<N>] }[CommandName];
type Written = Pick<Draft, 'service' | 'process' | 'unit' | 'note' | 'due' | 'reason' | 'until' | 'of' | 'media'>;

const MAY_BE_EMPTY: ReadonlySet<DeedField> = new Set(['note', 'media']);
const isFilled: Readonly<Record<DeedField, (draft: Written) => boolean>> = {
  service: ({ service }) => service !== '',
  unit: ({ unit }) => unit !== '',
  note: ({ note }) => note.trim() !== '',
  due: ({ due }) => fromField(due) !== null,
  reason: ({ reason }) => reason.trim() !== '',
  until: ({ until }) => fromField(until) !== null,
  of: ({ of }) => of !== '',
  media: ({ media }) => media.length > 0,
};

/** What is still missing before a deed can be sent; the name of its field. */
export function missingIn(deed: Deed, draft: Written, state: string): DeedField | null {
  return fieldsOf(deed, state).find((field) => !MAY_BE_EMPTY.has(field) && !isFilled[field](draft)) ?? null;
}

const VERIFY = { alert: 'alert.verify', feedback: 'feedback.verify', request: 'handling-request.verify' } as const;

/** The command of a deed, or undefined when this kind of thing knows no such deed. */
export function callOf(deed: Deed, { kind, thing }: Subject, draft: Written): Call | undefined {
  const { id } = thing;
  const words = draft.reason.trim();
  const note = draft.note.trim();
  const request = kind === 'request' ? id : (thing.requestId ?? '');
  const optional = words === '' ? {} : { reason: words };
  const until = fromField(draft.until) ?? 0;
  const dueAt = fromField(draft.due) ?? 0;
  const common: Partial<Record<Deed, Call>> = {
    nudge: ['handling-request.nudge', { id: request, ...(note === '' ? {} : { note }) }],
    explain: ['handling-request.explain', { id: request, question: words, dueAt }],
    verify: [VERIFY[kind], { id, isAccepted: true }],
    refuse: [VERIFY[kind], { id, isAccepted: false, ...optional }],
  };
  const assigned = { id, unit: draft.unit, ...(note === '' ? {} : { note }), dueAt };
  const own: Record<Subject['kind'], Partial<Record<Deed, Call>>> = {
    alert: {
      acknowledge: ['alert.acknowledge', { id }],
      assign: ['alert.assign', assigned],
      close: ['alert.close', { id, ...optional }],
      shelve: ['alert.shelve', { id, until, reason: words }],
      'propose-shelve': ['alert.propose-shelve', { id, until, reason: words }],
      'confirm-shelve': ['alert.confirm-shelve', { id }],
      unshelve: ['alert.unshelve', { id }],
      escalate: ['alert.escalate', { id, reason: words }],
      'mark-repeat': ['alert.mark-repeat', { id, of: draft.of }],
      'unmark-repeat': ['alert.unmark-repeat', { id }],
      comment: ['alert.comment', { id, text: words, ...(draft.media.length > 0 ? { media: [...draft.media] } : {}) }],
    },
    feedback: {
      assign: ['feedback.assign', assigned],
      close: ['feedback.close', { id, ...optional }],
      'mark-repeat': ['feedback.merge', { id, into: draft.of }],
      split: ['feedback.split', { id }],
      recategorise: ['feedback.recategorise', { id, service: draft.service, process: draft.process }],
      reject: ['feedback.reject', { id, reason: words }],
      answer: ['feedback.answer', { id, answer: words }],
      reopen: ['feedback.reopen', { id, reason: words }],
    },
    request: {},
  };
  return own[kind][deed] ?? common[deed];
}

/** Sends a deed as its command; true when the server did it. */
export async function doDeed(acting: Acting, deed: Deed, subject: Subject, draft: Written): Promise<boolean> {
  const call = callOf(deed, subject, draft);
  return call !== undefined && (await acting.send(call[0], call[1] as never)) !== undefined;
}
