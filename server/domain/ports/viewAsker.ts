import type { SqlWay } from '#contract/connector.ts';
import type { Outcome } from '#contract/faults.ts';

/** One question to a foreign view. `address`: where its host was found. Units: epoch ms. */
export interface ViewQuestion {
  way: SqlWay;
  address: string;
  secret: string;
  since: number;
  until: number;
  signal: AbortSignal;
}

/**
 * Rows of a view in somebody else's database as JSON has them, oldest first, from one read-only transaction.
 * Fails: SOURCE_UNREACHABLE, SOURCE_TIMEOUT, SOURCE_LOGIN, SOURCE_CERTIFICATE, SOURCE_VIEW, SOURCE_TOO_MANY.
 */
export type AskView = (question: ViewQuestion) => Promise<Outcome<Record<string, unknown>[]>>;
