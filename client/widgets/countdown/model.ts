import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { Settings } from './settings.ts';

export interface Deadline {
  at: number;
  label: string;
  unit: string | null;
}

const DONE = new Set<HandlingRequestState['step']>(['carried-out', 'verified', 'returned']);

/** The deadline that comes next: the scene's own, else the nearest of the requests not carried out. */
export function nextDeadline(requests: readonly HandlingRequestState[], { at, label }: Settings, now: number): Deadline | undefined {
  if (at !== undefined) return { at, label: label ?? '', unit: null };
  const ahead = requests.filter((request) => !DONE.has(request.step) && request.dueAt > now).sort((a, b) => a.dueAt - b.dueAt);
  const [next] = ahead;
  return next && { at: next.dueAt, label: next.title, unit: next.unit };
}
