import type { AlertRuleText } from '#contract/alertRule.ts';

/** Where one series stands against a threshold. `since`: first moment beyond it; `peak`: the furthest value since. */
export interface Crossing {
  since: number | null;
  isOn: boolean;
  peak: number;
}

export const CALM: Crossing = { since: null, isOn: false, peak: 0 };
const MINUTE_MS = 60_000;

type Threshold = Pick<AlertRuleText, 'direction' | 'value' | 'clear' | 'holdMinutes'>;

/**
 * The same step live and over the past. It turns on once the value was beyond the threshold for the hold time, and off
 * only when it is back at `clear`.
 */
export function stepCrossing(state: Crossing, { direction, value, clear, holdMinutes }: Threshold, sample: { at: number; value: number }): Crossing {
  const sign = direction === 'above' ? 1 : -1;
  const isBeyond = sign * (sample.value - value) >= 0;
  const isClear = sign * (sample.value - clear) < 0;
  if (state.isOn) return isClear ? CALM : { ...state, peak: further(state.peak, sample.value, sign) };
  if (!isBeyond) return state.since === null ? state : CALM;
  const since = state.since ?? sample.at;
  const peak = state.since === null ? sample.value : further(state.peak, sample.value, sign);
  return { since, peak, isOn: sample.at - since >= holdMinutes * MINUTE_MS };
}

const further = (a: number, b: number, sign: number): number => (sign * b > sign * a ? b : a);
