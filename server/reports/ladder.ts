import type { BoardAnswer } from '#contract/red.ts';
import type { LadderAnswer, ReportState, SubmissionState } from '#contract/report.ts';
import { isLate, type ReportPeriod } from '../domain/report/periods.ts';
import type { ReportSettings } from './settings.ts';

const submissionOf = ({ state, sent, dueAt }: ReportState): SubmissionState => {
  if (state === 'returned') return 'returned';
  if (sent === null) return 'missing';
  return isLate(dueAt, sent.at) ? 'late' : 'on-time';
};

/** Who has sent the month's report and how far it has climbed (R09, R10). Locked is not sent; the newest sending of a unit counts. */
export function ladderOf(period: ReportPeriod, board: BoardAnswer, reports: readonly ReportState[], nameOf: (code: string) => string, { ladder }: ReportSettings): LadderAnswer {
  const ofMonth = reports.filter(({ kind, from }) => kind === 'monthly-red' && from === period.from).sort((a, b) => b.createdAt - a.createdAt);
  const sent = ofMonth.filter((report) => report.sent !== null);
  const counts = new Map(board.units.filter(({ redCount }) => redCount > 0).map(({ unit, redCount }) => [unit, redCount]));
  const codes = [...new Set([...counts.keys(), ...sent.flatMap(({ unit }) => (unit === null ? [] : [unit]))])];
  return {
    period: period.label,
    dueAt: period.dueAt,
    units: codes.map((unit) => {
      const report = sent.find((one) => one.unit === unit);
      return { unit, name: nameOf(unit), redCount: counts.get(unit) ?? 0, state: report ? submissionOf(report) : ('missing' as const), sentAt: report?.sent?.at ?? null, reportId: report?.id ?? null };
    }),
    rungs: ladder.map(({ id, name, isSupport = false }) => {
      const report = sent.find((one) => one.unit === null && one.state === 'sent' && one.sent?.rung === id);
      return { id, name, isSupport, sentAt: report?.sent?.at ?? null, receivedAt: report?.sent?.recipients.find(({ receivedAt }) => receivedAt !== null)?.receivedAt ?? null, reportId: report?.id ?? null };
    }),
  };
}
