import type { AlertState } from '#contract/topics/alert.ts';
import { fold } from '../../../geo/fold.ts';
import { createThingTable } from './thingTable.ts';

/** Alerts. */
export const alertTable = createThingTable<AlertState>({
  topic: 'alert',
  table: 'alert',
  matters: `t.state <> 'closed'`,
  fields: {
    ref: 'text', source: 'text', kind: 'text', level: 'smallint', title: 'text', text: 'text', status: 'text', state: 'text', owner: 'jsonb',
    unit: 'text', ward: 'text', position: 'point', area: 'jsonb', cameraKey: 'text', evidence: 'jsonb', confidence: 'double precision',
    provenance: 'text', raisedAt: 'bigint', receivedAt: 'bigint', updatedAt: 'bigint', acknowledgeBy: 'bigint', dueAt: 'bigint',
    acknowledgedAt: 'bigint', assignedAt: 'bigint', resolvedAt: 'bigint', verifiedAt: 'bigint', closedAt: 'bigint', requestId: 'text',
    shelvedUntil: 'bigint', shelvedReason: 'text', escalated: 'smallint', duplicateOf: 'text', comments: 'smallint', attachments: 'jsonb',
    shelveAsk: 'jsonb', procedure: 'jsonb', rehearsal: 'text',
  },
  beside: {
    columns: { extent: 'surface', searchKey: 'text' },
    of: ({ area, title, text }) => ({ extent: area, searchKey: fold(`${title} ${text ?? ''}`) }),
  },
});
