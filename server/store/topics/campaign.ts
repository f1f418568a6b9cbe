import type { CampaignState } from '#contract/topics/campaign.ts';
import { fold } from '../../../geo/fold.ts';
import { createThingTable } from './thingTable.ts';

/** Campaigns with their burn-down. */
export const campaignTable = createThingTable<CampaignState>({
  topic: 'campaign',
  table: 'campaign',
  matters: 'true',
  fields: {
    ref: 'text', source: 'text', unit: 'text', ward: 'text', title: 'text', directive: 'text', scope: 'jsonb', state: 'text', startedAt: 'bigint',
    dueAt: 'bigint', total: 'integer', left: 'integer', units: 'jsonb', burnDown: 'jsonb', enteredBy: 'text', updatedAt: 'bigint', provenance: 'text',
  },
  beside: { columns: { searchKey: 'text' }, of: ({ title }) => ({ searchKey: fold(title) }) },
});
