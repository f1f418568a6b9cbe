import type { AlertState } from '#contract/topics/alert.ts';
import type { HandlingRequestState, HandlingRequestStep } from '#contract/topics/handlingRequest.ts';

const OVER = new Set<AlertState['state']>(['resolved', 'verified', 'closed']);

/** The alert in question: the chosen one, else the most urgent open one, the longest waiting first. */
export function alertOf(alerts: readonly AlertState[], chosen: string | undefined): AlertState | undefined {
  if (chosen !== undefined) return alerts.find(({ id }) => id === chosen);
  return alerts.filter(({ state, duplicateOf }) => !OVER.has(state) && duplicateOf === null).sort((a, b) => a.level - b.level || a.raisedAt - b.raisedAt)[0];
}

/** A step of the response on the wall: done, under way or still ahead. */
export interface ResponseStep {
  name: 'sent' | 'read' | 'accepted' | 'carried-out' | 'verified';
  at: number | null;
}

/** How far the unit has come with the newest request about the alert; undefined while none was sent. */
export function responseOf(requests: readonly HandlingRequestState[], alert: string): { request: HandlingRequestState; steps: ResponseStep[] } | undefined {
  const [request] = requests.filter(({ about }) => about?.topic === 'alert' && about.id === alert).sort((a, b) => b.issuedAt - a.issuedAt);
  if (!request) return undefined;
  const steps: ResponseStep[] = [
    { name: 'sent', at: request.issuedAt },
    { name: 'read', at: request.readAt },
    { name: 'accepted', at: request.acceptedAt },
    { name: 'carried-out', at: request.carriedOutAt },
    { name: 'verified', at: request.verifiedAt },
  ];
  return { request, steps };
}

/** Whether the unit sent the request back. */
export const isReturned = (step: HandlingRequestStep): boolean => step === 'returned';
