import type { FigureRow, LadderAnswer, ReportBlock, ReportTable, SubmissionState } from '#contract/report.ts';
import { markOf } from './figures.ts';
import { boardRows, dayText, movedRows, promiseRows, redTable } from './redParts.ts';
import headings from './headings.vi.json' with { type: 'json' };
import { createFigureBook, frame, paragraph, section, type Facts, type Written } from './writer.ts';

const SUBMISSION: Record<SubmissionState, string> = { missing: 'chưa nộp', 'on-time': 'nộp đúng hạn', late: 'nộp muộn', returned: 'bị trả lại' };

const submissionTable = ({ units, period }: LadderAnswer): ReportTable => ({
  kind: 'table',
  caption: `Tình hình nộp báo cáo ${period}`,
  header: ['TT', 'Đơn vị', 'Số chỉ tiêu ĐỎ', 'Tình trạng', 'Ngày nộp'],
  rows: units.map(({ name, redCount, state, sentAt }, index) => [String(index + 1), name, String(redCount), SUBMISSION[state], sentAt === null ? '' : dayText(sentAt)]),
  widths: [6, 44, 16, 18, 16],
});

/** Names one after another, each with its unit and its own mark. */
const listed = (title: string, rows: readonly FigureRow[], unitName: (code: string | null) => string): ReportBlock[] =>
  rows.length === 0 ? [] : [paragraph(`${title}: ${rows.map(({ text, unit, provenance }) => `${text}${unit === null ? '' : `, ${unitName(unit)}`}${markOf(provenance)}`).join('; ')}.`)];

/** Báo cáo tháng về cảnh báo ĐỎ (R09): of one unit, or of the whole city with the board of who has reported. */
export function writeMonthlyRed(facts: Facts, ladder: LadderAnswer): Written {
  const { movement, board, unit, unitName } = facts;
  const book = createFigureBook(facts);
  const said = headings['monthly-red'];
  const query = `/api/v1/red/movement?from=${movement.from}&to=${movement.to}`;
  const [cleared, added] = [movedRows(movement.cleared, board), movedRows(movement.new, board)];
  const broken = promiseRows([], movement.broken).map((row) => ({ ...row, text: `${row.text}, hẹn ${row.at === null ? '' : dayText(row.at)}` }));
  const sections = [
    section('movement', 1, said.movement, [
      book.made('red-cleared', cleared, query),
      book.made('red-new', added, query),
      book.made('red-still', movedRows(movement.still, board), query),
      ...listed('Đã khắc phục', cleared, unitName),
      ...listed('Mới phát sinh', added, unitName),
    ]),
    section('results', 1, said.results, [
      book.made('milestones-kept', promiseRows(movement.kept, movement.broken), query),
      ...listed('Mốc lộ trình lỡ hẹn', broken, unitName),
      book.made('red-now', boardRows(board), '/api/v1/red/board'),
      ...(board.redCount > 0 ? [redTable(board, unit?.code)] : []),
    ]),
    section('proposals', 1, said.proposals, []),
    ...(unit === null ? [section('board', 1, said.board, [submissionTable(ladder)])] : []),
  ];
  return { document: frame(facts, sections), figures: book.figures, rows: book.rows };
}
