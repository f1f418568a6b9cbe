import { daysSince, openCases, owedDates, redRows, redsByUnit, redSinceOf } from '#contract/boards/reds.ts';
import type { LogEntry } from '#contract/entry.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Tile } from '#contract/wall.ts';
import { bodiesOf } from './board.ts';

/** One RED as the wall had it: who, what, since when, and what its open case says; `plan` is null while no case is open. Units: epoch ms, whole days. */
export interface ShownRed {
  id: string;
  unit: string;
  title: string;
  value: number | null;
  target: number | null;
  since: number;
  days: number;
  isSimulated: boolean;
  plan: { cause: string | null; position: string | null; /** The next promised date that is not kept yet, else when the plan is due. */ dueAt: number; broken: number } | null;
}

function planOf(open: CaseState, at: number): NonNullable<ShownRed['plan']> {
  const owed = owedDates(open);
  return { cause: open.cause, position: open.responsible?.position ?? null, dueAt: owed[0] ?? open.dueAt, broken: owed.filter((due) => due <= at).length };
}

/** What was RED on a tile of RED units at a moment, in the order of the wall: the unit with the most first, then the longest in RED; none for any other widget. */
export function redsOf({ widget, settings }: Pick<Tile, 'widget' | 'settings'>, entries: readonly LogEntry[], at: number): ShownRed[] {
  if (widget !== 'red-units') return [];
  const cases = openCases(bodiesOf<CaseState>('case', entries));
  const rows = redRows(bodiesOf<RedStatusState>('red-status', entries), settings?.['codes'] as string[] | undefined);
  return redsByUnit(rows).flatMap(({ reds }) => reds).map((one) => {
    const [since, open] = [redSinceOf(one), cases.get(one.id)];
    return { id: one.id, unit: one.unit, title: one.subject.title, value: one.value, target: one.target, since, days: daysSince(since, at), isSimulated: one.provenance === 'simulated', plan: open ? planOf(open, at) : null };
  });
}

/** What a table of REDs is written with. */
interface RedWords {
  unitName: (code: string) => string;
  number: (value: number) => string;
  date: (at: number) => string;
  say: (key: 'unitInRed' | 'subject' | 'cause' | 'inRed' | 'responsible' | 'answerBy' | 'simulatedMark' | 'achieved' | 'noCause' | 'noCase' | 'nobody' | 'redFor' | 'brokenSince', blanks?: Record<string, string>) => string;
}

/** Which unit, why, since how many days, and who answers by when: a line per RED. */
export function redTableOf(reds: readonly ShownRed[], { unitName, number, date, say }: RedWords): { header: string[]; rows: string[][] } {
  const dueOf = ({ broken, dueAt }: NonNullable<ShownRed['plan']>): string => (broken > 0 ? say('brokenSince', { count: number(broken), date: date(dueAt) }) : date(dueAt));
  return {
    header: [say('unitInRed'), say('subject'), say('cause'), say('inRed'), say('responsible'), say('answerBy')],
    rows: reds.map(({ unit, title, value, target, since, days, isSimulated, plan }) => [
      [unitName(unit), ...(isSimulated ? [say('simulatedMark')] : [])].join(' · '),
      value === null || target === null ? title : `${title}: ${say('achieved', { value: number(value), target: number(target) })}`,
      plan ? (plan.cause ?? say('noCause')) : say('noCase'),
      say('redFor', { days: number(days), date: date(since) }),
      plan ? (plan.position ?? say('nobody')) : '–',
      plan ? dueOf(plan) : '–',
    ]),
  };
}
