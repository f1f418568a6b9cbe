import type { RedLevel, RedReason } from '#contract/topics/redStatus.ts';
import type { Indicator, Rule, Target } from './catalogue.ts';
import { inForce, targetAt } from './catalogue.ts';
import { endOf, placeInYear } from './period.ts';

/** What one value comes to. */
export interface Judgement {
  level: RedLevel;
  reason: RedReason;
  isLow: boolean;
  target: number | null;
  achievement: number | null;
  rule: string;
}

/**
 * How far a value is on the way to its target. Where less is better, a value at or under the target is 1 and zero is never
 * bad; a target of zero is met or not at all.
 * Units: 1 = the target is met.
 */
export function achievementOf(direction: Indicator['direction'], value: number, target: number): number {
  if (direction === 'lower') return value <= target ? 1 : Math.max(0, target / value);
  if (target > 0) return value / target;
  return value >= target ? 1 : 0;
}

/** Level of an achievement under a rule. */
export function levelOf(achievement: number, { red, amber }: Pick<Rule, 'red' | 'amber'>): RedLevel {
  if (achievement < red) return 'red';
  return achievement < amber ? 'amber' : 'green';
}

/** What a unit must have reached by the end of a period: the whole target, or the share of the year's that is due by then. */
export function dueShare({ accumulates, period }: Pick<Indicator, 'accumulates' | 'period'>, target: Target, index: number): number {
  return accumulates ? target.value * placeInYear(period, index).share : target.value;
}

/** Judges the value of one unit for one period by the rule and target in force on its last day. */
export function judge(indicator: Indicator, unit: string, index: number, value: number): Judgement {
  const lastMoment = endOf(indicator.period, index) - 1;
  const rule = inForce(indicator.rules, lastMoment);
  const whole = targetAt(indicator, unit, lastMoment);
  if (!rule || !whole) return { level: 'grey', reason: 'no-target', isLow: false, target: null, achievement: null, rule: rule?.id ?? '' };
  const target = dueShare(indicator, whole, index);
  const achievement = achievementOf(indicator.direction, value, target);
  const level = levelOf(achievement, rule);
  return { level, reason: level === 'green' ? 'on-target' : indicator.direction === 'lower' ? 'above-target' : 'below-target', isLow: achievement < rule.low, target, achievement, rule: rule.id };
}
