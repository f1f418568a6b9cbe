import { DateTime } from 'luxon';
import type { BoardAnswer, MovementAnswer, PromiseRow } from '#contract/red.ts';
import type { FigureRow, ReportTable } from '#contract/report.ts';
import { markOf } from './figures.ts';

const DAY_MS = 86_400_000;

/** A day as official papers write it, in the time of Việt Nam. */
export const dayText = (at: number): string => DateTime.fromMillis(at, { zone: 'Asia/Ho_Chi_Minh' }).toFormat('dd/MM/yyyy');

type Movement = MovementAnswer['new'];

/** Rows of a figure from reds that moved. A red without its own provenance takes that of its unit's board. */
export const movedRows = (moved: Movement, board: BoardAnswer): FigureRow[] =>
  moved.map(({ ref, unit, title, beganAt, endedAt }) => {
    const provenance = board.units.find((row) => row.unit === unit)?.reds.find(({ status }) => status.ref === ref)?.status.provenance ?? 'simulated';
    return { id: ref, unit, part: 1, whole: 0, at: endedAt ?? beganAt, text: title, provenance };
  });

export const promiseRows = (kept: readonly PromiseRow[], broken: readonly PromiseRow[]): FigureRow[] =>
  [...kept, ...broken].map(({ milestone, unit, title, state, caseId }) => ({ id: `${caseId}/${milestone.id}`, unit, part: state === 'kept' ? 1 : 0, whole: 1, at: milestone.dueAt, text: `${title}: ${milestone.title}`, provenance: 'manual' }));

export const boardRows = (board: BoardAnswer): FigureRow[] =>
  board.units.flatMap(({ unit, reds }) => reds.map(({ status }) => ({ id: status.id, unit, part: 1, whole: 0, at: status.redSince, text: status.subject.title, provenance: status.provenance ?? ('simulated' as const) })));

/** Who is RED, since when, why, what was promised, who answers. The mark of a simulated row stands in its own line. */
export function redTable(board: BoardAnswer, only?: string): ReportTable {
  const rows = board.units
    .filter(({ unit }) => only === undefined || unit === only)
    .flatMap((unit) => unit.reds.map((red) => ({ unit, red })))
    .map(({ unit, red: { status, cause, promise, responsible, brokenCount } }, index) => [
      String(index + 1),
      unit.name,
      `${status.subject.title}${markOf(status.provenance ?? unit.provenance)}`,
      status.redSince === null ? '' : `${dayText(status.redSince)} (${Math.floor((board.at - status.redSince) / DAY_MS)} ngày)`,
      cause ?? 'chưa báo cáo',
      promise ? `${promise.title}: ${dayText(promise.dueAt)}${brokenCount > 0 ? `; lỡ hẹn ${brokenCount} mốc` : ''}` : 'chưa cam kết',
      responsible ? `${responsible.position}, ${responsible.name}` : 'chưa phân công',
    ]);
  return { kind: 'table', caption: 'Các chỉ tiêu, nhiệm vụ đang cảnh báo “ĐỎ”', header: ['TT', 'Đơn vị', 'Chỉ tiêu, nhiệm vụ', 'ĐỎ từ ngày', 'Nguyên nhân', 'Lộ trình', 'Trách nhiệm'], rows, widths: [5, 14, 21, 13, 18, 16, 13] };
}
