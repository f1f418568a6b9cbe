import type { CommandName } from '#contract/events.ts';
import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import type { Waiting } from '../../live/offline/outbox.ts';

/** An act of an officer on its way to the server. */
export interface FieldJob {
  command: Extract<CommandName, `handling-request.${string}`>;
  request: { id: string; reason?: string; result?: string; answer?: string; media?: string[] };
  /** Photos that have not arrived yet. */
  photos: string[];
}

export type Shelf = 'new' | 'doing' | 'done';

/** A request as the officer sees it: what the server knows, and what waits to be told. */
export interface FieldItem {
  request: HandlingRequestState;
  shelf: Shelf;
  waiting: readonly Waiting<FieldJob>[];
}

const AFTER: Partial<Record<FieldJob['command'], Partial<HandlingRequestState>>> = {
  'handling-request.accept': { step: 'accepted' },
  'handling-request.return': { step: 'returned' },
  'handling-request.carry-out': { step: 'carried-out' },
};
const SHELVES: Readonly<Record<HandlingRequestState['step'], Shelf | null>> = {
  sent: 'new', delivered: 'new', read: 'new', accepted: 'doing', 'carried-out': 'done', verified: 'done', returned: null,
};

/** The request as it will be when everything that waits has arrived. */
export function foreseen(request: HandlingRequestState, waiting: readonly Waiting<FieldJob>[]): HandlingRequestState {
  let state = request;
  for (const { job, at, fault } of waiting) {
    if (fault) continue;
    const marks = job.command === 'handling-request.set-out' ? { onTheWayAt: at } : job.command === 'handling-request.arrive' ? { onTheWayAt: state.onTheWayAt ?? at, arrivedAt: at } : {};
    state = { ...state, ...marks, ...AFTER[job.command] };
  }
  return state;
}

/** What the server shows me only because it lies in my ward is another unit's work; all else is my units' or below them. */
const isMine = ({ unit, ward }: HandlingRequestState, units: readonly string[] | null) =>
  units === null || units.includes(unit) || ward === null || !units.includes(ward);

/** My unit's requests by shelf, the most urgent first; what waits moves them already. */
export function itemsOf(requests: readonly HandlingRequestState[], waiting: readonly Waiting<FieldJob>[], units: readonly string[] | null): FieldItem[] {
  return requests
    .filter((request) => isMine(request, units))
    .flatMap((request): FieldItem[] => {
      const own = waiting.filter(({ job }) => job.request.id === request.id);
      const state = foreseen(request, own);
      const shelf = SHELVES[state.step];
      return shelf ? [{ request: state, shelf, waiting: own }] : [];
    })
    .sort((a, b) => a.request.dueAt - b.request.dueAt);
}
