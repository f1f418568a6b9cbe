import services from './services.vi.json' with { type: 'json' };

/** One service of the field feedback catalogue. `days` are working days to handle a report; `share` weighs sample data. */
export interface FeedbackService {
  code: string;
  /** Vietnamese name. */
  name: string;
  en: string;
  group: string;
  days: number;
  share: number;
}

/**
 * Catalogue of field feedback, in the order shown to citizens.
 * Source: shares of the first groups follow the published half-year mix of a city of 2,017 reports; the last four are ours.
 */
export const feedbackServices: readonly FeedbackService[] = services;

/** The service of a code, or undefined for a code another system made up. */
export function feedbackServiceOf(code: string): FeedbackService | undefined {
  return feedbackServices.find((service) => service.code === code);
}
