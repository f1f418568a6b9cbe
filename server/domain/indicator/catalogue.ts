import Type, { type Static } from 'typebox';
import { Closed, UnitCode } from '#contract/base.ts';
import { Bilingual, PeriodKind } from '#contract/red.ts';
import { endOf, nameOf, placeInYear, startOf } from './period.ts';

const Code = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._-]+$' });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'yyyy-mm-dd' });
const Share = Type.Number({ minimum: 0, maximum: 10 });
const Words = Type.String({ minLength: 1, maxLength: 500 });

/** Thresholds for a time. A value is ĐỎ below `red`, vàng below `amber`, and low below `low`. Units: achievement, 1 = the target. `until` is the last day. */
export const RuleFile = Closed({ from: Day, until: Type.Optional(Day), red: Share, amber: Share, low: Share });

/** What is to be reached in a time, by one unit or, without `unit`, by each that has no target of its own. */
export const TargetFile = Closed({ from: Day, until: Type.Optional(Day), unit: Type.Optional(UnitCode), value: Type.Number() });

/** One indicator (chỉ tiêu) as people write it. */
export const IndicatorFile = Closed({
  code: Code,
  name: Bilingual,
  unitOfMeasure: Bilingual,
  /** A percentage of a whole: no value lies outside 0 to 100. */
  ofWhole: Type.Optional(Type.Boolean()),
  direction: Type.Union([Type.Literal('higher'), Type.Literal('lower')]),
  period: PeriodKind,
  accumulates: Type.Optional(Type.Boolean()),
  goal: Code,
  ownerKind: Type.Union([Type.Literal('agency'), Type.Literal('ward'), Type.Literal('commune'), Type.Literal('specialZone'), Type.Literal('province')]),
  source: Words,
  legalBasis: Words,
  reportDueDays: Type.Integer({ minimum: 0, maximum: 366 }),
  formula: Type.Optional(Type.Record(Type.String({ pattern: '^[A-Za-z0-9._-]+$' }), Type.Number({ exclusiveMinimum: 0, maximum: 1000 }))),
  rules: Type.Array(RuleFile, { minItems: 1, maxItems: 50 }),
  targets: Type.Optional(Type.Array(TargetFile, { maxItems: 1000 })),
});
export type IndicatorFile = Static<typeof IndicatorFile>;

/** Thresholds of assignments for a time. Units: working days; `low` is a share of the progress that the time spent would ask for. */
export const AssignmentRuleFile = Closed({
  from: Day,
  until: Type.Optional(Day),
  amberDays: Type.Integer({ minimum: 0, maximum: 100 }),
  blockedRedDays: Type.Integer({ minimum: 0, maximum: 100 }),
  low: Share,
});

/** One file of a service's catalogue. */
export const CatalogueFile = Closed({
  service: Code,
  name: Bilingual,
  goals: Type.Optional(Type.Array(Closed({ code: Code, name: Bilingual }), { maxItems: 200 })),
  indicators: Type.Optional(Type.Array(IndicatorFile, { maxItems: 500 })),
  assignmentRules: Type.Optional(Type.Array(AssignmentRuleFile, { maxItems: 50 })),
});
export type CatalogueFile = Static<typeof CatalogueFile>;

/** A time in force. `fromAt` ≤ t < `untilAt`. Units: epoch ms. */
export interface Validity {
  id: string;
  fromAt: number;
  untilAt: number;
}
export interface Rule extends Validity {
  red: number;
  amber: number;
  low: number;
}
export interface Target extends Validity {
  value: number;
}
export interface AssignmentRule extends Validity {
  amberDays: number;
  blockedRedDays: number;
  low: number;
}

/** An indicator ready to judge values: rules in order of time without gap or overlap. */
export interface Indicator extends Omit<IndicatorFile, 'rules' | 'targets' | 'goal' | 'accumulates' | 'formula'> {
  service: string;
  accumulates: boolean;
  goalCode: string;
  goal: Bilingual;
  formula: Readonly<Record<string, number>> | null;
  rules: readonly Rule[];
  /** Under '' for every unit without its own. */
  targets: ReadonlyMap<string, readonly Target[]>;
  /** What is the same of one period for every unit, worked out once. */
  periodAt(index: number): PeriodFacts;
}

/** One period of an indicator. `share` is the part of the year's target due by its end, `last` the last period of its year. Units: epoch ms. */
export interface PeriodFacts {
  name: string;
  startAt: number;
  /** Its last moment, on which its rule and target are looked up. */
  lastAt: number;
  last: number;
  share: number;
  rule: Rule | undefined;
}

/** Works out the facts of periods and keeps them. */
export function createPeriodFacts({ period, accumulates, rules }: Pick<Indicator, 'period' | 'accumulates' | 'rules'>): Indicator['periodAt'] {
  const known = new Map<number, PeriodFacts>();
  return (index) => {
    const found = known.get(index);
    if (found) return found;
    const lastAt = endOf(period, index) - 1;
    const { last, share } = placeInYear(period, index);
    const facts = { name: nameOf(period, index), startAt: startOf(period, index), lastAt, last, share: accumulates ? share : 1, rule: inForce(rules, lastAt) };
    known.set(index, facts);
    return facts;
  };
}

/** All that is in force. `version` is the hash of what it was read from. */
export interface Catalogue {
  version: string;
  indicators: ReadonlyMap<string, Indicator>;
  assignmentRules: readonly AssignmentRule[];
}

/** The one in force at a moment, if any. */
export function inForce<V extends Validity>(list: readonly V[], at: number): V | undefined {
  for (let place = list.length - 1; place >= 0; place -= 1) {
    const one = list[place]!;
    if (one.fromAt <= at) return at < one.untilAt ? one : undefined;
  }
  return undefined;
}

/** The target of a unit at a moment: its own, or everyone's. */
export function targetAt({ targets }: Pick<Indicator, 'targets'>, unit: string, at: number): Target | undefined {
  const own = targets.get(unit);
  return (own && inForce(own, at)) ?? inForce(targets.get('') ?? [], at);
}
