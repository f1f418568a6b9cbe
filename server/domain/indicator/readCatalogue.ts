import { Compile } from 'typebox/compile';
import type { Bilingual } from '#contract/red.ts';
import { type AssignmentRule, CatalogueFile, createPeriodFacts, type Catalogue, type Indicator, type IndicatorFile, type Validity } from './catalogue.ts';
import { loopIn } from './formula.ts';
import { dayStart } from './period.ts';
import { readYaml, type CatalogueFault, type Path, type Say, type SourceText } from './readYaml.ts';

const DAY_MS = 86_400_000;
const FORM = Compile(CatalogueFile);

export type { CatalogueFault, SourceText } from './readYaml.ts';

/**
 * Reads all files of the catalogue as one. With any fault there is no catalogue, so that a rule is never half in force.
 * Fails: every fault found, with file and line: a wrong form, a code given twice, a rule with a gap or an overlap, thresholds
 * out of order, an unknown goal or part of a formula.
 */
export function readCatalogue(sources: readonly SourceText[], version: string): { catalogue?: Catalogue; faults: CatalogueFault[] } {
  const faults: CatalogueFault[] = [];
  return joinCatalogue(readParts(sources, faults), version, faults);
}

/** One file that has the right form, with a way to tell what is wrong in it. */
export type CataloguePart = NonNullable<ReturnType<typeof readYaml<typeof CatalogueFile>>>;

/** Reads each file for itself; those of a wrong form are told in `faults` and left out. */
export const readParts = (sources: readonly SourceText[], faults: CatalogueFault[]): CataloguePart[] => sources.map((source) => readYaml(source, FORM, faults)).filter((file) => file !== undefined);

/** Makes one catalogue of files that were read; with any fault there is none. */
export function joinCatalogue(files: readonly CataloguePart[], version: string, faults: CatalogueFault[]): { catalogue?: Catalogue; faults: CatalogueFault[] } {
  const goals = new Map(files.flatMap(({ value }) => (value.goals ?? []).map(({ code, name }): [string, Bilingual] => [code, name])));
  const indicators = new Map<string, Indicator>();
  const assignmentRules: AssignmentRule[] = [];
  for (const { value, say } of files) {
    value.indicators?.forEach((written, place) => {
      const at: Path = ['indicators', place];
      if (indicators.has(written.code)) say([...at, 'code'], `mã chỉ tiêu ${written.code} đã dùng ở chỗ khác`);
      const goal = goals.get(written.goal);
      if (!goal) say([...at, 'goal'], `không có mục tiêu ${written.goal}`);
      indicators.set(written.code, toIndicator(written, value.service, goal ?? { vi: '', en: '' }, (path, reason) => say([...at, ...path], reason)));
    });
    if (value.assignmentRules) assignmentRules.push(...toRules('nhiem-vu', value.assignmentRules, ['assignmentRules'], say));
  }
  for (const { value, say } of files) {
    value.indicators?.forEach(({ code, formula }, place) => {
      const loop = loopIn(indicators, code);
      if (loop) say(['indicators', place, 'formula'], `công thức đi vòng: ${loop.join(' → ')}`);
      for (const part of Object.keys(formula ?? {})) {
        const known = indicators.get(part);
        if (!known || known.formula) say(['indicators', place, 'formula', part], `công thức dùng chỉ tiêu ${part} không có trong danh mục hoặc cũng là công thức`);
      }
    });
  }
  if (faults.length > 0) return { faults: faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line) };
  return { catalogue: { version, indicators, assignmentRules }, faults };
}

function toIndicator({ rules, targets = [], goal: goalCode, accumulates = false, formula, ...rest }: IndicatorFile, service: string, goal: Bilingual, say: Say): Indicator {
  if (accumulates && (rest.period === 'year' || rest.direction === 'lower')) say(['accumulates'], 'chỉ lũy kế chỉ tiêu càng cao càng tốt, có kỳ ngắn hơn một năm');
  for (const [place, { red, amber }] of rules.entries()) {
    if (red > amber) say(['rules', place, 'red'], `ngưỡng ĐỎ ${red} phải không lớn hơn ngưỡng vàng ${amber}`);
  }
  const byUnit = new Map<string, { from: string; until?: string; value: number; place: number }[]>();
  for (const [place, target] of targets.entries()) byUnit.set(target.unit ?? '', [...(byUnit.get(target.unit ?? '') ?? []), { ...target, place }]);
  const ordered = toRules(rest.code, rules, ['rules'], say);
  return {
    ...rest,
    service,
    accumulates,
    formula: formula ?? null,
    goalCode,
    goal,
    rules: ordered,
    periodAt: createPeriodFacts({ period: rest.period, accumulates, rules: ordered }),
    targets: new Map([...byUnit].map(([unit, list]) => [unit, toValidities(`${rest.code}/${unit}`, list, (from, reason) => say(['targets', list[from]!.place, 'from'], reason), true)])),
  };
}

const toRules = <R extends { from: string; until?: string }>(name: string, rules: readonly R[], at: Path, say: Say) =>
  toValidities(name, rules, (place, reason) => say([...at, place, 'from'], reason), false);

/** Puts what is valid for a time in order. Refused: an end before the beginning, an overlap, and, where something must always be in force, a gap. */
function toValidities<R extends { from: string; until?: string }>(name: string, written: readonly R[], say: (place: number, reason: string) => void, mayHaveGaps: boolean): (Omit<R, 'from' | 'until'> & Validity)[] {
  const ordered = written
    .map(({ from, until, ...rest }, place) => ({ ...rest, place, id: `${name}@${from}`, from, fromAt: dayStart(from), untilAt: until === undefined ? Infinity : dayStart(until) + DAY_MS }))
    .sort((a, b) => a.fromAt - b.fromAt);
  for (const [next, one] of ordered.entries()) {
    const before = ordered[next - 1];
    if (Number.isNaN(one.fromAt) || Number.isNaN(one.untilAt) || one.untilAt <= one.fromAt) say(one.place, 'ngày kết thúc phải sau ngày bắt đầu');
    if (before && one.fromAt < before.untilAt) say(one.place, `quy tắc từ ${one.from} chồng lên quy tắc từ ${before.from}`);
    if (before && one.fromAt > before.untilAt && !mayHaveGaps) say(one.place, `giữa quy tắc từ ${before.from} và từ ${one.from} có khoảng trống`);
  }
  return ordered.map(({ place: _place, from: _from, ...validity }) => validity as unknown as Omit<R, 'from' | 'until'> & Validity);
}
