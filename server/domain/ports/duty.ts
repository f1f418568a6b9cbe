import type { DeskView, DutyEntry, NewDutyEntry } from '#contract/duty.ts';
import type { Outcome } from '#contract/faults.ts';
import type { Page } from '#contract/http.ts';
import type { Principal } from '#contract/roles.ts';

/** The shift log, hand-overs, and the filters each person keeps. */
export interface DutyPort {
  /** Newest first. Fails: REQUEST_QUERY for a cursor that is none. */
  log(query: { limit: number; cursor?: string | undefined }): Promise<Outcome<Page<DutyEntry>>>;
  /** A hand-over carries the figures of this moment. Fails: STATE_REASON without words. */
  write(actor: Principal, entry: NewDutyEntry): Promise<Outcome<DutyEntry>>;
  /** The next shift confirms a hand-over; by another person than who wrote it. Fails: NOT_FOUND, STATE_STEP. */
  take(actor: Principal, id: string): Promise<Outcome<DutyEntry>>;
  views(account: string): Promise<Outcome<DeskView[]>>;
  /** Fails: RATE_LIMITED beyond what one person may keep. */
  keepView(account: string, view: DeskView): Promise<Outcome<DeskView>>;
  dropView(account: string, name: string): Promise<Outcome<void>>;
}
