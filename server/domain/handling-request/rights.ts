import type { Scope } from '../scope.ts';
import { sees } from '../scope.ts';
import { passes } from '../policy.ts';

/** Where a thing belongs: the unit that must act on it and the ward it lies in. */
export interface Belonging {
  unit: string | null;
  ward: string | null;
}

/** Whether a party may act: `hidden` things are answered as if they did not exist. */
export type Right = 'allowed' | 'forbidden' | 'hidden';

/** Right to run an alert, a report or the check of a result: operators, on everything in their scope. */
export function rightToOperate(scope: Scope, thing: Belonging): Right {
  if (!sees(scope, thing.unit, thing.ward)) return 'hidden';
  return passes('operate', scope.principal) ? 'allowed' : 'forbidden';
}

/** Right to work on a request: operators within their scope; officers only when it was sent to a unit of theirs. */
export function rightToWork(scope: Scope, request: Belonging): Right {
  if (!sees(scope, request.unit, request.ward)) return 'hidden';
  if (passes('operate', scope.principal)) return 'allowed';
  return passes('unit-work', scope.principal) && sees(scope, request.unit, null) ? 'allowed' : 'forbidden';
}
