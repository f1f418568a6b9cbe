import type { CaseState } from '#contract/topics/case.ts';
import { fold } from '../../../geo/fold.ts';
import { createThingTable } from './thingTable.ts';

/** Cases of ĐỎ. */
export const caseTable = createThingTable<CaseState>({
  topic: 'case',
  table: 'red_case',
  matters: `(t.state <> 'closed' or t.reading ->> 'level' = 'red')`,
  fields: {
    ref: 'text', source: 'text', unit: 'text', ward: 'text', subject: 'jsonb', statusId: 'text', title: 'text', reading: 'jsonb', redSince: 'bigint',
    reds: 'integer', state: 'text', openedAt: 'bigint', updatedAt: 'bigint', acknowledgeBy: 'bigint', dueAt: 'bigint', acknowledgedAt: 'bigint',
    plannedAt: 'bigint', submittedAt: 'bigint', acceptedAt: 'bigint', resolvedAt: 'bigint', verifiedAt: 'bigint', closedAt: 'bigint', cause: 'text',
    solution: 'text', responsible: 'jsonb', milestones: 'jsonb', obstacles: 'jsonb', nudges: 'jsonb', evidence: 'jsonb', result: 'text',
    returnReason: 'text', closeReason: 'text', provenance: 'text',
  },
  beside: {
    columns: { searchKey: 'text' },
    of: ({ title, cause, solution }) => ({ searchKey: fold(`${title} ${cause ?? ''} ${solution ?? ''}`) }),
  },
});
