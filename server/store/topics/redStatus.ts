import type { RedStatusState } from '#contract/topics/redStatus.ts';
import { fold } from '../../../geo/fold.ts';
import { createThingTable } from './thingTable.ts';

/** A screen starts from this many statuses, ĐỎ and low ones before all others. */
const SNAPSHOT_STATUSES = 5000;

/** Statuses of indicators and assignments. */
export const redStatusTable = createThingTable<RedStatusState>({
  topic: 'red-status',
  table: 'red_status',
  matters: `t.n in (select n from red_status order by (level = 'red' or is_low) desc, n desc limit ${SNAPSHOT_STATUSES})`,
  fields: {
    ref: 'text', source: 'text', unit: 'text', ward: 'text', subject: 'jsonb', level: 'text', reason: 'text', since: 'bigint', redSince: 'bigint',
    isLow: 'boolean', lowSince: 'bigint', period: 'text', value: 'double precision', target: 'double precision', achievement: 'double precision',
    progress: 'integer', dueAt: 'bigint', trend: 'jsonb', forecast: 'jsonb', caseId: 'text', provenance: 'text', rule: 'text', asOf: 'bigint',
    updatedAt: 'bigint',
  },
  beside: {
    columns: { searchKey: 'text' },
    of: ({ subject }) => ({ searchKey: fold(`${subject.code} ${subject.title}`) }),
  },
});
