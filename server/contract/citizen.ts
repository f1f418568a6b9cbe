import Type, { type Static } from 'typebox';
import { Closed, EpochMs, Id, Nullable, Position, Provenance, UnitCode } from '#contract/base.ts';
import { FeedbackLifeState } from '#contract/topics/feedback.ts';

/** What the public form may send. Units: characters, pieces, bytes. */
export const REPORT_LIMITS = { description: 4000, address: 300, contact: 200, photos: 4, photoSidePx: 1600, pieceBytes: 24 * 1024, pieces: 64 } as const;

const MARK_TOWER = /\p{M}{9}/u;
const LETTER = /[\p{L}\p{N}]/u;

/** Why the words of a report can not be taken, or undefined when they can. */
export function reportTextFlaw(text: string): 'REPORT_EMPTY' | 'REPORT_MARKS' | 'REPORT_LONG' | undefined {
  if (!LETTER.test(text)) return 'REPORT_EMPTY';
  if (MARK_TOWER.test(text)) return 'REPORT_MARKS';
  return text.length > REPORT_LIMITS.description ? 'REPORT_LONG' : undefined;
}

/** Name a phone gives its report once, before it is sent the first time: sending again never makes a second report. */
export const ReportKey = Type.String({ minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' });

/** What a citizen may follow a report by. Shape: three groups of four readable characters. */
export const FollowCode = Type.String({ minLength: 14, maxLength: 14, pattern: '^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$' });

/** How to reach who reported; each part is theirs to give or not. */
export const Contact = Closed({
  name: Type.Optional(Type.String({ maxLength: REPORT_LIMITS.contact })),
  phone: Type.Optional(Type.String({ maxLength: 20, pattern: '^[0-9+ .()-]{8,20}$' })),
  email: Type.Optional(Type.String({ maxLength: REPORT_LIMITS.contact, pattern: '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$' })),
});
export type Contact = Static<typeof Contact>;

/** A report as the form sends it, without its photos. */
export const NewReport = Closed({
  key: ReportKey,
  service: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9-]+$' }),
  description: Type.String({ maxLength: 20_000 }),
  address: Type.Optional(Type.String({ maxLength: REPORT_LIMITS.address })),
  position: Type.Optional(Position),
  media: Type.Optional(Type.Array(Id, { maxItems: REPORT_LIMITS.photos })),
  contact: Type.Optional(Contact),
});
export type NewReport = Static<typeof NewReport>;

/** Answer to a report: the code is shown once and again to whoever sends the same report with the same key. */
export const ReportAnswer = Closed({ code: FollowCode, status: Type.Union([Type.Literal('accepted'), Type.Literal('duplicate')]), dueAt: EpochMs });
export type ReportAnswer = Static<typeof ReportAnswer>;

/** A handled report as anyone may read it: no words of the reporter, no picture, its place rounded to about 100 m. */
export const PublicReport = Closed({
  id: Id,
  service: Type.String(),
  state: FeedbackLifeState,
  ward: Nullable(UnitCode),
  wardName: Nullable(Type.String()),
  position: Nullable(Position),
  provenance: Provenance,
  reportedAt: EpochMs,
  dueAt: EpochMs,
  resolvedAt: Nullable(EpochMs),
  answer: Nullable(Type.String()),
  rating: Nullable(Type.Integer({ minimum: 1, maximum: 5 })),
});
export type PublicReport = Static<typeof PublicReport>;

/** What the holder of a code sees; `mayRate` while the result can be rated, `reopenUntil` while it can be taken up again. */
export const FollowedReport = Closed({ ...PublicReport.properties, mayRate: Type.Boolean(), reopened: Type.Integer({ minimum: 0 }), reopenUntil: Nullable(EpochMs) });
export type FollowedReport = Static<typeof FollowedReport>;

/** A page of public results with the figures above it. */
export const PublicResults = Closed({
  items: Type.Array(PublicReport),
  next: Nullable(Type.String()),
  /** Over real reports only; simulated ones are counted apart. */
  figures: Closed({ handled: Type.Integer(), simulated: Type.Integer(), onTime: Type.Integer(), rated: Type.Integer(), ratingMean: Nullable(Type.Number()) }),
});
export type PublicResults = Static<typeof PublicResults>;

/** One service of the form. */
export const PublicService = Closed({ code: Type.String(), name: Type.String(), en: Type.String(), group: Type.String(), days: Type.Integer() });
export type PublicService = Static<typeof PublicService>;

/** A rating by the holder of the code. */
export const Rating = Closed({ code: FollowCode, stars: Type.Integer({ minimum: 1, maximum: 5 }) });

/** The holder of the code says why the matter is not settled. */
export const Reopening = Closed({ code: FollowCode, reason: Type.String({ maxLength: 20_000 }) });

/** Where a photo sent in pieces stands: which pieces are there, and the id of the whole once it is. */
export const PhotoProgress = Closed({ have: Type.Array(Type.Integer()), media: Nullable(Id) });
export type PhotoProgress = Static<typeof PhotoProgress>;

/** A report that may be about the same matter. Units: metres; `similarity` from 0 to 1. */
export const SimilarReport = Closed({ id: Id, service: Type.String(), description: Type.String(), state: FeedbackLifeState, reportedAt: EpochMs, distanceM: Type.Number(), similarity: Type.Number() });
export type SimilarReport = Static<typeof SimilarReport>;
