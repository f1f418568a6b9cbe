import type { FigureRow, ReportTable } from '#contract/report.ts';
import { boardRows, redTable } from './redParts.ts';
import { shareText, markOf, provenanceOfRows } from './figures.ts';
import headings from './headings.vi.json' with { type: 'json' };
import { createFigureBook, frame, paragraph, section, type Facts, type Written } from './writer.ts';

/** Figures of campaigns, ad-hoc reports and letters. */
export const OCCASIONAL_FIGURES = ['requests-not-carried-out', 'requests-overdue', 'feedback-overdue', 'feedback-handled', 'dossiers-overdue', 'assignments-overdue', 'alerts-acknowledged-in-time'];
const CAMPAIGN_FIGURES = ['requests-not-carried-out', 'feedback-overdue', 'dossiers-overdue'];
const GUIDANCE = [
  'Nguyên nhân: nêu rõ nguyên nhân chủ quan, khách quan làm cho chỉ tiêu, nhiệm vụ bị cảnh báo “ĐỎ”;',
  'Giải pháp: giải pháp cụ thể, khả thi, gắn với từng nguyên nhân;',
  'Lộ trình: các mốc thời gian hoàn thành, có kết quả đo được tại từng mốc;',
  'Phân công trách nhiệm: người chịu trách nhiệm, chức vụ và đơn vị.',
];

/** Units with what they have not carried out, the most first: who is accountable (R42). */
function accountability(rows: readonly FigureRow[], unitName: (code: string | null) => string): ReportTable {
  const byUnit = Map.groupBy(rows, ({ unit }) => unit);
  const sums = [...byUnit].map(([unit, own]) => ({ unit, own, part: own.reduce((sum, row) => sum + row.part, 0), whole: own.reduce((sum, row) => sum + row.whole, 0) }));
  const late = sums.filter(({ part }) => part > 0).sort((a, b) => b.part - a.part);
  return {
    kind: 'table', caption: 'Các đơn vị còn yêu cầu xử lý chưa thực hiện', header: ['TT', 'Đơn vị', 'Chưa thực hiện/Tổng số'],
    rows: late.map(({ unit, own, part, whole }, index) => [String(index + 1), unitName(unit), `${shareText(part, whole)}${markOf(provenanceOfRows(own))}`]),
    widths: [8, 52, 40],
  };
}

/** Báo cáo chiến dịch (R42). */
export function writeCampaign(facts: Facts): Written {
  const book = createFigureBook(facts);
  const results = CAMPAIGN_FIGURES.map((figure) => book.counted(figure));
  const table = accountability(facts.counted.get('requests-not-carried-out')?.rows ?? [], facts.unitName);
  const said = headings.campaign;
  const sections = [section('results', 1, said.results, results), section('units', 1, said.units, table.rows.length > 0 ? [table] : [paragraph('Không có đơn vị nào còn yêu cầu chưa thực hiện.')]), section('proposals', 1, said.proposals)];
  return { document: frame(facts, sections), figures: book.figures, rows: book.rows };
}

/** Báo cáo đột xuất. */
export function writeAdHoc(facts: Facts): Written {
  const book = createFigureBook(facts);
  const said = headings['ad-hoc'];
  const facts1 = [...OCCASIONAL_FIGURES.map((figure) => book.counted(figure)), book.made('red-now', boardRows(facts.board), '/api/v1/red/board')];
  return { document: frame(facts, [section('facts', 1, said.facts, facts1), section('proposals', 1, said.proposals)]), figures: book.figures, rows: book.rows };
}

/** Công văn đôn đốc: what the unit still owes. */
export function writeUrging(facts: Facts): Written {
  const book = createFigureBook(facts);
  const own = boardRows(facts.board).filter(({ unit }) => facts.unit === null || unit === facts.unit.code);
  const blocks = [book.counted('requests-not-carried-out'), book.made('red-now', own, `/api/v1/red/board?unit=${facts.unit?.code ?? ''}`), ...(own.length > 0 ? [redTable(facts.board, facts.unit?.code)] : [])];
  return { document: frame(facts, [section('demand', 1, '', [])], blocks), figures: book.figures, rows: book.rows };
}

/** Công văn hướng dẫn: the four fields of a case. */
export function writeGuidance(facts: Facts): Written {
  return { document: frame(facts, [section('guidance', 1, '', GUIDANCE.map((text, index) => paragraph(`${index + 1}. ${text}`)))]), figures: [], rows: {} };
}
