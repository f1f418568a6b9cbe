import type { FeedbackState } from '#contract/topics/feedback.ts';
import { fold } from '../../../geo/fold.ts';
import { createThingTable } from './thingTable.ts';

/** Citizens' reports. */
export const feedbackTable = createThingTable<FeedbackState>({
  topic: 'feedback',
  table: 'feedback',
  matters: `t.state not in ('closed', 'rejected')`,
  fields: {
    ref: 'text', source: 'text', service: 'text', description: 'text', address: 'text', media: 'jsonb', state: 'text', unit: 'text', ward: 'text',
    position: 'point', provenance: 'text', reportedAt: 'bigint', receivedAt: 'bigint', updatedAt: 'bigint', dueAt: 'bigint', resolvedAt: 'bigint',
    verifiedAt: 'bigint', result: 'text', requestId: 'text', duplicateOf: 'text', answer: 'text', answeredAt: 'bigint', closedReason: 'text',
    closedAt: 'bigint', rating: 'smallint', reopened: 'smallint', process: 'text', rehearsal: 'text',
  },
  beside: {
    columns: { searchKey: 'text' },
    of: ({ description, address }) => ({ searchKey: fold(`${description} ${address ?? ''}`) }),
  },
});
