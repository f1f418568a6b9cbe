import { createHash } from 'node:crypto';
import { reportTextFlaw } from '#contract/citizen.ts';
import { IMPORT_FIELDS, type ImportMapping } from '#contract/feedbackImport.ts';
import type { FeedbackItem } from '#contract/topics/feedback.ts';
import { fold } from '../../../../geo/fold.ts';
import { readMoment } from '../../rows/readMoment.ts';
import { feedbackServices } from '../services.ts';
import synonyms from './columns.vi.json' with { type: 'json' };
import words from './words.vi.json' with { type: 'json' };

const OTHER = 'other';
const LONGEST = 4000;
const LEAST_PART = 4;

/** One row of a sheet by the heads of its columns, with its number as a person sees it. */
export interface SheetLine {
  line: number;
  cells: Readonly<Record<string, string>>;
}

/** Proposes a column for each field by its head: the exact word first, then one that holds it. */
export function guessMapping(columns: readonly string[]): ImportMapping {
  const free = new Set(columns);
  const take = (fits: (head: string, word: string) => boolean, mapping: ImportMapping): void => {
    for (const field of IMPORT_FIELDS) {
      if (mapping[field] !== undefined) continue;
      const found = synonyms[field].map((word) => [...free].find((column) => fits(fold(column), word))).find((column) => column !== undefined);
      if (found === undefined) continue;
      mapping[field] = found;
      free.delete(found);
    }
  };
  const mapping: ImportMapping = {};
  take((head, word) => head === word, mapping);
  take((head, word) => word.length > 3 && head.includes(word), mapping);
  return mapping;
}

/** A service of the catalogue by its code or its name, marks ignored; by a part of the name where only one has it. */
export function serviceOf(written: string): string | undefined {
  const asked = fold(written);
  const whole = feedbackServices.find(({ code, name, en }) => code === written.trim() || fold(name) === asked || fold(en) === asked);
  const parts = asked.length < LEAST_PART ? [] : feedbackServices.filter(({ name }) => fold(name).includes(asked));
  return (whole ?? (parts.length === 1 ? parts[0] : undefined))?.code;
}

/** A row as a report, or why it can not be one. A row without a code of its own is named by its content. */
export function readSheetLine({ cells }: SheetLine, mapping: ImportMapping): { item: FeedbackItem; isServiceKnown: boolean } | { reason: string } {
  const cell = (field: keyof ImportMapping): string => (mapping[field] === undefined ? '' : (cells[mapping[field]!] ?? '').normalize('NFC').trim());
  const description = cell('description').slice(0, LONGEST);
  const flaw = reportTextFlaw(description);
  if (flaw === 'REPORT_EMPTY') return { reason: words.noDescription };
  if (flaw === 'REPORT_MARKS') return { reason: words.marks };
  const at = readMoment(cell('at'));
  if (at === undefined) return { reason: words.noTime };
  if (at < 0) return { reason: words.oldTime };
  const [lon, lat] = [cell('lon'), cell('lat')].map((text) => (text === '' ? undefined : Number(text.replace(',', '.'))));
  if ([lon, lat].some((number) => number !== undefined && !Number.isFinite(number))) return { reason: words.noPlace };
  const service = serviceOf(cell('service'));
  const content = createHash('sha256').update(JSON.stringify([description, at, cell('address'), lon, lat, service])).digest('hex').slice(0, 24);
  const ref = cell('ref').slice(0, 120) || `dong-${content}`;
  const address = cell('address').slice(0, 300);
  return {
    isServiceKnown: service !== undefined,
    item: {
      key: `${ref}/${content}`, ref, at, service: service ?? OTHER, description,
      ...(address === '' ? {} : { address }),
      ...(lon !== undefined && lat !== undefined ? { position: [lon, lat] as [number, number] } : {}),
    },
  };
}
