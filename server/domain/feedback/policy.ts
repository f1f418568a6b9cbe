import policy from './policy.json' with { type: 'json' };

/** Rules of field feedback that differ per province. Units: days, degrees, metres; `least` from 0 to 1. */
export interface FeedbackPolicy {
  version: number;
  validFrom: string;
  /** How long the contact of a reporter is kept. */
  contactKeepDays: number;
  /** How long after its result a report may be rated. */
  ratingDays: number;
  /** Clock hours, by day and night, for what is handled at once. */
  immediateHours: number;
  /** How long after its end, and how often, a reporter may ask for a report to be taken up again. */
  reopen: { days: number; times: number };
  /** Where other working days hold than the catalogue says, the first that fits; null = every ward, every service. */
  deadlines: readonly { ward: string | null; service: string | null; days: number }[];
  /** Public places are rounded to this grid. */
  publicGridDegrees: number;
  similar: { radiusM: number; days: number; least: number; otherServiceLeast: number; most: number };
}

/** The feedback policy in force. */
export const feedbackPolicy: FeedbackPolicy = policy;
