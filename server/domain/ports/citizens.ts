import type { Position } from '#contract/base.ts';
import type { Contact, FollowedReport, NewReport, PhotoProgress, PublicResults, ReportAnswer, SimilarReport } from '#contract/citizen.ts';
import type { Outcome } from '#contract/faults.ts';
import type { FeedbackState } from '#contract/topics/feedback.ts';
import type { Principal } from '#contract/roles.ts';
import type { Source } from './door.ts';
import type { Scope } from '../scope.ts';

/** Which public results are wanted. */
export interface ResultsQuery {
  limit: number;
  cursor?: string | undefined;
  service?: string | undefined;
  ward?: string | undefined;
}

/** Which reports another system asks for. `isOpen`: not finished yet. Units: epoch ms. */
export interface PublishedQuery {
  ids?: readonly string[] | undefined;
  services?: readonly string[] | undefined;
  isOpen?: boolean | undefined;
  from: number;
  to: number;
  limit: number;
}

/** What people outside the IOC may do, and what the IOC may know of them. */
export interface CitizensPort {
  /** Fails: REPORT_*, STORE_UNAVAILABLE, STORE_FULL. The same report again gives the same code. */
  report(report: NewReport, source?: Source): Promise<Outcome<ReportAnswer & { id: string }>>;
  /** The ward of a place. Fails: REPORT_PLACE. */
  place(position: Position): Outcome<{ ward: string; wardName: string }>;
  /** Fails: REPORT_CODE. */
  follow(code: string): Promise<Outcome<FollowedReport>>;
  /** Fails: REPORT_CODE, REPORT_RATED. */
  rate(code: string, stars: number): Promise<Outcome<FollowedReport>>;
  /** Asks for a finished report to be taken up again. Fails: REPORT_CODE, REPORT_REOPEN, REPORT_EMPTY, REPORT_MARKS, REPORT_LONG. */
  reopen(code: string, reason: string): Promise<Outcome<FollowedReport>>;
  results(query: ResultsQuery): Promise<Outcome<PublicResults>>;
  /** Reports as another system may list them; the caller masks what is not its own. */
  published(query: PublishedQuery): Promise<Outcome<FeedbackState[]>>;
  /** The id behind a code. Fails: REPORT_CODE. */
  idOf(code: string): Promise<Outcome<string>>;
  /** Only for operators on what they see; every reading is audited. Fails: NOT_FOUND, AUTH_FORBIDDEN. */
  contact(actor: Principal, scope: Scope, id: string): Promise<Outcome<Contact>>;
  /** Reports that may be about the same matter, most alike first. Fails: NOT_FOUND. */
  similar(scope: Scope, id: string): Promise<Outcome<SimilarReport[]>>;
}

/** Photos that come piece by piece over a poor link. */
export interface PhotoPiecesPort {
  /** Keeps one piece and says which are there; `whole` when it was the last. Fails: REPORT_PHOTO_SIZE, RATE_LIMITED. */
  put(piece: { upload: string; index: number; count: number; bytes: Uint8Array }): Outcome<{ have: number[]; whole?: Uint8Array }>;
  /** Says that a whole photo became an attachment: sending any piece again answers with it. */
  settle(upload: string, media: string): void;
  /** What is there of an upload. */
  progress(upload: string): PhotoProgress;
}
