import policy from './policy.json' with { type: 'json' };

/** Times allowed to a case, which differ per province. Units: working days; report times are local. */
export interface CasePolicy {
  version: number;
  validFrom: string;
  acknowledgeWorkingDays: number;
  /** For the four mandatory fields. */
  planWorkingDays: number;
  /** For a supporting unit to answer a vướng mắc. */
  obstacleWorkingDays: number;
  directionWorkingDays: number;
  /** Blocked for so long, a matter is beyond the authority of its unit. */
  authorityWorkingDays: number;
  /** Reminders before a deadline grow louder from the first to the last. */
  reminderWorkingDays: readonly [number, number, number];
  longOverdueWorkingDays: number;
  /** ISO weekday. */
  weeklyReport: { weekday: number; time: string };
  monthlyReport: { day: number; time: string };
}

/** The case policy in force. */
export const casePolicy = policy as unknown as CasePolicy;
