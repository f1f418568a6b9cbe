import type { Position } from '#contract/base.ts';
import { distanceM } from '../../../geo/distance.ts';
import type { Series } from './trial.ts';

/** A report as far as clusters are concerned. */
export interface Reported {
  id: string;
  service: string;
  ward: string | null;
  position: Position;
  at: number;
}

interface Reach {
  radiusM: number;
  withinMs: number;
}

/** The most reports that lie around any one of them. */
function densest(reports: readonly Reported[], radiusM: number): number {
  let most = 0;
  for (const one of reports) most = Math.max(most, reports.filter((other) => distanceM(one.position, other.position) <= radiusM).length);
  return most;
}

/** How dense the reports of each ward and service were, at each moment one came in or grew too old to count. */
export function clusterSeries(reports: readonly Reported[], { radiusM, withinMs }: Reach, until: number): Series[] {
  const groups = new Map<string, Reported[]>();
  for (const report of reports) {
    const series = `${report.ward ?? '-'}/${report.service}`;
    groups.set(series, [...(groups.get(series) ?? []), report]);
  }
  return [...groups].map(([series, group]) => {
    const sorted = [...group].sort((a, b) => a.at - b.at);
    const moments = [...new Set(sorted.flatMap(({ at }) => [at, at + withinMs + 1]))].filter((at) => at <= until).sort((a, b) => a - b);
    return { series, name: series, samples: moments.map((at) => ({ at, value: densest(sorted.filter((report) => report.at <= at && report.at >= at - withinMs), radiusM) })) };
  });
}
