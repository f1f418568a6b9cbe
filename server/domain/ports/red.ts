import type { BoardAnswer, CaseHistory, CatalogueAnswer, DataSetAnswer, IndicatorValuesAnswer, MovementAnswer, MyRedAnswer, ObligationsAnswer, PromisesAnswer } from '#contract/red.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Scope } from '../scope.ts';

/** Filters of the calendar of obligations. Units: epoch ms. */
export interface ObligationQuery {
  from?: number | undefined;
  to?: number | undefined;
  unit?: string | undefined;
  /** Adds the dated examples of a data set. */
  dataSet?: string | undefined;
}

/** Reading of everything about ĐỎ through a scope. Each answer first lets time do its work, so that nothing is late by a tick. */
export interface RedPort {
  /** Fails: STORE_UNAVAILABLE. */
  catalogue(filter: { service?: string | undefined; code?: string | undefined; unit?: string | undefined }, scope: Scope): Promise<Outcome<CatalogueAnswer>>;
  /** Every value that was ever sent of one indicator. Fails: NOT_FOUND for a code outside the catalogue. */
  values(query: { code: string; unit?: string | undefined; period?: string | undefined }, scope: Scope): Promise<Outcome<IndicatorValuesAnswer>>;
  board(scope: Scope): Promise<Outcome<BoardAnswer>>;
  my(scope: Scope): Promise<Outcome<MyRedAnswer>>;
  /** Every promise, of open and closed cases. */
  promises(query: { unit?: string | undefined; month?: string | undefined }, scope: Scope): Promise<Outcome<PromisesAnswer>>;
  /** Fails: NOT_FOUND for an unknown data set. */
  obligations(query: ObligationQuery, scope: Scope): Promise<Outcome<ObligationsAnswer>>;
  movement(from: number, to: number, scope: Scope): Promise<Outcome<MovementAnswer>>;
  /** Fails: NOT_FOUND. */
  history(caseId: string, scope: Scope): Promise<Outcome<CaseHistory>>;
  dataSets(): { id: string; name: string }[];
  /** Fails: NOT_FOUND. */
  dataSet(id: string): Outcome<DataSetAnswer>;
}
