import type { FeedbackState } from '#contract/topics/feedback.ts';

const MOST = 4;

/** Units worth offering for a report: its ward, then those that had reports of this category most often, most of all in this ward. */
export function unitsFor({ service, ward }: { service?: string; ward: string | null }, known: readonly Pick<FeedbackState, 'service' | 'ward' | 'unit' | 'requestId'>[]): string[] {
  const counts = new Map<string, number>();
  if (service !== undefined) {
    for (const { unit, requestId, ...report } of known) {
      if (unit === null || requestId === null || report.service !== service) continue;
      counts.set(unit, (counts.get(unit) ?? 0) + (report.ward === ward ? 2 : 1));
    }
  }
  const usual = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([unit]) => unit);
  return [...new Set([...(ward === null ? [] : [ward]), ...usual])].slice(0, MOST);
}
