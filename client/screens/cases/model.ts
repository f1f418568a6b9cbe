import type { BoardAnswer, CatalogueAnswer, CatalogueIndicator, PromiseState } from '#contract/red.ts';
import type { CampaignState } from '#contract/topics/campaign.ts';
import type { CaseLifeState, CaseState, Milestone } from '#contract/topics/case.ts';
import type { RedLevel, RedStatusState } from '#contract/topics/redStatus.ts';
import { fold } from '../../../geo/fold.ts';

/** Parts of the page. */
export const TABS = ['board', 'mine', 'goals', 'indicators', 'low', 'promises', 'contradictions', 'calendar', 'meeting', 'office', 'campaigns', 'register', 'places', 'pilots', 'quality', 'import'] as const;
export type Tab = (typeof TABS)[number];
/** Parts for whom works on cases. */
export const WORK_TABS: ReadonlySet<Tab> = new Set(['import', 'office']);
/** Parts from which a case is opened beside the list; the others take the whole page while none is open. */
export const CASE_TABS: ReadonlySet<Tab> = new Set(['board', 'mine', 'low', 'promises', 'contradictions']);
export const LEVELS: readonly RedLevel[] = ['red', 'amber', 'green', 'grey'];

/** One indicator at one unit, as a row of the table. */
export interface StatusRow {
  id: string;
  indicator: CatalogueIndicator;
  status: RedStatusState;
}

/** What a person narrows the table by; empty = all. */
export interface Asked {
  unit: string;
  service: string;
  period: string;
  level: string;
  words: string;
}

const rankOf = (level: RedLevel): number => LEVELS.indexOf(level);

/** The table: the worst first, then by name; words without marks. */
export function tableOf({ items }: CatalogueAnswer, asked: Asked): StatusRow[] {
  const words = fold(asked.words).split(' ').filter(Boolean);
  return items
    .filter(({ service, period }) => (asked.service === '' || service === asked.service) && (asked.period === '' || period === asked.period))
    .flatMap((indicator) => indicator.statuses.map((status) => ({ id: status.id, indicator, status })))
    .filter(({ status }) => (asked.unit === '' || status.unit === asked.unit) && (asked.level === '' || status.level === asked.level))
    .filter(({ indicator, status }) => words.every((word) => fold(`${indicator.name.vi} ${indicator.name.en} ${indicator.code} ${status.unit ?? ''}`).includes(word)))
    .sort((a, b) => rankOf(a.status.level) - rankOf(b.status.level) || a.indicator.name.vi.localeCompare(b.indicator.name.vi, 'vi') || (a.status.unit ?? '').localeCompare(b.status.unit ?? ''));
}

/** Known values of the past, oldest first. */
export const courseOf = ({ trend }: RedStatusState): number[] => trend.flatMap(({ value }) => (value === null ? [] : [value]));

/** The four mandatory fields (R06), in their official order. */
export const FIELDS = ['cause', 'solution', 'milestones', 'responsible'] as const;
export type FieldName = (typeof FIELDS)[number];
export function filledFields({ cause, solution, milestones, responsible }: Pick<CaseState, FieldName>): Record<FieldName, boolean> {
  return { cause: (cause ?? '').trim() !== '', solution: (solution ?? '').trim() !== '', milestones: milestones.length > 0, responsible: responsible !== null };
}

/** Which of the four fields a refusal is about: by its pointer, or by what it says is missing. */
export function blamedFields(fault: { pointer?: string | undefined; detail?: string | undefined } | null): FieldName[] {
  if (!fault) return [];
  const said = `${fault.pointer ?? ''} ${fault.detail ?? ''}`;
  return FIELDS.filter((field) => said.includes(field));
}

export const PROMISE_STATES: readonly PromiseState[] = ['promised', 'kept', 'broken'];
/** A promise whose moment is over, or that was kept, is no longer part of what can be planned. */
export const isSettled = ({ dueAt, keptAt }: Pick<Milestone, 'dueAt' | 'keptAt'>, now: number): boolean => keptAt !== null || dueAt <= now;

export type PromiseWord = 'promised' | 'kept' | 'kept-late' | 'broken';
/** Hẹn, giữ lời, giữ lời muộn, lỡ hẹn: kept only before its moment. */
export function promiseOf({ dueAt, keptAt }: Pick<Milestone, 'dueAt' | 'keptAt'>, now: number): PromiseWord {
  if (keptAt !== null) return keptAt < dueAt ? 'kept' : 'kept-late';
  return now >= dueAt ? 'broken' : 'promised';
}

export type CaseDeed = 'acknowledge' | 'submit' | 'report' | 'accept' | 'refuse' | 'close' | 'nudge';
/** What can be done to a case in its state, by who works in its unit and by the desk. */
export function deedsOf(state: CaseLifeState, canWork: boolean, canOperate: boolean): CaseDeed[] {
  const work: Partial<Record<CaseLifeState, CaseDeed[]>> = { opened: ['acknowledge', 'submit'], acknowledged: ['submit'], planned: ['submit'], accepted: ['report'] };
  const desk: Partial<Record<CaseLifeState, CaseDeed[]>> = { submitted: ['accept', 'refuse'], resolved: ['accept', 'refuse'], verified: ['close'] };
  const nudge: CaseDeed[] = state === 'verified' || state === 'closed' ? [] : ['nudge'];
  return [...(canWork ? (work[state] ?? []) : []), ...(canOperate ? [...(desk[state] ?? []), ...nudge] : [])];
}

/** Whether the plan can still be written. */
export const isPlanOpen = (state: CaseLifeState): boolean => state === 'opened' || state === 'acknowledged' || state === 'planned';

/** Units of the board that have something red. */
export const redUnits = ({ units }: BoardAnswer) => units.filter(({ redCount }) => redCount > 0);

/** A number as a person types it: 48,8 · 48.8 · 1 234. What could be thousands or a fraction is left for the person to write clearly. */
export function readValue(written: string): number | undefined {
  const plain = written.replaceAll(/[\s\u00a0]/g, '');
  if (/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/.test(plain)) return undefined;
  return /^[+-]?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : undefined;
}

/** The line of a campaign as steps in a box: left from its beginning, right at its deadline, the bottom is nothing left. */
export function burnPath({ burnDown, startedAt, dueAt, total }: Pick<CampaignState, 'burnDown' | 'startedAt' | 'dueAt' | 'total'>, now: number, { width, height }: { width: number; height: number }): string {
  const x = (at: number) => (Math.min(1, Math.max(0, (at - startedAt) / (dueAt - startedAt))) * width).toFixed(1);
  const y = (left: number) => ((1 - left / Math.max(1, total)) * height).toFixed(1);
  const steps = burnDown.map(({ at, left }, place) => (place === 0 ? `M${x(at)} ${y(left)}` : `H${x(at)}V${y(left)}`));
  return `${steps.join('')}H${x(Math.min(now, dueAt))}`;
}

/** The end of a local day: what a date field means by a deadline. Shape: yyyy-mm-dd → epoch ms, undefined when it is no date. */
export function endOfDay(day: string): number | undefined {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T17:00:00+07:00`) : NaN;
  return Number.isFinite(at) ? at : undefined;
}
/** The date field of a moment. */
export const dayOf = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(at);
