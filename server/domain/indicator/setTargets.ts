import type { Catalogue, Indicator, Target } from './catalogue.ts';

/** A target that a person set over those of the files. `unit` '' = every unit without its own. Units: epoch ms, `fromAt` ≤ t < `untilAt`. */
export interface TargetOver {
  id: string;
  code: string;
  unit: string;
  value: number;
  fromAt: number;
  untilAt: number;
}

/** The list with one more on top: what it covers gives way, what lies before and after stays. */
function laid(list: readonly Target[], { id, value, fromAt, untilAt }: TargetOver): Target[] {
  const around = list.flatMap((one): Target[] => [
    ...(one.fromAt < fromAt ? [{ ...one, untilAt: Math.min(one.untilAt, fromAt) }] : []),
    ...(one.untilAt > untilAt ? [{ ...one, fromAt: Math.max(one.fromAt, untilAt) }] : []),
  ]);
  return [...around, { id, value, fromAt, untilAt }].sort((a, b) => a.fromAt - b.fromAt);
}

/** The catalogue with what people set, in the order it was set; targets of indicators it does not know wait. */
export function withTargets(catalogue: Catalogue, over: readonly TargetOver[]): Catalogue {
  if (over.length === 0) return catalogue;
  const byCode = Map.groupBy(over, ({ code }) => code);
  const indicators = new Map<string, Indicator>();
  for (const [code, indicator] of catalogue.indicators) {
    const own = byCode.get(code);
    if (!own) {
      indicators.set(code, indicator);
      continue;
    }
    const targets = new Map(indicator.targets);
    for (const one of own) targets.set(one.unit, laid(targets.get(one.unit) ?? [], one));
    indicators.set(code, { ...indicator, targets });
  }
  return { ...catalogue, version: `${catalogue.version}+${over.at(-1)!.id}.${over.length}`, indicators };
}
