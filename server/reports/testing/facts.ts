import type { FigureRow } from '#contract/report.ts';
import type { BoardAnswer } from '#contract/red.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Counted } from '../../domain/ports/reports.ts';
import { weekOf } from '../../domain/report/periods.ts';
import { OCCASIONAL_FIGURES } from '../occasional.ts';
import { weeklyFigures, type ReportedService } from '../weekly.ts';
import named from './services.vi.json' with { type: 'json' };
import shipped from '../settings.vi.json' with { type: 'json' };
import { checkReportSettings } from '../settings.ts';
import type { Facts } from '../writer.ts';

/** Thursday 26/11/2026, 10:00 in Việt Nam. */
export const TEST_AT = Date.UTC(2026, 10, 26, 3);

const DAY_MS = 86_400_000;

/** The nine services, each with one indicator. */
export const testServices: readonly ReportedService[] = named.map(({ id, name, figures }) => ({ id, name, figures, standing: { is: 'pilot', since: TEST_AT - 30 * DAY_MS, reason: 'Chạy thử' }, codes: new Set([`${id}-01`]) }));

/** Rows of a figure of which the first `part` count. */
export function rowsOf(part: number, whole: number, provenance: FigureRow['provenance'] = 'real'): FigureRow[] {
  return Array.from({ length: whole }, (_, index) => ({ id: `hr-${index + 1}`, unit: `SM-${'ABC'[index % 3]}`, part: index < part ? 1 : 0, whole: 1, at: TEST_AT - index, text: 'Xử lý hồ sơ', provenance }));
}

export const status: RedStatusState = {
  id: 'rs-1', ref: 'KTXH-01/SM-A', source: 'ioc', unit: 'SM-A', ward: null, subject: { topic: 'indicator', code: 'KTXH-01', title: 'Tỷ lệ giải ngân vốn đầu tư công' },
  level: 'red', reason: 'below-target', since: TEST_AT - 12 * DAY_MS, redSince: TEST_AT - 12 * DAY_MS, isLow: false, lowSince: null, period: '2026-10', value: 61.5, target: 90, achievement: 0.68,
  progress: null, dueAt: null, trend: [], forecast: null, caseId: 'rc-1', provenance: 'simulated', rule: 'KTXH-01', asOf: TEST_AT, updatedAt: TEST_AT,
};

export const board: BoardAnswer = {
  at: TEST_AT, redCount: 1, lowCount: 0, openCases: 1, low: [], today: [], broken: [], contradictions: [],
  units: [{
    unit: 'SM-A', name: 'Sở mẫu A', redCount: 1, lowCount: 0, redMs: 12 * DAY_MS, oldestSince: TEST_AT - 12 * DAY_MS, provenance: 'simulated',
    reds: [{ status, caseId: 'rc-1', caseState: 'planned', cause: 'Chậm giải phóng mặt bằng', solution: 'Giao ban hằng tuần', responsible: { account: 'a', name: 'Tài khoản mẫu', position: 'Phó Giám đốc', unit: 'SM-A' }, promise: { id: 'm1', title: 'Bàn giao mặt bằng', dueAt: TEST_AT + 9 * DAY_MS, promisedAt: TEST_AT, keptAt: null, evidence: [] }, brokenCount: 1 }],
  }],
};

/** Facts of a week with the figures of the letters. */
export function testFacts(more: Partial<Facts> = {}): Facts {
  const empty: [string, Counted][] = [...weeklyFigures(testServices), ...OCCASIONAL_FIGURES].map((id) => [id, { rows: [], query: `${id}?from=1&to=2` }]);
  const counted = new Map<string, Counted>([...empty, ['requests-not-carried-out', { rows: rowsOf(229, 414), query: 'requests-not-carried-out?from=1&to=2' }], ['feedback-overdue', { rows: rowsOf(56, 98, 'simulated'), query: 'feedback-overdue?from=1&to=2' }]]);
  const period = weekOf(TEST_AT);
  return {
    kind: 'weekly', at: TEST_AT, period, title: '', unit: null, counted, before: new Map([['requests-not-carried-out', { rows: rowsOf(100, 200), query: 'b' }]]), board,
    movement: { from: period.from, to: period.to, cleared: [], new: [{ ref: status.ref, unit: 'SM-A', title: status.subject.title, beganAt: TEST_AT - 12 * DAY_MS, endedAt: null }], still: [], kept: [], broken: [] },
    unitName: (code) => (code === null ? 'Chưa giao' : `Sở mẫu ${code.at(-1) ?? ''}`), settings: checkReportSettings(shipped), services: testServices, ...more,
  };
}
