import type { LoggedTopic } from '#contract/topics.ts';
import { fold } from '../../../geo/fold.ts';
import type { RecordState } from '../../domain/door/revise/record.ts';
import { createThingTable } from './thingTable.ts';

/** Topics of the register: one table, the fields of each in `values`. */
export const RECORD_TOPICS = ['indicator', 'dossier', 'assignment', 'document', 'outreach', 'security-event'] as const satisfies readonly LoggedTopic[];
export type RecordTopic = (typeof RECORD_TOPICS)[number];

/** A screen starts from the newest records only; the whole register is read by pages. */
const SNAPSHOT_RECORDS = 5000;

const createRecordTable = (topic: RecordTopic) =>
  createThingTable<RecordState>({
    topic,
    table: 'record',
    sharesTable: true,
    matters: `t.topic = '${topic}' and t.n in (select n from record where topic = '${topic}' order by n desc limit ${SNAPSHOT_RECORDS})`,
    fields: {
      ref: 'text', source: 'text', unit: 'text', ward: 'text', position: 'point', provenance: 'text', at: 'bigint', receivedAt: 'bigint', values: 'jsonb', rehearsal: 'text',
    },
    beside: {
      columns: { searchKey: 'text' },
      of: ({ values }) => ({ searchKey: fold(Object.values(values).filter((value) => typeof value === 'string').join(' ')) }),
    },
  });

/** Records by topic. */
export const recordTables = Object.fromEntries(RECORD_TOPICS.map((topic) => [topic, createRecordTable(topic)])) as Record<
  RecordTopic,
  ReturnType<typeof createRecordTable>
>;
