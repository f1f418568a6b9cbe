import type { Outcome } from '#contract/faults.ts';
import type { QualityAnswer } from '#contract/quality.ts';

/** Đúng, đủ, sạch, sống of every source and indicator, now and over the last days. */
export interface QualityPort {
  /** Fails: STORE_UNAVAILABLE. */
  read(): Promise<Outcome<QualityAnswer>>;
}
