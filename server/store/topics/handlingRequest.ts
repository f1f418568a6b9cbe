import type { HandlingRequestState } from '#contract/topics/handlingRequest.ts';
import { fold } from '../../../geo/fold.ts';
import { createThingTable } from './thingTable.ts';

/** Handling requests. */
export const handlingRequestTable = createThingTable<HandlingRequestState>({
  topic: 'handling-request',
  table: 'handling_request',
  matters: `t.step not in ('verified', 'returned')`,
  fields: {
    ref: 'text', source: 'text', about: 'jsonb', title: 'text', note: 'text', unit: 'text', level: 'smallint', position: 'point', ward: 'text',
    provenance: 'text', step: 'text', issuedBy: 'text', issuedAt: 'bigint', updatedAt: 'bigint', dueAt: 'bigint', deliveredAt: 'bigint',
    readAt: 'bigint', acceptedAt: 'bigint', acceptedBy: 'text', returnedAt: 'bigint', returnReason: 'text', carriedOutAt: 'bigint',
    result: 'text', verifiedAt: 'bigint', verifiedBy: 'text', onTheWayAt: 'bigint', arrivedAt: 'bigint', media: 'jsonb',
    nudges: 'smallint', nudgedAt: 'bigint', nudgeNote: 'text', nudgeReadAt: 'bigint', explanationAskedAt: 'bigint', explanationDueAt: 'bigint',
    explanationQuestion: 'text', explanation: 'text', explainedAt: 'bigint', rehearsal: 'text', patrol: 'text',
  },
  beside: {
    columns: { searchKey: 'text' },
    of: ({ title, note }) => ({ searchKey: fold(`${title} ${note ?? ''}`) }),
  },
});
