import type { LogEntry } from '#contract/entry.ts';
import type { CaseState } from '#contract/topics/case.ts';
import type { RedStatusState } from '#contract/topics/redStatus.ts';
import type { Tile } from '#contract/wall.ts';
import { bodiesOf } from './board.ts';

const DAY_MS = 86_400_000;

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

function planOf({ cause, responsible, milestones, dueAt }: CaseState, at: number): NonNullable<ShownRed['plan']> {
  const owed = milestones.filter(({ keptAt }) => keptAt === null).map((milestone) => milestone.dueAt);
  return { cause, position: responsible?.position ?? null, dueAt: owed.length > 0 ? Math.min(...owed) : dueAt, broken: owed.filter((due) => due <= at).length };
}

/** What was RED on a tile of RED units at a moment, in the order of the wall: the unit with the most first, then the longest in RED; none for any other widget. */
export function redsOf({ widget, settings }: Pick<Tile, 'widget' | 'settings'>, entries: readonly LogEntry[], at: number): ShownRed[] {
  if (widget !== 'red-units') return [];
  const codes = settings?.['codes'] as string[] | undefined;
  const cases = new Map(bodiesOf<CaseState>('case', entries).filter(({ state }) => state !== 'closed').map((one) => [one.statusId, one]));
  const reds = bodiesOf<RedStatusState>('red-status', entries).flatMap(({ id, unit, level, subject, value, target, redSince, since: turned, provenance }) => {
    if (level !== 'red' || unit === null || (codes && !codes.includes(subject.code))) return [];
    const [since, open] = [redSince ?? turned, cases.get(id)];
    return [{ id, unit, title: subject.title, value, target, since, days: Math.max(0, Math.floor((at - since) / DAY_MS)), isSimulated: provenance === 'simulated', plan: open ? planOf(open, at) : null }];
  });
  const units = [...Map.groupBy(reds.sort((a, b) => a.since - b.since), ({ unit }) => unit).values()];
  return units.sort((a, b) => b.length - a.length || a[0]!.since - b[0]!.since || a[0]!.unit.localeCompare(b[0]!.unit)).flat();
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
