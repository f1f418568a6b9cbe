import type { AlertRule, AlertRuleText, RuleSubject } from '#contract/alertRule.ts';

/** A rule as its form holds it: every number still as written. */
export interface RuleFields {
  code: string;
  name: string;
  of: RuleSubject['of'];
  /** Kind of sensor, class of road, code of indicator or service; empty where everything is meant. */
  what: string;
  radiusM: string;
  withinMinutes: string;
  direction: AlertRuleText['direction'];
  value: string;
  clear: string;
  holdMinutes: string;
  kind: AlertRuleText['kind'];
  level: string;
}

const NEW: RuleFields = { code: '', name: '', of: 'sensor', what: '', radiusM: '150', withinMinutes: '120', direction: 'above', value: '', clear: '', holdMinutes: '10', kind: 'flood', level: '3' };

function whatOf(subject: RuleSubject): string {
  if (subject.of === 'sensor') return subject.sensorKind;
  if (subject.of === 'traffic') return subject.roadClass ?? '';
  return subject.of === 'indicator' ? subject.code : (subject.service ?? '');
}

export function fieldsOf(rule: AlertRule | null): RuleFields {
  if (rule === null) return { ...NEW };
  const { code, name, subject, direction, value, clear, holdMinutes, kind, level } = rule;
  const reach = subject.of === 'feedback' ? { radiusM: String(subject.radiusM), withinMinutes: String(subject.withinMinutes) } : {};
  return { ...NEW, ...reach, code, name, of: subject.of, what: whatOf(subject), direction, value: String(value), clear: String(clear), holdMinutes: String(holdMinutes), kind, level: String(level) };
}

/** A number as a Vietnamese person writes it. */
const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.')));

function subjectOf({ of, what, radiusM, withinMinutes }: RuleFields): RuleSubject {
  const named = what.trim();
  if (of === 'sensor') return { of, sensorKind: named };
  if (of === 'indicator') return { of, code: named };
  if (of === 'traffic') return { of, ...(named === '' ? {} : { roadClass: named }) };
  return { of, radiusM: numberOf(radiusM), withinMinutes: numberOf(withinMinutes), ...(named === '' ? {} : { service: named }) };
}

/** The rule of a form; what is no number is left for the server to name. */
export const textOf = (fields: RuleFields): AlertRuleText => ({
  code: fields.code.trim(), name: fields.name.trim(), subject: subjectOf(fields), direction: fields.direction, kind: fields.kind,
  value: numberOf(fields.value), clear: numberOf(fields.clear), holdMinutes: numberOf(fields.holdMinutes), level: numberOf(fields.level) as AlertRuleText['level'],
});
