import type { DirectiveState } from '#contract/topics/directive.ts';
import { fold } from '../../../geo/fold.ts';
import { createThingTable } from './thingTable.ts';

/** Directives that assignments trace to. */
export const directiveTable = createThingTable<DirectiveState>({
  topic: 'directive',
  table: 'directive',
  matters: 'true',
  fields: {
    ref: 'text', source: 'text', unit: 'text', ward: 'text', number: 'text', kind: 'text', issuedOn: 'text', issuer: 'text', title: 'text',
    attachments: 'jsonb', enteredBy: 'text', updatedAt: 'bigint', provenance: 'text',
  },
  beside: { columns: { searchKey: 'text' }, of: ({ number, title, issuer }) => ({ searchKey: fold(`${number} ${title} ${issuer}`) }) },
});
