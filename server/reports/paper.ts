import { DateTime } from 'luxon';
import type { Figure, OfficialDocument, ReportBlock, ReportDetail, ReportTable, Run } from '#contract/report.ts';
import { filled, paragraph } from './writer.ts';
import words from './words.vi.json' with { type: 'json' };

/** What is printed, in order and with nothing left to decide: both printers read this. */
export interface Paper {
  form: OfficialDocument['form'];
  parent: string | null;
  issuer: string;
  number: string;
  dated: string;
  name: string;
  summary: string;
  addressees: string[];
  body: PaperBlock[];
  recipients: string[];
  authority: string | null;
  position: string;
  annex: ReportTable;
  hash: string | null;
  isDraft: boolean;
  /** When it was fixed, for the file's own date. Units: epoch ms. */
  at: number;
}
export type PaperBlock = { kind: 'heading'; level: number; text: string } | { kind: 'paragraph'; runs: Run[] } | ReportTable;

const local = (at: number) => DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' });
/** Day and month as the decree writes them: a zero before days under 10 and before January and February. */
const dayOf = (on: DateTime) => ({ day: on.toFormat('dd'), month: on.month <= 2 ? on.toFormat('MM') : String(on.month), year: String(on.year) });
const PROVENANCE = { real: words.real, simulated: words.simulated, mixed: words.mixed, manual: words.manual } as const;

/** Long codes are given places to break. */
const broken = (text: string) => text.replaceAll(/(?=[?&])/g, '\n');
const brokenHash = (hash: string) => hash.replaceAll(/(.{16})(?=.)/g, '$1\n');

/** Every figure with its query, hash and provenance. */
export const annexOf = (figures: readonly Figure[]): ReportTable => ({
  kind: 'table',
  caption: words.annexNote,
  header: words.annexHeader,
  rows: figures.map((figure, index) => [String(index + 1), figure.label, figure.text, figure.provenance === null ? words.none : PROVENANCE[figure.provenance], broken(figure.query), brokenHash(figure.hash), local(figure.asOf).toFormat('dd/MM/yyyy HH:mm:ss')]),
  widths: [5, 18, 14, 11, 21, 19, 12],
});

function bodyOf({ document, texts }: Pick<ReportDetail, 'document' | 'texts'>): PaperBlock[] {
  const sections = document.sections.flatMap(({ id, level, heading, blocks }, index): PaperBlock[] => {
    const isLeaf = (document.sections[index + 1]?.level ?? 0) <= level;
    const own = (texts[id] ?? '').split('\n').map((line) => line.trim()).filter(Boolean).map(paragraph);
    const said: ReportBlock[] = [...blocks, ...own];
    const shown = said.length === 0 && isLeaf && heading !== '' ? [paragraph(words.unsaid)] : said;
    return [...(heading === '' ? [] : [{ kind: 'heading' as const, level, text: heading }]), ...shown];
  });
  return [...document.opening, ...sections, ...document.closing];
}

/** Ends the text as the decree asks: "./." after its last words. */
function ended(blocks: PaperBlock[]): PaperBlock[] {
  const last = blocks.at(-1);
  if (last?.kind !== 'paragraph') return [...blocks, paragraph(words.end)];
  const runs = last.runs.map((run, index) => (index === last.runs.length - 1 ? { ...run, text: `${run.text.replace(/[.\s]+$/, '')}${words.end}` } : run));
  return [...blocks.slice(0, -1), { kind: 'paragraph', runs }];
}

/** The paper of a report as it stands: with the clerk's number and day once it was sent. */
export function paperOf(report: ReportDetail): Paper {
  const { document, sent, figures } = report;
  const on = sent ? DateTime.fromISO(sent.on, { zone: 'Asia/Ho_Chi_Minh' }) : local(document.at);
  return {
    form: document.form,
    parent: document.parent,
    issuer: document.issuer,
    // A clerk may write the number alone or the whole of number and symbol.
    number: sent?.number.includes('/') ? filled(words.wholeNumber, { number: sent.number }) : filled(words.number, { number: sent?.number ?? words.numberEmpty, symbol: document.symbol }),
    dated: filled(words.dated, { place: document.place, ...dayOf(on) }),
    name: document.name,
    summary: document.summary,
    addressees: document.addressees,
    body: ended(bodyOf(report)),
    recipients: document.recipients,
    authority: document.authority,
    position: document.position,
    annex: annexOf(figures),
    hash: report.hash,
    isDraft: report.state === 'draft',
    at: report.lockedAt ?? report.updatedAt,
  };
}
