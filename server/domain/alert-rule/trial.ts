import type { AlertRuleText, RuleEpisode, RuleTrial } from '#contract/alertRule.ts';
import { CALM, stepCrossing } from './crossing.ts';

const DAY_MS = 86_400_000;
const MOST_EPISODES = 200;

/** Values of one thing a rule looks at, oldest first. */
export interface Series {
  series: string;
  name: string;
  samples: readonly { at: number; value: number }[];
}

/** What a rule would have done over the past. */
export function tryRule(rule: AlertRuleText, all: readonly Series[], span: { from: number; to: number }, provenance: RuleTrial['provenance']): RuleTrial {
  const episodes: RuleEpisode[] = [];
  let samples = 0;
  for (const { series, name, samples: values } of all) {
    let state = CALM;
    let open: RuleEpisode | undefined;
    samples += values.length;
    for (const sample of values) {
      const next = stepCrossing(state, rule, sample);
      if (next.isOn && !state.isOn) episodes.push((open = { series, name, from: sample.at, to: null, peak: next.peak }));
      else if (next.isOn && open) open.peak = next.peak;
      else if (!next.isOn && open) {
        open.to = sample.at;
        open = undefined;
      }
      state = next;
    }
  }
  episodes.sort((a, b) => b.from - a.from);
  return { ...span, series: all.length, samples, count: episodes.length, perDay: episodes.length / Math.max(1 / 24, (span.to - span.from) / DAY_MS), provenance, episodes: episodes.slice(0, MOST_EPISODES) };
}
