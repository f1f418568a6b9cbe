import type { Static } from 'typebox';
import type { indicatorTopic } from '#contract/topics/record.ts';
import type { Settings } from './settings.ts';

type IndicatorRecord = Static<(typeof indicatorTopic)['state']>;

export interface RedUnit {
  unit: string;
  codes: string[];
  /** A demonstration, not the unit's own figures. */
  isSimulated: boolean;
}

/** Units whose newest value of an indicator breaks its rule: those with the most first. */
export function redUnits(records: readonly IndicatorRecord[], { rules = [] }: Settings): RedUnit[] {
  const newest = new Map<string, IndicatorRecord>();
  for (const record of records) {
    const name = `${record.unit} ${record.values.code}`;
    const known = newest.get(name);
    if (!known || record.values.period > known.values.period) newest.set(name, record);
  }
  const red = new Map<string, RedUnit>();
  for (const { unit, values, provenance } of newest.values()) {
    const { code, value } = values;
    const isRed = value !== null && rules.some((rule) => rule.code === code && (value < (rule.redBelow ?? -Infinity) || value > (rule.redAbove ?? Infinity)));
    if (unit === null || !isRed) continue;
    const known = red.get(unit) ?? { unit, codes: [], isSimulated: false };
    red.set(unit, { unit, codes: [...known.codes, code], isSimulated: known.isSimulated || provenance === 'simulated' });
  }
  return [...red.values()].sort((a, b) => b.codes.length - a.codes.length || a.unit.localeCompare(b.unit));
}
