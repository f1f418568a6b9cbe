import type { AlertLoad, AlertRows, TimelineEntry } from '#contract/alertBook.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Scope } from '../scope.ts';

/** What is read about alerts beside their list: rows in a flood, the load on the operator, the life of one thing. */
export interface AlertBookPort {
  rows(scope: Scope): Promise<Outcome<AlertRows>>;
  load(scope: Scope, hours: number): Promise<Outcome<AlertLoad>>;
  /** Fails: NOT_FOUND. */
  timeline(scope: Scope, topic: 'alert' | 'feedback' | 'handling-request', id: string): Promise<Outcome<TimelineEntry[]>>;
}
