import type { Outcome } from '#contract/faults.ts';
import type { OrganisationAnswer, OrganisationMap, PilotMap, PlaceFigure, TotalsAnswer } from '#contract/organisation.ts';
import type { Scope } from '../scope.ts';

/** The organisation as it stood on a day, and figures among its units. */
export interface OrganisationPort {
  on(day: string, province: string): OrganisationAnswer;
  /** Fails: STORE_UNAVAILABLE. */
  totals(figure: PlaceFigure, day: string, province: string, scope: Scope): Promise<Outcome<TotalsAnswer>>;
  map(day: string, province: string): OrganisationMap;
  /** Fails: NOT_FOUND for an unknown data set or one whose province has no outlines. */
  pilotMap(dataSet: string): Outcome<PilotMap>;
}
