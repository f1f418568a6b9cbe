import type { LoggedTopic } from '#contract/topics.ts';
import { THING_TABLES } from '../topics/tables.ts';
import type { Thing, ThingTable } from '../topics/thingTable.ts';

/** Fields of a state that a list can be filtered by, with the type to read them as from a logged body. */
export interface Filterable {
  state?: string;
  kind?: string;
  level?: string;
}

/** One collection of things. */
export interface ThingList {
  table: ThingTable<Thing>;
  filters: Filterable;
  /** Condition that the thing is late; `now` and fields are put in by the query. */
  overdue?: (field: (name: string, type: string) => string, now: string) => string;
  /** Whether an area can be found by its extent besides its point. */
  hasExtent?: boolean;
}

const list = (topic: LoggedTopic, filters: Filterable, more: Omit<ThingList, 'table' | 'filters'> = {}): ThingList => ({ table: THING_TABLES[topic], filters, ...more });

const late = (ended: readonly string[], stateField: string): ThingList['overdue'] => (field, now) =>
  `${field('dueAt', 'bigint')} < ${now} and ${field(stateField, 'text')} not in (${ended.map((state) => `'${state}'`).join(', ')})`;

/** Collections whose items are things of the log, by the name of their path. */
export const THING_LISTS: Readonly<Record<string, ThingList>> = {
  alerts: list('alert', { state: 'state', kind: 'kind', level: 'level' }, { overdue: late(['resolved', 'verified', 'closed'], 'state'), hasExtent: true }),
  feedback: list('feedback', { state: 'state', kind: 'service' }, { overdue: late(['resolved', 'verified', 'closed', 'rejected'], 'state') }),
  'handling-requests': list('handling-request', { state: 'step', level: 'level' }, { overdue: late(['carried-out', 'verified', 'returned'], 'step') }),
  cases: list('case', { state: 'state', kind: 'subject.topic' }, { overdue: late(['resolved', 'verified', 'closed'], 'state') }),
  cameras: list('camera', { kind: 'kind' }),
  indicators: list('indicator', { kind: 'values.code' }),
  dossiers: list('dossier', { kind: 'values.procedure' }),
  assignments: list('assignment', {}),
  directives: list('directive', { kind: 'kind' }),
  campaigns: list('campaign', { state: 'state' }, { overdue: late(['ended'], 'state') }),
  documents: list('document', { kind: 'values.direction' }),
  outreach: list('outreach', {}),
  'security-events': list('security-event', { kind: 'values.kind' }),
};
