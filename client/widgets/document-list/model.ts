import type { Static } from 'typebox';
import type { documentTopic } from '#contract/topics/record.ts';
import type { Settings } from './settings.ts';

export type DocumentRecord = Static<(typeof documentTopic)['state']>;

/** Documents of the chosen direction, the newest first. */
export const newestDocuments = (records: readonly DocumentRecord[], { direction }: Settings): DocumentRecord[] =>
  records.filter(({ values }) => !direction || values.direction === direction).sort((a, b) => (a.values.issuedOn < b.values.issuedOn ? 1 : a.values.issuedOn > b.values.issuedOn ? -1 : b.at - a.at));

/** A date of the register as people write it. */
export const dayOf = (issuedOn: string): string => issuedOn.split('-').reverse().join('/');
