import type { Me } from '#contract/http.ts';
import type { OfficialDocument, ReportBlock, ReportDetail, ReportKind, ReportState } from '#contract/report.ts';

export const KINDS: readonly ReportKind[] = ['weekly', 'monthly-red', 'campaign', 'ad-hoc', 'urging', 'guidance'];
export const FORMATS = ['pdf', 'docx', 'xlsx', 'csv'] as const;

export type ReportDeed = 'renew' | 'lock' | 'send' | 'return';
/** What can be done to a report in its state. */
export function deedsOf({ state }: Pick<ReportState, 'state'>): ReportDeed[] {
  if (state === 'draft') return ['renew', 'lock'];
  if (state === 'locked') return ['send'];
  return state === 'sent' ? ['return'] : [];
}

/** Whether a person may make reports here; the server decides about each. */
export const isWriter = (me: Pick<Me, 'roles'> | null): boolean => me?.roles.some((role) => ['report-editor', 'operator', 'unit-officer', 'admin'].includes(role)) ?? false;
/** Kinds a person is offered: an officer of a unit the monthly report alone. */
export const kindsFor = (me: Pick<Me, 'roles'> | null): readonly ReportKind[] => (me?.roles.some((role) => ['report-editor', 'operator', 'admin'].includes(role)) ? KINDS : ['monthly-red']);
/** Kinds that are about one unit. */
export const needsUnit = (kind: ReportKind): boolean => kind === 'urging' || kind === 'guidance';

/** Lines typed into a field, one thing each. */
export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean);

/** Recipients a report goes to, as the paper names them; "như trên" stands for those it is addressed to. */
export function recipientsOf({ addressees, recipients }: OfficialDocument): string[] {
  const named = recipients.map((line) => line.replace(/[;.]$/, '')).filter((line) => !/^(như trên|lưu)/i.test(line));
  return [...new Set([...addressees, ...named])];
}

/** Texts that differ from what is kept. */
export function changedTexts(typed: Readonly<Record<string, string>>, { texts }: Pick<ReportDetail, 'texts'>): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).filter(([id, text]) => text !== (texts[id] ?? '')));
}

/** Place and date line as the decree writes it: a day under ten and the first two months with their zero. */
export function dateline(at: number): string {
  const [year = '', month = '', day = ''] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at).split('-');
  return `ngày ${day} tháng ${Number(month) > 2 ? Number(month) : month} năm ${year}`;
}

/** The last words of a paper end in "./.", as they are printed. */
export function closedBlocks(blocks: readonly ReportBlock[]): ReportBlock[] {
  return blocks.map((block, place) => {
    if (place < blocks.length - 1 || block.kind !== 'paragraph') return block;
    const runs = block.runs.map((run, order) => (order === block.runs.length - 1 ? { ...run, text: `${run.text.replace(/[.\s]+$/, '')}./.` } : run));
    return { ...block, runs };
  });
}
