import type { Outcome } from '#contract/faults.ts';
import type { AssignmentPerson, FocalPointsAnswer } from '#contract/people.ts';
import type { Responsible } from '#contract/topics/case.ts';
import type { Scope } from '../scope.ts';

/** Who answers: the focal point of a unit, the person responsible for an assignment. Names stay out of the log. */
export interface PeoplePort {
  focalPoints(scope: Scope): Promise<Outcome<FocalPointsAnswer>>;
  /** Fails: INGEST_UNIT, AUTH_FORBIDDEN for a unit outside the scope, CASE_PERSON for an account that is closed or of another unit. */
  chooseFocal(unit: string, account: string | null, scope: Scope): Promise<Outcome<FocalPointsAnswer>>;
  /** Fails: NOT_FOUND, AUTH_FORBIDDEN, CASE_PERSON. */
  chooseForAssignment(assignment: string, account: string | null, scope: Scope): Promise<Outcome<AssignmentPerson>>;
  /** Who answers for assignments, by id; those without a person are absent. */
  ofAssignments(): Promise<Outcome<ReadonlyMap<string, Responsible>>>;
}
