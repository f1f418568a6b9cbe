import type { FigureRow, ReportTable } from '#contract/report.ts';
import type { KeptCampaign } from '../domain/ports/reports.ts';
import { plannedLeft } from '../domain/campaign/burnDown.ts';
import { markOf, provenanceOfRows, shareText } from './figures.ts';
import headings from './headings.vi.json' with { type: 'json' };
import { dayText } from './redParts.ts';
import { createFigureBook, frame, paragraph, section, type Facts, type Written } from './writer.ts';

/** Lines of the burn-down that a page has room for. */
const MOST_POINTS = 12;

/** Everything the campaign found, `part` = still left. */
const rowsOf = ({ things }: KeptCampaign): FigureRow[] =>
  things.map(({ thing, unit, title, dueAt, doneAt, provenance }) => ({ id: thing, unit, part: doneAt === null ? 1 : 0, whole: 1, at: doneAt ?? dueAt, text: title, provenance }));

/** Units with what they had and have left, the most left first. */
function unitTable(rows: readonly FigureRow[], unitName: Facts['unitName']): ReportTable {
  const units = [...Map.groupBy(rows, ({ unit }) => unit)].map(([unit, own]) => ({ unit, own, left: own.filter(({ part }) => part > 0).length }));
  units.sort((a, b) => b.left - a.left || b.own.length - a.own.length);
  return {
    kind: 'table', caption: 'Kết quả theo đơn vị', header: ['TT', 'Đơn vị', 'Tổng số', 'Còn lại'], widths: [8, 52, 16, 24],
    rows: units.map(({ unit, own, left }, place) => [String(place + 1), unitName(unit), String(own.length), `${shareText(left, own.length)}${markOf(provenanceOfRows(own))}`]),
  };
}

/** What was left on the days it changed, beside the even course to the deadline. */
function courseTable({ state }: KeptCampaign): ReportTable {
  const step = Math.max(1, Math.ceil(state.burnDown.length / MOST_POINTS));
  const points = state.burnDown.filter((_, place) => place % step === 0 || place === state.burnDown.length - 1);
  return {
    kind: 'table', caption: 'Diễn biến số việc còn lại', header: ['Ngày', 'Còn lại', 'Theo tiến độ đều'], widths: [40, 30, 30],
    rows: points.map(({ at, left }) => [dayText(at), String(left), String(plannedLeft(state, at))]),
  };
}

/** Who answers for what is left: cơ quan, đơn vị, cá nhân (R43). */
function accountableTable({ things, state }: KeptCampaign, unitName: Facts['unitName']): ReportTable {
  const left = things.filter(({ doneAt }) => doneAt === null);
  return {
    kind: 'table', caption: state.state === 'ended' ? 'Danh sách chịu trách nhiệm khi hết hạn' : 'Danh sách còn phải thực hiện', header: ['TT', 'Đơn vị', 'Nội dung', 'Hạn', 'Người chịu trách nhiệm'], widths: [7, 22, 35, 13, 23],
    rows: left.map(({ unit, title, dueAt, responsible, provenance }, place) => [
      String(place + 1), unitName(unit), `${title}${markOf(provenance)}`, dayText(dueAt), [responsible?.position, responsible?.name].filter(Boolean).join(', ') || 'chưa phân công',
    ]),
  };
}

/** Báo cáo chiến dịch from a campaign that was run here: its burn-down, its units, and by its deadline who is accountable (R42, R43). */
export function writeRunCampaign(facts: Facts, campaign: KeptCampaign): Written {
  const book = createFigureBook(facts);
  const rows = rowsOf(campaign);
  const { id, title, startedAt, dueAt, state } = campaign.state;
  const said = headings.campaign;
  const results = [
    paragraph(`${title}: từ ngày ${dayText(startedAt)}, thời hạn ${dayText(dueAt)}${state === 'ended' ? ' (đã hết hạn)' : ''}.`),
    book.made('campaign-left', rows, `/api/v1/campaigns/${id}/accountable`),
    unitTable(rows, facts.unitName),
    courseTable(campaign),
  ];
  const accountable = accountableTable(campaign, facts.unitName);
  const units = accountable.rows.length > 0 ? [accountable] : [paragraph('Không còn việc nào chưa thực hiện.')];
  return { document: frame(facts, [section('results', 1, said.results, results), section('units', 1, said.units, units), section('proposals', 1, said.proposals)]), figures: book.figures, rows: book.rows };
}
