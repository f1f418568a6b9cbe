import { refused, okay, type Outcome } from '#contract/faults.ts';
import type { MakeReport, ReportKind, ReportState } from '#contract/report.ts';
import type { RedPort } from '../domain/ports/red.ts';
import type { KeptCampaign, ReportStorePort } from '../domain/ports/reports.ts';
import { monthOf, stretchOf, weekOf, type ReportPeriod } from '../domain/report/periods.ts';
import { casePolicy } from '../domain/red-case/policy.ts';
import type { Scope } from '../domain/scope.ts';
import type { Units } from '../domain/units/units.ts';
import type { Clock } from '../kernel/clock.ts';
import { writeRunCampaign } from './campaign.ts';
import { ladderOf } from './ladder.ts';
import { writeMonthlyRed } from './monthlyRed.ts';
import { OCCASIONAL_FIGURES, writeAdHoc, writeCampaign, writeGuidance, writeUrging } from './occasional.ts';
import type { ReportSettings } from './settings.ts';
import { weeklyFigures, writeWeekly, type ReportedService } from './weekly.ts';
import type { Facts, Written } from './writer.ts';

export interface ComposeDeps {
  store: ReportStorePort;
  red: Pick<RedPort, 'board' | 'movement'>;
  units: Units;
  clock: Pick<Clock, 'now'>;
  settings: ReportSettings;
  /** The services in force, as their folders and standings say now. */
  services(): readonly ReportedService[];
}

/** What a report is to be about. */
export interface Wish {
  kind: ReportKind;
  unit: string | null;
  title: string;
  period: ReportPeriod;
  campaign: KeptCampaign | null;
}

const WEEK_MS = 7 * 86_400_000;
const FIGURES: Record<Exclude<ReportKind, 'weekly'>, readonly string[]> = { 'monthly-red': [], campaign: OCCASIONAL_FIGURES, 'ad-hoc': OCCASIONAL_FIGURES, urging: OCCASIONAL_FIGURES, guidance: [] };

/** The stretch of time a wish means; the monthly deadline is that of the case policy. Fails: REQUEST_BODY when it ends before it begins. */
export function periodOf({ kind, at, from, to }: MakeReport, now: number): Outcome<ReportPeriod> {
  if (kind === 'weekly') return okay(weekOf(at ?? now));
  if (kind === 'monthly-red') return okay(monthOf(at ?? now, casePolicy.monthlyReport));
  const end = to ?? now;
  const begin = from ?? end - WEEK_MS;
  return begin < end ? okay(stretchOf(begin, end)) : refused('REQUEST_BODY', { pointer: '/to' });
}

/** Writes a report from the data as it stands. Fails: what reading of ĐỎ fails with. */
export function createComposer({ store, red, units, clock, settings, services: servicesNow }: ComposeDeps) {
  const nameOf = (code: string | null) => (code === null ? 'Chưa giao đơn vị' : (units.get(code)?.fullName ?? code));
  return {
    nameOf,
    async compose({ kind, unit, title, period, campaign }: Wish, scope: Scope, known: readonly ReportState[]): Promise<Outcome<Written>> {
      const at = clock.now();
      const owner = unit === null ? undefined : units.get(unit);
      const within = unit === null ? (scope.units === null ? null : [...scope.units]) : [unit, ...units.subtree(unit)];
      const length = period.to - period.from;
      const services = servicesNow();
      const figures = kind === 'weekly' ? weeklyFigures(services) : FIGURES[kind];
      const [counted, before, board, movement] = await Promise.all([
        store.count(figures, period.from, period.to, within),
        store.count(figures, period.from - length, period.from, within),
        red.board(scope),
        red.movement(period.from, Math.min(period.to, at), scope),
      ]);
      if (!board.ok) return board;
      if (!movement.ok) return movement;
      const ofUnit = <T extends { unit: string | null }>(rows: readonly T[]) => rows.filter((row) => within === null || (row.unit !== null && within.includes(row.unit)));
      const moved = movement.value;
      const facts: Facts = {
        kind, at, period, title, unit: owner ?? null, counted, before, settings, services, unitName: nameOf,
        board: { ...board.value, units: ofUnit(board.value.units), redCount: ofUnit(board.value.units).reduce((sum, { redCount }) => sum + redCount, 0) },
        movement: { ...moved, cleared: ofUnit(moved.cleared), new: ofUnit(moved.new), still: ofUnit(moved.still), kept: ofUnit(moved.kept), broken: ofUnit(moved.broken) },
      };
      const writers: Record<ReportKind, () => Written> = {
        weekly: () => writeWeekly(facts),
        'monthly-red': () => writeMonthlyRed(facts, ladderOf(period, facts.board, known, nameOf, settings)),
        campaign: () => (campaign ? writeRunCampaign(facts, campaign) : writeCampaign(facts)),
        'ad-hoc': () => writeAdHoc(facts),
        urging: () => writeUrging(facts),
        guidance: () => writeGuidance(facts),
      };
      return okay(writers[kind]());
    },
  };
}
