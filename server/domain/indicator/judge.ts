import type { RedLevel, RedReason } from '#contract/topics/redStatus.ts';
import { type Indicator, type Rule, targetAt } from './catalogue.ts';

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

/** Judges the value of one unit for one period by the rule and target in force on its last day. */
export function judge(indicator: Indicator, unit: string, index: number, value: number): Judgement {
  const { lastAt, rule, share } = indicator.periodAt(index);
  const whole = targetAt(indicator, unit, lastAt);
  if (!rule || !whole) return { level: 'grey', reason: 'no-target', isLow: false, target: null, achievement: null, rule: rule?.id ?? '' };
  const target = whole.value * share;
  const achievement = achievementOf(indicator.direction, value, target);
  const level = levelOf(achievement, rule);
  return { level, reason: level === 'green' ? 'on-target' : indicator.direction === 'lower' ? 'above-target' : 'below-target', isLow: achievement < rule.low, target, achievement, rule: rule.id };
}
