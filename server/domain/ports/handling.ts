import type { Outcome } from '#contract/faults.ts';
import type { HandlingBoard, HandlingGrouping, HandlingSubject } from '#contract/handling.ts';
import type { Scope } from '../scope.ts';

/** Which figures are wanted. Units: epoch ms. */
export interface HandlingQuery {
  of: HandlingSubject;
  by: HandlingGrouping;
  from: number;
  to: number;
}

/** How fast and how well work is done. */
export interface HandlingPort {
  board(scope: Scope, query: HandlingQuery): Promise<Outcome<HandlingBoard>>;
}
