import type { AlertRuleText } from '#contract/alertRule.ts';
import type { ServiceGauge } from '#contract/service.ts';
import type { SensorBounds } from '#contract/topics/telemetry.ts';
import type { PackFile } from './pack.ts';

type Gauged = Pick<PackFile, 'gauges'>;

/** Bounds of every kind of reading that a service watches. */
export function boundsOf(packs: Iterable<Gauged>): ReadonlyMap<string, SensorBounds> {
  return new Map([...packs].flatMap(({ gauges = [] }) => gauges.map(({ kind, worse, amber, red, isQuiet }) => [kind, { worse, amber, red, ...(isQuiet ? { isQuiet } : {}) }] as const)));
}

/** The alert rules that the gauges of services stand for. */
export function rulesOf(packs: Iterable<Gauged>): AlertRuleText[] {
  return [...packs].flatMap(({ gauges = [] }) =>
    gauges.flatMap(({ kind, worse, red, alert }): AlertRuleText[] => {
      if (!alert) return [];
      const { code, title, clear, holdMinutes, kind: about, level } = alert;
      return [{ code, name: title, subject: { of: 'sensor', sensorKind: kind }, direction: worse, value: red, clear, holdMinutes, kind: about, level }];
    }),
  );
}

/** What is wrong with the bounds of a gauge, as the field and a sentence; undefined when they follow each other. */
export function wrongBound({ worse, amber, red, alert }: ServiceGauge): { field: string; reason: string } | undefined {
  const isBefore = (mild: number, grave: number) => (worse === 'above' ? mild < grave : mild > grave);
  if (!isBefore(amber, red)) return { field: 'amber', reason: `ngưỡng vàng ${amber} phải đến trước ngưỡng đỏ ${red}` };
  if (alert && !isBefore(alert.clear, red)) return { field: 'alert', reason: `mức hết cảnh báo ${alert.clear} phải nằm trước ngưỡng đỏ ${red}` };
  return undefined;
}
